"""Diagnoses, opinions and surveys: services, screens, who sees what."""
