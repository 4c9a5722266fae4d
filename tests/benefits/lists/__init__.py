"""The payroll list."""
