"""Celery is the engine of the jobs; the database is their truth."""

from reintegration.settings import env

REDIS_URL = env.text("REDIS_URL")
