"""What the settings of sign-in must say."""

from typing import Any

from django.conf import settings
from django.core import checks

from cms.users.roles import Role


def passkey_roles_check(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Refuse a role that is none: a misspelt one would go on with codes, in silence."""
    unknown = sorted(settings.HAVRE_PASSKEY_ROLES - {role.value for role in Role})
    if not unknown:
        return []
    told = f"HAVRE_PASSKEY_ROLES : {', '.join(unknown)} n’est pas un rôle."
    hint = f"Rôles : {', '.join(role.value for role in Role)}."
    return [checks.Error(told, hint=hint, id="sessions.passkey_roles")]
