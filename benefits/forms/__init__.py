"""Forms of the money of a CIS."""
