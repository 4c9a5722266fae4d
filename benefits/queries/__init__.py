"""What the screens of money read."""
