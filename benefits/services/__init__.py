"""What people can make happen with the money of a CIS."""
