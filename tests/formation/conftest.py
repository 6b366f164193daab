"""Sessions of the cast, and how to fill one."""

import pytest

from formation.models import Enrolment, Session


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
