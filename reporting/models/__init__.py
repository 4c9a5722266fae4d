"""What leaves the unit, and what the voivode's office works with."""
