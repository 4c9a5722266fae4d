"""The integration benefit as pure functions: basis and law in, rows out."""
