"""Tables that a unit brings: read, looked at row by row, and written whole or not at all."""
