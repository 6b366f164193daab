"""`Idempotency-Key`: the same sending twice writes once, and answers the same.

The answer is not kept, it is drawn again under the rights of the day: no second copy of what is about a minor. The row
is written in the transaction of the writing: a refusal leaves nothing, and may be tried again under its key.
"""

import datetime as dt
import json
import re
import uuid
from collections.abc import Callable, Sequence
from typing import cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from cms.kit.api.errors import Refused
from cms.sessions.calls.models import IdempotentCall
from cms.users.models import User

SHAPE = re.compile(r"[A-Za-z0-9_-]{8,64}")
WAIT = "5s"
LOCK_TIMEOUT = "55P03"
MISSING = "Envoyez un en-tête Idempotency-Key de 8 à 64 lettres, chiffres, - ou _, une clé par envoi."
OTHER_BODY = "Cette clé a servi à un autre envoi : prenez-en une nouvelle."
RUNNING = "Le même envoi est en cours : attendez sa réponse, ou répétez-le dans quelques secondes."


@transaction.atomic
def call_once(request: Request, act: Callable[[], Sequence[uuid.UUID]]) -> list[uuid.UUID]:
    """Return the rows that `act` writes, or those of the first time. A twin waits here for the first to be written."""
    key, by = key_of(request), cast(User, request.user)
    fingerprint = _fingerprint(request)
    _wait(f"{by.pk}:{key}")
    known = IdempotentCall.objects.filter(user=by, key=key).first()
    if known is not None:
        if known.fingerprint != fingerprint:
            raise Refused(422, OTHER_BODY)
        return known.object_ids
    object_ids = list(act())
    IdempotentCall.objects.create(user=by, key=key, fingerprint=fingerprint, object_ids=object_ids)
    return object_ids


def key_of(request: Request) -> str:
    """Return the key, a text or a text between quotes as a structured field writes it."""
    key = request.headers.get("Idempotency-Key", "").removeprefix('"').removesuffix('"')
    if not SHAPE.fullmatch(key):
        raise ValidationError(MISSING, code="idempotency_key")
    return key


def _fingerprint(request: Request) -> str:
    """Digest what is sent under our key: words of a request are short enough to be guessed from a plain one."""
    body = json.dumps(request.data, cls=DjangoJSONEncoder, sort_keys=True)
    sent = f"{request.method} {request.get_full_path()}\n{body}"
    return salted_hmac("api.idempotency", sent, algorithm="sha256").hexdigest()


def _wait(name: str) -> None:
    """Take the turn of a key; refuse a twin that would wait too long."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)", [WAIT])
        usual = cursor.fetchone()[0]
        try:
            with transaction.atomic():
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_TIMEOUT:
                raise
            raise Refused(409, RUNNING) from error
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [usual])


def calls_forget(at: dt.datetime | None = None) -> int:
    """Remove what was sent two days ago. Called by the hourly job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT calls_forget(%s)", [at or timezone.now()])
        removed: int = cursor.fetchone()[0]
    return removed
