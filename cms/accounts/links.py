"""Words and addresses that the portal and the admin share."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cms.partners.models import Membership


def link_of(request: HttpRequest) -> Callable[[str], str]:
    """Token → address of its page, as whoever asks reaches the service."""
    return lambda token: request.build_absolute_uri(reverse("accounts:link", args=[token]))


def known_of(row: Membership) -> str:
    """What helps to say whether somebody is still there."""
    seen = row.user.last_login
    words = f"dernière connexion le {timezone.localtime(seen):%d/%m/%Y}" if seen else "jamais connecté"
    return f"{row.get_role_display()}, {words}"
