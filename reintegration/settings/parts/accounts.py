"""Signing in. Nothing here switches the second factor off, and nothing must."""

AUTHENTICATION_BACKENDS = ["reintegration.accounts.backends.AccountBackend"]
