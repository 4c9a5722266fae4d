"""Screens of the money of a CIS."""
