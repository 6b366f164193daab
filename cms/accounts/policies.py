"""Who acts on accounts."""

import uuid

from cms.wall import scope


def actor_id() -> uuid.UUID:
    """Return who acts. Raises `PermissionError` when nobody does: no screen leads there."""
    user_id = scope.current().user_id
    if user_id is None:
        raise PermissionError("accounts: nobody acts")
    return user_id
