"""Sessions of the browsers, behind functions of the owner: the key of a cookie opens its own row, nobody lists them.

The database keeps a digest of the key: what reads it, a backup or an injected statement, holds no cookie.
"""

from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.utils import timezone

from cms.kit.bound import bound_cursor


class SessionStore(SessionBase):
    """Django's store by the database, one query each as its own."""

    def load(self) -> dict[str, Any]:
        data = _ask("SELECT session_read(%s, %s)", self.session_key, timezone.now())
        if data is None:
            self._session_key = None
            return {}
        return self.decode(data)

    def exists(self, session_key: str) -> bool:
        return bool(_ask("SELECT session_exists(%s)", session_key))

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()
            return
        data = self.encode(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        if not _ask(
            "SELECT session_write(%s, %s, %s, %s)", self.session_key, data, self.get_expiry_date(), must_create
        ):
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            _ask("SELECT session_drop(%s)", key)

    @classmethod
    def clear_expired(cls) -> None:
        _ask("SELECT sessions_clear(%s)", timezone.now())


def _ask(statement: str, *values: Any) -> Any:
    with bound_cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]
