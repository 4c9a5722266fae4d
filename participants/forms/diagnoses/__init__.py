"""Forms of diagnoses, opinions and surveys."""
