"""Forms of registers and reports."""
