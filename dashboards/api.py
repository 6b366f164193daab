"""API of the app: (path, viewset, basename), mounted by `cms.api` under `/api/v1/`."""

ROUTES: list = []
