"""What a unit agrees with the labour office, asks of it, and gets: one module for each of them."""
