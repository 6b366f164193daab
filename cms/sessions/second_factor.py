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
PASSKEY_ALONE = frozenset({PASSKEY})

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
"""Role → kinds accepted. Who holds several roles shows what all of them accept; who holds none is a trainee.

`HAVRE_PASSKEY_ROLES` names those of whom a passkey is asked, and nothing else.
"""

LEAVING = frozenset({"account_logout", "account_logout_admin", "portal:mask", "portal:neutral"})
"""Addresses open to every session: one may always sign out, or mask the screen."""
TO_SET_UP = LEAVING | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
"""Addresses open to a person who has no factor yet, or none that their roles accept."""
TO_PROVE = LEAVING | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
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
    return record["method"] == "mfa" and record["type"] in accepted_kinds()


def _roles() -> frozenset[str]:
    return frozenset(scope.current().roles)


def accepted_kinds() -> frozenset[str]:
    """Return the kinds that all the roles of whoever acts accept."""
    kinds = (PASSKEY_ALONE if role in settings.HAVRE_PASSKEY_ROLES else ACCEPTED[Role(role)] for role in _roles())
    return frozenset.intersection(ANY, *kinds)


def passkey_roles() -> list[str]:
    """Return, in words, the roles of whoever acts that ask for a passkey; empty when a code is enough."""
    if not is_required():
        return []
    return [Role(role).label for role in sorted(_roles()) if role in settings.HAVRE_PASSKEY_ROLES]


def may_set_up(request: HttpRequest) -> bool:
    """Whether what is left to do is to add a factor: the person holds none that their roles accept.

    Who holds another shows it first in this session: the password alone must not add a key.
    """
    held = kinds_held(request.user)
    if held & accepted_kinds():
        return False
    return not held or any(record["method"] == "mfa" for record in _records(request, request.user))


def addresses_open(request: HttpRequest, sets_up: bool) -> frozenset[str]:
    """Return the addresses open to a session that has not shown enough. To add a key, one shows again what one has."""
    proves = TO_PROVE if has_factor(request.user) else frozenset()
    return LEAVING | proves | (TO_SET_UP if sets_up else frozenset())


def kinds_held(user: Account) -> frozenset[str]:
    """Return the kinds of factor that an account holds; recovery codes are none."""
    rows = Authenticator.objects.filter(user_id=user.pk, type__in=(PASSKEY, TOTP))
    return frozenset(rows.values_list("type", flat=True))


def has_factor(user: Account) -> bool:
    """Whether the account holds a factor; recovery codes alone are none."""
    return bool(kinds_held(user))


def proof_address(user: User, back: str = "") -> str:
    """Where this person shows who they are again, then comes back: by a passkey, else a code, else the password."""
    kinds = kinds_held(user)
    # Who enters with ProConnect alone holds neither: its session over there may be hours old, and proves nothing now.
    page = "account_reauthenticate" if user.has_usable_password() else "mfa_index"
    if TOTP in kinds:
        page = "mfa_reauthenticate"
    if PASSKEY in kinds:
        page = "mfa_reauthenticate_webauthn"
    return f"{reverse(page)}?{urlencode({'next': back})}" if back else reverse(page)
