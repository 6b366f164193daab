"""The second factor: which roles must hold one, of which kinds, and whether this session has shown it.

Waived in a fictitious instance alone, where every screen says so.
"""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.policies import Account

PASSKEY, TOTP, RECOVERY = (
    Authenticator.Type.WEBAUTHN.value,
    Authenticator.Type.TOTP.value,
    Authenticator.Type.RECOVERY_CODES.value,
)
PROCONNECT = "proconnect"
"""Two factors shown to ProConnect, which says so (`amr`): recorded at sign-in by `cms.proconnect`."""
ANY = frozenset({PASSKEY, TOTP, RECOVERY, PROCONNECT})

ACCEPTED: dict[Role, frozenset[str]] = {
    Role.COORDINATION: ANY,
    Role.DIRECTION: ANY,
    Role.EDITOR: ANY,
    Role.TRAINER: ANY,
    Role.DPO: ANY,
    Role.TECH_ADMIN: ANY,
    Role.STRUCTURE_DIRECTOR: ANY,
    Role.STRUCTURE_EDUCATOR: ANY,
    Role.STRUCTURE_DELEGATE: ANY,
    Role.REQUESTER: ANY,
    Role.TRANSMITTER: ANY,
    Role.STATE_READER: ANY,
}
"""Role → kinds accepted. Who holds several roles shows what all of them accept; who holds none is a trainee."""

SIGN_OUT = frozenset({"account_logout", "account_logout_admin"})
TO_SET_UP = SIGN_OUT | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
"""Addresses open to a person who has no factor yet."""
TO_PROVE = SIGN_OUT | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
"""Addresses open to a person who has one, and has not shown it in this session."""


def came_through_the_door(request: HttpRequest) -> bool:
    """Whether the sign-in page opened this session: one that shows nothing was made elsewhere, and counts for nothing.

    Never waived: the fictitious network signs in by the same page.
    """
    return bool(_records(request, request.user))


def is_required() -> bool:
    """Whether whoever acts must show a second factor."""
    return not settings.HAVRE_FICTITIOUS and bool(scope.current().roles)


def is_enough(request: HttpRequest) -> bool:
    """Whether this session has shown what the roles of today ask; true where nothing is asked."""
    if not is_required():
        return True
    return any(_is_accepted(record) for record in _records(request, request.user))


def came_by_proconnect(request: HttpRequest, user: User) -> bool:
    """Whether somebody who is signing in has shown two factors to ProConnect."""
    return any(record.get("type") == PROCONNECT for record in _records(request, user))


def last_shown_at(request: HttpRequest) -> float | None:
    """When this session last showed the factor of its holder, or the password of who needs and has none (seconds since
    1970); None when it never did. What ProConnect was shown may be hours old, and is never fresh.
    """
    records = [record for record in _records(request, request.user) if not _is_elsewhere(record)]
    if is_required() or has_factor(request.user):
        records = [record for record in records if _is_accepted(record)]
    return max((record["at"] for record in records), default=None)


def _records(request: HttpRequest, user: Account) -> list[dict]:
    """Return what was shown in this session. The one place that reads allauth's records."""
    return get_authentication_records(request, user)


def _is_elsewhere(record: dict) -> bool:
    return record["method"] == "socialaccount" or record.get("type") == PROCONNECT


def _is_accepted(record: dict) -> bool:
    roles = scope.current().roles
    accepted = frozenset.intersection(ANY, *(ACCEPTED[Role(role)] for role in roles))
    return record["method"] == "mfa" and record["type"] in accepted


def has_factor(user: Account) -> bool:
    """Whether the account holds a factor; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=(PASSKEY, TOTP)).exists()


def proof_address(user: User, back: str = "") -> str:
    """Where this person shows who they are again, then comes back: by a passkey, else a code, else the password."""
    kinds = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    # Who enters with ProConnect alone holds neither: its session over there may be hours old, and proves nothing now.
    page = "account_reauthenticate" if user.has_usable_password() else "mfa_index"
    if TOTP in kinds:
        page = "mfa_reauthenticate"
    if PASSKEY in kinds:
        page = "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': back})}" if back else reverse(page)
