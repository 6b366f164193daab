"""What the journal knows of the request under way, apart from its actor (which the database holds)."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("journal_request_id", default="")


def request_id_current() -> str:
    """Return the number drawn for the request under way, empty outside a request."""
    return _request_id.get()


def request_id_set(value: str) -> None:
    """Give the lines that follow this request number, which the server draws (never the client)."""
    _request_id.set(value)
