"""Sessions of the cast, and how to fill one."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from formation.enums import Period
from formation.models import Enrolment, Professional, Session
from formation.people.services.people import enrol
from formation.sessions.services.sessions import SessionFacts, session_plan
from tests.retention.steps import time_passes

OVER = 3.5 * 60 + 2
"""Minutes since the beginning of a half-day of `held_now` that has just ended."""


def days_pass(days: int) -> None:
    """As if every session had been held so many days sooner."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    time_passes(days, tables="formation_session formation_halfday")


@pytest.fixture
def sessions(acting_as):
    """`sessions["trainer"]` is the session of the trainer, `sessions["trainer_b"]` that of the other one."""
    with acting_as("coordination"):
        found = {
            trainer.email.partition("@")[0].replace("-", "_"): session
            for session in Session.objects.all()
            for trainer in session.trainers.all()
        }
    return found


@pytest.fixture
def enrolments(acting_as, sessions):
    """People of the trainer's session, by first name."""
    with acting_as("coordination"):
        rows = Enrolment.objects.filter(session=sessions["trainer"]).select_related("professional")
        return {row.professional.first_name: row for row in rows}


@pytest.fixture
def half_days(acting_as, sessions):
    """Half-days of the trainer's session, in order."""
    with acting_as("coordination"):
        return list(sessions["trainer"].half_days.all())


@pytest.fixture
def held_now(acting_as, cast):
    """A session of the other trainer that began twenty minutes ago, of one half-day; `held_now(ago=…)` moves it:
    by `OVER` it has just ended, and is still open to signatures.
    """

    def run(*, ago: float = 20, people: tuple[str, ...] = ("Nadia", "Hugo", "Yanis"), **facts):
        begins = timezone.localtime(timezone.now() - dt.timedelta(minutes=ago))
        with acting_as("trainer_b"):
            session = session_plan(
                SessionFacts(
                    module_code="M1",
                    starts_on=begins.date(),
                    ends_on=begins.date(),
                    half_days=[(begins.date(), Period.MORNING, Decimal("3.5"), begins.time().replace(microsecond=0))],
                    trainers=[cast["trainer_b"]],
                    venue="Lille, salle Vauban",
                    **facts,
                ),
                planned_by=cast["trainer_b"],
            )
        with acting_as("coordination"):
            for person in Professional.objects.filter(first_name__in=people):
                enrol(session=session, professional=person, by=cast["coordination"])
            return session, session.half_days.get()

    return run
