"""Retention erases by itself each night; RETENTION=off stops it while something is being cleared up."""

from reintegration.settings import env

RETENTION_RUNS = env.text("RETENTION") != "off"
