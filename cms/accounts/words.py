"""Words and addresses that the portal and the admin share."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cms.partners.models import Membership


def link_of(token: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("accounts:link", args=[token])


def known_of(row: Membership) -> str:
    """What helps to say whether somebody is still there."""
    seen = row.user.last_login
    words = f"dernière connexion le {timezone.localtime(seen):%d/%m/%Y}" if seen else "jamais connecté"
    return f"{row.get_role_display()}, {words}"
