"""How things pass from state to state: one table for each, drawn in `docs/` and tried whole by a test."""
