"""A session: planned, then held or cancelled."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.services import journal_append
from cms.users.models import User
from cms.users.roles import Role
from formation.enums import Period, SessionState
from formation.models import Attendance, Enrolment, HalfDay, Session, SessionTrainer
from formation.selectors import module_in_force

Slot = tuple[dt.date, Period | str, Decimal]
"""One half-day: its day, morning or afternoon, its hours."""


@transaction.atomic
def session_plan(
    *,
    module_code: str,
    starts_on: dt.date,
    ends_on: dt.date,
    half_days: Sequence[Slot],
    trainers: Sequence[User],
    planned_by: User,
    territory_id: str | None = None,
    venue: str = "",
    is_remote: bool = False,
    capacity: int = 15,
) -> Session:
    """Plan a session of a module as the curriculum in force describes it that day.

    Raises `ValidationError` for an unknown module, a half-day outside the dates or given twice, nobody to teach.
    """
    module = module_in_force(module_code)
    if module is None:
        raise ValidationError(
            {"module_code": "Ce module n’est pas au programme publié. Choisissez-en un dans la liste."}
        )
    _check_slots(half_days, starts_on, ends_on)
    _check_trainers(trainers)
    session = Session(
        module_code=module.code,
        title=module.content["title"],
        clause=module,
        starts_on=starts_on,
        ends_on=ends_on,
        territory_id=territory_id,
        venue=venue,
        is_remote=is_remote,
        capacity=capacity,
    )
    session.full_clean()
    session.save(force_insert=True)
    # The planner comes first: only somebody who already teaches the session may add another trainer.
    for trainer in sorted(trainers, key=lambda trainer: trainer.pk != planned_by.pk):
        SessionTrainer.objects.create(session=session, trainer=trainer)
    for day, period, hours in half_days:
        half_day = HalfDay(session=session, day=day, period=period, hours=hours)
        half_day.full_clean(exclude=["session"])
        half_day.save(force_insert=True)
    journal_append(
        action="formation.session.plan",
        kind="session",
        object_id=session.pk,
        details={"module": [None, module.code], "trainers": [str(trainer.pk) for trainer in trainers]},
    )
    return session


def _check_slots(half_days: Sequence[Slot], starts_on: dt.date, ends_on: dt.date) -> None:
    if not half_days:
        raise ValidationError({"half_days": "Indiquez au moins une demi-journée."})
    if any(not starts_on <= day <= ends_on for day, _, _ in half_days):
        raise ValidationError({"half_days": "Chaque demi-journée se tient entre le premier et le dernier jour."})
    if len({(day, period) for day, period, _ in half_days}) < len(half_days):
        raise ValidationError({"half_days": "La même demi-journée est indiquée deux fois."})


def _check_trainers(trainers: Sequence[User]) -> None:
    if not trainers:
        raise ValidationError({"trainers": "Indiquez qui anime la session."})
    teaching = User.objects.filter(pk__in=[t.pk for t in trainers], groups__name=Role.TRAINER, is_active=True)
    if teaching.count() < len(trainers):
        raise ValidationError({"trainers": "Une personne choisie n’a pas le rôle de formation."})


@transaction.atomic
def session_close(*, session: Session, by: User) -> Session:
    """Declare a session held, once its last day has come and everybody's presence is known."""
    session = _planned(session)
    if session.ends_on > timezone.localdate():
        raise ValidationError(f"La session se termine le {session.ends_on:%d/%m/%Y} : vous la clorez ce jour-là.")
    enrolled = Enrolment.objects.filter(session=session).live().count()
    if not enrolled:
        raise ValidationError("Personne n’est inscrit à cette session : annulez-la plutôt.")
    expected = enrolled * HalfDay.objects.filter(session=session).count()
    recorded = Attendance.objects.filter(enrolment__session=session, enrolment__cancelled_at=None).count()
    if missing := expected - recorded:
        raise ValidationError(
            f"Il manque {missing} présence{'s' if missing > 1 else ''} : complétez la feuille d’abord."
        )
    return _state_set(session, SessionState.HELD, by)


@transaction.atomic
def session_cancel(*, session: Session, by: User) -> Session:
    """Call off a session that has not been held. Its enrolments stay, and count nowhere."""
    return _state_set(_planned(session), SessionState.CANCELLED, by)


def _planned(session: Session) -> Session:
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if locked.state != SessionState.PLANNED:
        raise ValidationError(f"Cette session est déjà {locked.get_state_display()}.")
    return locked


def _state_set(session: Session, state: SessionState, by: User) -> Session:
    before, session.state = session.state, state
    session.save(update_fields=["state"])
    journal_append(
        action=f"formation.session.{'close' if state == SessionState.HELD else 'cancel'}",
        kind="session",
        object_id=session.pk,
        details={"state": [before, state.value], "by": str(by.pk)},
    )
    return session
