"""Settings of the two doors of the API, the same in every environment."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        # The first one says how to come in: a software has a token.
        "cms.sessions.authentication.TokenAuthentication",
        "cms.sessions.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "cms.sessions.authentication.AggregatesForTheState",
        "cms.sessions.authentication.TokenOpens",
    ],
    "DEFAULT_THROTTLE_CLASSES": ["cms.data_rights.readings.api.BrakeThrottle", "cms.kit.api.limits.TokenThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["cms.kit.api.filters.StrictFilters", "cms.kit.api.pages.ClosedOrdering"],
    "DEFAULT_PAGINATION_CLASS": "cms.kit.api.pages.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "cms.kit.api.schema.ResourceSchema",
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "cms.kit.api.errors.exception_handler",
}
HAVRE_API_RATE = 120
"""Calls a minute of the tokens of one person."""
SPECTACULAR_SETTINGS = {
    "TITLE": "Havre",
    "OAS_VERSION": "3.1.0",
    "DESCRIPTION": "Référentiel, prises de connaissance, formation et indicateurs du réseau.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["cms.kit.api.schema.keep_our_paths"],
    "ENUM_NAME_OVERRIDES": {"FigureKindEnum": "dashboards.indicators.rules.results.KINDS"},
}
