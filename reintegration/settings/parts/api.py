"""The API under /api/v1/: tokens only, JSON only, one format of errors."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["reintegration.api.auth.GateAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "reintegration.api.pages.Pages",
    "DEFAULT_SCHEMA_CLASS": "reintegration.api.schema.Described",
    "EXCEPTION_HANDLER": "reintegration.api.errors.handle",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Reintegra",
    "DESCRIPTION": (
        "Te same czynności, które są na ekranach. Token pokazujemy raz, w ustawieniach jednostki; "
        "działa w jednej organizacji i w wybranych czynnościach."
    ),
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": ["reintegration.api.schema.describe_errors"],
}
