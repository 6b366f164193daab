"""API of the app: (path, viewset, basename), mounted by `cms.api` under `/api/v1/`."""

from cms.partners.book.api import ROUTES as BOOK
from cms.partners.conventions.api import ROUTES as CONVENTIONS

ROUTES = [*BOOK, *CONVENTIONS]
