"""The API under /api/v1/."""

REST_FRAMEWORK: dict[str, object] = {}
