"""Where exported rows come from: each app makes its own known, so that a job can read them again as whoever asked."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied

from cms.kit.xlsx.lists import ListExport
from cms.users.models import User

Source = Callable[[User, str, str], ListExport]
"""From the account, the rest of the name and what was asked (a query string). Raises `PermissionDenied` when the rows
are not open to the account, `ValidationError` when what was asked cannot be read.
"""

_sources: dict[str, Source] = {}


def source_register(name: str, source: Source) -> None:
    _sources[name] = source


def taken_from(user: User, name: str, query: str) -> ListExport:
    """Return what `name` gives to the account, under the scope of the running transaction."""
    kind, _, rest = name.partition(":")
    if kind not in _sources:
        raise PermissionDenied
    return _sources[kind](user, rest, query)
