"""Files for the bank of an approved list: pure functions of facts, the same bytes for the same order."""
