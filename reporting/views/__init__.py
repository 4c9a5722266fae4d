"""Screens of registers and reports."""
