"""What this room holds, and of whom."""
