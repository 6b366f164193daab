"""What every page of the admin reads, asked with the scope rather than apart: the rights of groups, the settings."""

from typing import Any

from cms.users.models import User
from cms.values.settings import settings_known_by
from cms.wall import scope

RIGHTS, SETTINGS, TREE = "rights", "settings", "tree"
_RIGHTS = (
    "SELECT coalesce(jsonb_agg(DISTINCT t.app_label || '.' || p.codename), '[]'::jsonb) AS codes "
    "FROM users_user_groups u JOIN auth_group_permissions g ON g.group_id = u.group_id "
    "JOIN auth_permission p ON p.id = g.permission_id JOIN django_content_type t ON t.id = p.content_type_id "
    "WHERE u.user_id = %(person)s"
)
_SETTINGS = (
    "SELECT coalesce(jsonb_object_agg(v.key, v.value), '{}'::jsonb) AS latest FROM "
    "(SELECT DISTINCT ON (key) key, value FROM values_settingversion ORDER BY key, changed_at DESC) v"
)
_TREE = "SELECT id, path, depth, numchild, title, slug FROM wagtailcore_page WHERE depth = 1 ORDER BY path LIMIT 1"


def register() -> None:
    scope.ask_with_scope(TREE, _TREE, lambda _person: {})
    scope.ask_with_scope(RIGHTS, _RIGHTS, lambda _person: {})
    scope.ask_with_scope(SETTINGS, _SETTINGS, lambda _person: {})
    settings_known_by(settings_entered)


def settings_entered() -> dict[str, Any] | None:
    """Return the settings as they stood when the scope of a person was entered; None for a system actor."""
    asked = scope.current().asked.get(SETTINGS)
    return None if asked is None else asked["latest"]


def tree_entered() -> dict[str, Any] | None:
    """Return the columns of the page under which all others stand; None for a system actor, or before any page."""
    return scope.current().asked.get(TREE)


def rights_give(user: User) -> None:
    """Give Django what its groups say, under the name that it looks for before it asks the database.

    The groups of a person change by the act of two others, never within their own request.
    """
    asked = scope.current().asked.get(RIGHTS)
    if asked is not None:
        user._group_perm_cache = set(asked["codes"])  # type: ignore[attr-defined]
