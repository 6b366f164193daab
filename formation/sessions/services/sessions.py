"""A session: planned, then held or cancelled."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.users.models import User
from cms.users.roles import Role
from formation.curriculum.selectors import module_in_force
from formation.enums import Period
from formation.sessions.models.sessions import HalfDay, Session, SessionTrainer

Slot = tuple[dt.date, Period | str, Decimal] | tuple[dt.date, Period | str, Decimal, dt.time | None]
"""One half-day: its day, morning or afternoon, its hours; when it begins, on the clock of the place (9:00, 14:00)."""

ZONES_OF_TERRITORY = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/Guadeloupe",
    "978": "America/Guadeloupe",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


@dataclass(frozen=True)
class SessionFacts:
    """A session to plan. Without a `time_zone`, the clock is that of the département."""

    module_code: str
    starts_on: dt.date
    ends_on: dt.date
    half_days: Sequence[Slot]
    trainers: Sequence[User]
    territory_id: str | None = None
    venue: str = ""
    is_remote: bool = False
    capacity: int = 15
    time_zone: str = ""
    audiences: Sequence[str] = ()
    aimed_territories: Sequence[str] = ()


@transaction.atomic
def session_plan(facts: SessionFacts, *, planned_by: User) -> Session:
    """Plan a session of a module as the curriculum in force describes it that day.

    Raise `ValidationError` for an unknown module, a half-day outside the dates or given twice, no trainer, a trainer
    who teaches elsewhere at the same hours.
    """
    module = module_in_force(facts.module_code)
    if module is None:
        raise ValidationError(
            {"module_code": "Ce module n’est pas au programme publié. Choisissez-en un dans la liste."}
        )
    slots_check(facts.half_days, facts.starts_on, facts.ends_on)
    _check_trainers(facts.trainers)
    session = Session(
        module_code=module.code,
        title=module.content["title"],
        clause=module,
        starts_on=facts.starts_on,
        ends_on=facts.ends_on,
        territory_id=facts.territory_id,
        venue=facts.venue,
        is_remote=facts.is_remote,
        capacity=facts.capacity,
        audiences=list(facts.audiences),
        aimed_territories=list(facts.aimed_territories),
        time_zone=facts.time_zone or ZONES_OF_TERRITORY.get(facts.territory_id or "", settings.TIME_ZONE),
    )
    row_clean(session)
    session.save(force_insert=True)
    # The planner comes first: only somebody who already teaches the session may add another trainer.
    for trainer in sorted(facts.trainers, key=lambda trainer: trainer.pk != planned_by.pk):
        SessionTrainer.objects.create(session=session, trainer=trainer)
    _half_days_write(session, facts.half_days)
    trainers_free_check(session)
    journal_append(
        action="formation.session.plan",
        kind="session",
        object_id=session.pk,
        details={"module": [None, module.code], "trainers": [str(trainer.pk) for trainer in facts.trainers]},
    )
    return session


def _half_days_write(session: Session, slots: Sequence[Slot]) -> None:
    for day, period, hours, *start in slots:
        half_day = HalfDay(session=session, day=day, period=period, hours=hours, starts_at=start[0] if start else None)
        row_clean(half_day, exclude=["session"])
        half_day.save(force_insert=True)


def trainers_free_check(session: Session) -> None:
    """Raise `ValidationError` when a trainer teaches elsewhere at these hours.

    A constraint of the database holds the same rule against two plannings at once.
    """
    busy = [trainer for trainer in session.trainers.all() if _is_elsewhere(trainer, session)]
    if busy:
        names = ", ".join(str(trainer) for trainer in busy)
        sentence = f"À ces heures, {names} anime une autre session. Changez de date ou d’heure."
        raise ValidationError({"half_days": sentence})


def _is_elsewhere(trainer: User, session: Session) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT trainer_overlap(%s, %s)", [trainer.pk, session.pk])
        return cursor.fetchone()[0]


def slots_check(half_days: Sequence[Slot], starts_on: dt.date, ends_on: dt.date) -> None:
    if not half_days:
        raise ValidationError({"half_days": "Indiquez au moins une demi-journée."})
    if any(not starts_on <= slot[0] <= ends_on for slot in half_days):
        raise ValidationError({"half_days": "Chaque demi-journée se tient entre le premier et le dernier jour."})
    if len({(slot[0], slot[1]) for slot in half_days}) < len(half_days):
        raise ValidationError({"half_days": "La même demi-journée est indiquée deux fois."})


def last_end_check(session: Session, at: dt.datetime, then: str) -> None:
    """Raise `ValidationError` before the end of the last half-day: training that was not given proves nothing."""
    ends = max((half_day.ends_at for half_day in HalfDay.objects.filter(session=session)), default=at)
    if ends > at:
        there = ends.astimezone(session.zone)
        raise ValidationError(f"La session se termine le {there:%d/%m/%Y à %H:%M} : {then}.")


def _check_trainers(trainers: Sequence[User]) -> None:
    if not trainers:
        raise ValidationError({"trainers": "Indiquez qui anime la session."})
    teaching = User.objects.filter(pk__in=[t.pk for t in trainers], groups__name=Role.TRAINER, is_active=True)
    if teaching.count() < len(trainers):
        raise ValidationError({"trainers": "Une personne choisie n’a pas le rôle de formation."})
