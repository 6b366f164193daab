"""Publishing a version of the grille de repérage, and joining a grid to a request."""

import uuid
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cases.common.services import NOT_OPEN, manager_only, manages, row_create
from cases.enums import SollicitationState
from cases.grid.enums import SignAnswer
from cases.grid.models import FilledGrid, GridVersion
from cases.grid.rules import GridContent, content_check, first_content, grid_read
from cases.grid.selectors import content_of
from cases.requests.models import Sollicitation
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

CHANGED = "La grille a changé pendant que vous la remplissiez : relisez vos réponses, puis recommencez."


@transaction.atomic
def grid_publish(*, content: GridContent, reason: str, base: int, by: User) -> GridVersion:
    """Put a new version in force. Grids already joined keep theirs, and their words.

    `base` is the version that was being changed: raises `ValidationError` when another came out in the meantime, for
    a version that changes nothing, and for what a grid may not be.
    """
    manager_only()
    _one_at_a_time()
    before = GridVersion.objects.order_by("-number").first()
    number = before.number if before else 0
    if number != base:
        raise ValidationError("Une autre version vient d’être publiée : rechargez la page, reprenez vos changements.")
    content_check(content)
    if before and content_of(before) == content:
        raise ValidationError("Rien ne change par rapport à la version en vigueur.")
    return _publish(content, number + 1, reason, by)


@transaction.atomic
def grid_load() -> int:
    """Publish the first version, once. Return how many were added."""
    _one_at_a_time()
    if GridVersion.objects.exists():
        return 0
    _publish(first_content(), 1, "Première version", None)
    return 1


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.grid'))")


def _publish(content: GridContent, number: int, reason: str, by: User | None) -> GridVersion:
    row = GridVersion(
        number=number,
        content=content.as_data(),
        reason=reason.strip(),
        published_at=timezone.now(),
        published_by=by,
    )
    row_clean(row)
    row.save(force_insert=True)
    journal_append(action="cases.grid.publish", details={"number": [number - 1, number]})
    return row


@transaction.atomic
def grid_attach(
    *, sollicitation: Sollicitation, key: uuid.UUID, number: int, answers: Mapping[str, str], by: User
) -> FilledGrid:
    """Join a grid to an open request, for the coordination and the service that asked.

    The same key sent twice gives the grid of the first time. Raises `ValidationError` for a closed request, another
    version than the one in force, and a grid without any answer.
    """
    if not (manages() or sollicitation.requester_id in scope.current().partners_as(Role.REQUESTER)):
        raise ValidationError(NOT_OPEN, code="scope")
    if known := FilledGrid.objects.filter(pk=key, sollicitation=sollicitation, filled_by=by).first():
        return known
    if sollicitation.state == SollicitationState.CLOSED:
        raise ValidationError("Cette demande est close : la grille ne s’y joint plus.")
    version = GridVersion.objects.order_by("-number").first()
    if version is None or version.number != number:
        raise ValidationError(CHANGED)
    content = content_of(version)
    stored = {sign.code: answers[sign.code] for sign in content.signs if answers.get(sign.code) in SignAnswer.values}
    if not stored:
        raise ValidationError("Répondez à un signe au moins.")
    grid = FilledGrid(
        pk=key,
        sollicitation=sollicitation,
        version=version,
        answers=stored,
        reading=grid_read(content, stored).reading,
        filled_by=by,
        filled_at=timezone.now(),
    )
    row_create(
        grid,
        kind="sollicitation",
        action="cases.grid.attach",
        coded=("version_id", "reading"),
        sealed=("answers",),
        object_id=sollicitation.pk,
    )
    return grid
