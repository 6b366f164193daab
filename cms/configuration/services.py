"""Exporting the configuration, and the account in whose name it is loaded."""

import json

from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder

from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.config import config_dump


def account_or_refusal(address: str) -> User:
    user = User.objects.filter(email=address.lower(), is_active=True).first()
    if user is None or not user.has_perm("values.change_value"):
        raise CommandError("Aucun compte actif à cette adresse ne change les réglages : il faut la coordination.")
    return user


def config_text() -> str:
    """Return the whole configuration as one file, and journal it: the command and the button give the same bytes."""
    content = config_dump()
    journal_append(action="values.config.export")
    return f"{json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)}\n"
