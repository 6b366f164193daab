"""The second factor: which roles must hold one, of which kinds, and whether this session has shown it.

Waived in a fictitious instance alone, where every screen says so.
"""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from cms.access import scope
from cms.users.models import User
from cms.users.roles import Role

PASSKEY, TOTP, RECOVERY = (
    Authenticator.Type.WEBAUTHN.value,
    Authenticator.Type.TOTP.value,
    Authenticator.Type.RECOVERY_CODES.value,
)
ANY = frozenset({PASSKEY, TOTP, RECOVERY})

ACCEPTED: dict[Role, frozenset[str]] = {
    Role.COORDINATION: ANY,
    Role.DIRECTION: ANY,
    Role.EDITOR: ANY,
    Role.TRAINER: ANY,
    Role.DPO: ANY,
    Role.TECH_ADMIN: ANY,
    Role.STRUCTURE_DIRECTOR: ANY,
    Role.STRUCTURE_EDUCATOR: ANY,
    Role.REQUESTER: ANY,
    Role.TRANSMITTER: ANY,
    Role.STATE_READER: ANY,
}
"""Role → kinds accepted. Who holds several roles shows what all of them accept; who holds none is a trainee."""

TO_SET_UP = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"}
)
"""Addresses open to a person who has no factor yet."""
TO_PROVE = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"})
"""Addresses open to a person who has one, and has not shown it in this session."""


def is_required() -> bool:
    """Whether whoever acts must show a second factor."""
    return not settings.HAVRE_FICTITIOUS and bool(scope.current().roles)


def is_enough(request: HttpRequest) -> bool:
    """Whether this session has shown what the roles of today ask; true where nothing is asked."""
    if not is_required():
        return True
    accepted = frozenset.intersection(*(ACCEPTED[Role(role)] for role in scope.current().roles))
    return bool(accepted & factors_shown(request))


def factors_shown(request: HttpRequest) -> frozenset[str]:
    """Kinds of factors shown in this session. The one place that reads allauth's records."""
    records = get_authentication_records(request, request.user)
    return frozenset(record["type"] for record in records if record["method"] == "mfa")


def has_factor(user: User) -> bool:
    """Whether the account holds a factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=(PASSKEY, TOTP)).exists()
