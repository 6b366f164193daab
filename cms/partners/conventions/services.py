"""What binds a partner, its places, and the times when it is set apart."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.partners.book.models import Partner, Place, Suspension
from cms.partners.common.services import row_create, structure_only
from cms.partners.conventions.models import Convention, ConventionStep
from cms.partners.conventions.selectors import extra_refusal
from cms.partners.enums import EXTRA_DAYS, Stage
from cms.values.settings import setting_value
from cms.wall import scope


@transaction.atomic
def convention_open(*, partner: Partner, reference: str, contacted_on: dt.date) -> Convention:
    """First contact with a partner: the convention's pipeline begins."""
    convention = row_create(Convention(partner=partner, reference=reference), action="partners.convention.open")
    _step(convention, Stage.CONTACT, contacted_on)
    _tell(convention, "open", stage=[None, Stage.CONTACT.value])
    return convention


STAGE_AFTER = {
    Stage.CONTACT: {Stage.LETTER, Stage.DRAFT, Stage.SIGNED},
    Stage.LETTER: {Stage.DRAFT, Stage.SIGNED},
    Stage.DRAFT: {Stage.SIGNED},
    Stage.SIGNED: {Stage.ENDED, Stage.DENOUNCED},
    Stage.ENDED: set(),
    Stage.DENOUNCED: set(),
}
"""Allowed changes of stage."""


@transaction.atomic
def convention_advance(
    *,
    convention: Convention,
    stage: Stage,
    on: dt.date,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Convention:
    """Move a convention to its next stage.

    Raises `ValidationError` when the stage does not follow the present one, or when dates contradict each other.
    """
    before = Stage(convention.stage)
    if stage not in STAGE_AFTER[before]:
        raise ValidationError({"stage": f"Une convention « {before.label} » ne passe pas à « {stage.label} »."})
    convention.stage = stage
    if stage == Stage.SIGNED:
        convention.signed_on, convention.starts_on, convention.ends_on = on, starts_on or on, ends_on
    if stage == Stage.ENDED:
        # In force to its last day: without an earlier end, that day.
        convention.ends_on = min(on, convention.ends_on or on)
    if stage == Stage.DENOUNCED:
        convention.denounced_on = on
    row_clean(convention)
    convention.save()
    _step(convention, stage, on)
    journal_append(
        action="partners.convention.advance",
        kind="partner",
        object_id=convention.partner_id,
        details={"stage": [before.value, stage.value]},
    )
    _tell(convention, "advance", stage=[before.value, stage.value])
    return convention


def _tell(convention: Convention, verb: str, **details: list) -> None:
    """Append to the history of the convention, which is apart from the partner's."""
    journal_append(action=f"partners.convention.{verb}", kind="convention", object_id=convention.pk, details=details)


def _step(convention: Convention, stage: Stage, on: dt.date) -> None:
    ConventionStep.objects.create(
        convention=convention, stage=stage, happened_on=on, recorded_by_id=scope.current().user_id
    )


@transaction.atomic
def places_open(*, partner: Partner, count: int, starts_on: dt.date) -> list[Place]:
    """Open `count` more places in a structure; capacity is their number."""
    structure_only(partner)
    known = partner.places.lasting().count()
    return [
        row_create(
            Place(partner=partner, label=f"Place {known + number}", starts_on=starts_on), action="partners.place.open"
        )
        for number in range(1, count + 1)
    ]


@transaction.atomic
def extra_places_open(
    *, partner: Partner, count: int = 1, ends_on: dt.date | None = None, note: str = ""
) -> list[Place]:
    """Open places for a short time, from today to `ends_on` included: tomorrow unless it is said.

    Raises `ValidationError` when the structure takes nobody in today, or for longer than `EXTRA_DAYS`.
    """
    structure_only(partner)
    today = timezone.localdate()
    ends_on = ends_on or today + dt.timedelta(days=1)
    latest = today + dt.timedelta(days=setting_value(EXTRA_DAYS))
    if not today <= ends_on <= latest:
        raise ValidationError({"ends_on": f"Choisissez un jour, jusqu’au {latest:%d/%m/%Y} au plus."})
    if refusal := extra_refusal(partner, today):
        raise ValidationError(refusal)
    # The queue of arrivals in this structure: two people who open at once take two labels.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.placement'), hashtext(%s))", [str(partner.pk)])
    known = partner.places.filter(is_extra=True).count()
    return [
        row_create(
            Place(
                partner=partner,
                label=f"Place supplémentaire {known + number}",
                starts_on=today,
                ends_on=ends_on,
                is_extra=True,
                note=note,
            ),
            action="partners.place.extra",
            details={"ends_on": [None, ends_on]},
        )
        for number in range(1, count + 1)
    ]


@transaction.atomic
def place_close(*, place: Place, on: dt.date) -> Place:
    """Close a place from a day on: it is open for the last time the day before.

    Raises `ValidationError` when it would close before it opened.
    """
    if on <= place.starts_on:
        raise ValidationError(
            {"on": f"Cette place a ouvert le {place.starts_on:%d/%m/%Y} : choisissez un jour suivant."}
        )
    _end(place, on - dt.timedelta(days=1), action="partners.place.close")
    return place


def _end(row: Place | Suspension, ends_on: dt.date, *, action: str) -> None:
    before = row.ends_on
    row.ends_on = ends_on
    row_clean(row)
    row.save(update_fields=["ends_on"])
    journal_append(
        action=action,
        kind="partner",
        object_id=row.partner_id,
        details=changes({"ends_on": before}, {"ends_on": ends_on}, ["ends_on"]),
    )


@transaction.atomic
def partner_suspend(
    *, partner: Partner, starts_on: dt.date, reason: str, ends_on: dt.date | None = None
) -> Suspension:
    """Set a structure apart: no minor is sent there while it lasts, last day included.

    Raises `ValidationError` when another suspension covers one of these days.
    """
    structure_only(partner)
    return row_create(
        Suspension(partner=partner, starts_on=starts_on, ends_on=ends_on, reason=reason),
        action="partners.partner.suspend",
        details={"starts_on": [None, starts_on], "ends_on": [None, ends_on]},
    )


@transaction.atomic
def suspension_end(*, suspension: Suspension, ends_on: dt.date) -> Suspension:
    """Set the last day of a suspension, that day included."""
    _end(suspension, ends_on, action="partners.suspension.end")
    return suspension
