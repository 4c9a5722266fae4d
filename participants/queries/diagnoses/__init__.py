"""What is found out of persons, and who may read it."""
