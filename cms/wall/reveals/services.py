"""Opening a sealed row for a few minutes, with a reason: identity of a minor, address of a structure.

The database decides who may (`reveal_may_open`) and shows the row while the reveal lasts (`reveal_live_ids`).
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.values.settings import setting_register, setting_still_register, setting_value
from cms.wall import scope
from cms.wall.models import LONGEST_REVEAL, Alert, Reveal, SealedPart

SEALED_OF = {"case": SealedPart.IDENTITY, "partner": SealedPart.ADDRESS}
"""Kind of object → what is sealed in it."""
FEWEST_LETTERS = 20
"""A break-glass says in a sentence why: fewer letters than this are not one."""


def setting_declare() -> None:
    setting_register(
        "access.reveal_minutes",
        "Identité ou adresse : durée d’une ouverture",
        15,
        unit="minutes",
        help="Passé ce délai, il faut redire pourquoi. Une heure au plus.",
    )
    setting_still_register(
        **{"access.reveal_minutes": "Une ouverture en cours garde sa fin : ce réglage vaut pour les suivantes."}
    )


def reveal_may(*, kind: str, object_id: uuid.UUID, is_break_glass: bool = False) -> bool:
    """Whether the actor may open what is sealed in this object, as the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reveal_may_open(%s, %s, %s, %s)", [kind, object_id, SEALED_OF[kind].value, is_break_glass]
        )
        return bool(cursor.fetchone()[0])


def reveal_live(*, kind: str, object_id: uuid.UUID) -> Reveal | None:
    """Return the reveal under which the actor reads this object now, the one that lasts longest."""
    rows = Reveal.objects.live().filter(
        object_kind=kind,
        object_id=object_id,
        user_id=scope.current().user_id,  # type: ignore[misc]  # None finds no row, which the stub refuses
    )
    return rows.order_by("-ends_at").first()


@transaction.atomic
def reveal_open(
    *,
    kind: str,
    object_id: uuid.UUID,
    by: User,
    reason: str,
    words: str = "",
    is_break_glass: bool = False,
    necessity: str = "",
    reference: str = "",
) -> Reveal:
    """Open what is sealed in an object to the actor for `access.reveal_minutes` minutes.

    Breaking the glass asks for `words` and `necessity`, and alerts the direction and data protection, who read
    `reference`. Raises `ValidationError` when the actor may not open it, or says too little.
    """
    if not reveal_may(kind=kind, object_id=object_id, is_break_glass=is_break_glass):
        raise ValidationError("Cette ouverture n’est pas possible avec votre compte.", code="scope")
    if is_break_glass:
        _check_words(words=words, necessity=necessity)
    starts_at = timezone.now()
    reveal = Reveal(
        object_kind=kind,
        object_id=object_id,
        what=SEALED_OF[kind],
        user=by,
        reason=reason,
        words=words,
        necessity=necessity,
        is_break_glass=is_break_glass,
        starts_at=starts_at,
        ends_at=starts_at + min(dt.timedelta(minutes=setting_value("access.reveal_minutes")), LONGEST_REVEAL),
    )
    row_clean(reveal)
    reveal.save(force_insert=True)
    action = "access.reveal.break_glass" if is_break_glass else "access.reveal.open"
    details = {"coded": {"what": [None, reveal.what], "ends_at": [None, reveal.ends_at]}}
    journal_append(action=action, kind=kind, object_id=object_id, reason=reason, details=details)
    if is_break_glass:
        Alert(object_kind=kind, object_id=object_id, reference=reference, raised_by=by).save(force_insert=True)
    return reveal


def _check_words(**texts: str) -> None:
    if short := [name for name, text in texts.items() if len(text.strip()) < FEWEST_LETTERS]:
        raise ValidationError(dict.fromkeys(short, "Dites-le en une phrase : la direction la lira."))


@contextmanager
def sealed_row_open(kind: str, object_id: uuid.UUID) -> Iterator[None]:
    """Let a service of the coordination reach one sealed row, to write it or to compute an age, without a reveal.

    Nothing read inside the block goes to a screen. The database keeps it to this row, this actor, this transaction.
    """
    current = scope.current()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.sealed_row', true)")
        before = cursor.fetchone()[0] or ""
        _sealed_row_set(f"{current.user_id or current.system}:{kind}:{object_id}")
        yield
        _sealed_row_set(before)


def _sealed_row_set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.sealed_row', %s, true)", [value])
