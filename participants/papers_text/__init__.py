"""Texts that a person is handed: the notice of art. 13 RODO and the consents, in three languages."""
