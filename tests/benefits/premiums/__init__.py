"""Motivational premiums."""
