"""Launchers, set-up and supervision: plain Python that knows processes, and nothing of Django."""
