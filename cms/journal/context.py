"""What the journal knows of the request under way, apart from its actor (which the database holds)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("journal_request_id", default="")


def request_id_current() -> str:
    """Return the number drawn for the request under way, empty outside a request."""
    return _request_id.get()


@contextmanager
def request_numbered(value: str) -> Iterator[None]:
    """Give the lines written meanwhile this number, which the server draws (never the client)."""
    token = _request_id.set(value)
    try:
        yield
    finally:
        _request_id.reset(token)
