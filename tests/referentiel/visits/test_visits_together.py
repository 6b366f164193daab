"""Two people of the coordination at the same instant, on one exigence, one visit, one derogation."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections

from cms.wall import scope
from referentiel.derogations.services import derogation_agree, derogation_revoke
from referentiel.models import ConfirmedMark, Derogation, Visit
from referentiel.visits.services.reminders import visits_silence
from referentiel.visits.services.visits import mark_confirm, observations_send
from tests.cast.visits import MARKS, TODAY, answered, person, sent


def both(*acts):
    """Run these at once, each on its own connection; answers what each gave, or the refusal."""
    barrier = threading.Barrier(len(acts))

    def one(act):
        barrier.wait()
        try:
            return act()
        except (ValidationError, IntegrityError) as error:
            return f"refusé : {error}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]


def decide(row, key, value):
    def act():
        with scope.acting(person(key)):
            mark_confirm(visit=row, code="E1.3", value=value, reply="Vu sur place.", by=person(key))
        return value

    return act


def test_one_exigence_is_decided_once(committed):
    row = answered()
    given = both(decide(row, "coordination", "2"), decide(row, "direction", "3"))
    [kept] = [value for value in given if value in ("2", "3")]
    assert sum("autre personne" in value for value in given) == 1
    with scope.acting(person("coordination")):
        assert ConfirmedMark.objects.get(visit=row, code="E1.3").value == kept


def test_an_answer_and_the_end_of_the_delay_come_one_after_the_other(committed):
    row = sent(marks={"E1.7": MARKS["E1.7"]})
    late = TODAY + dt.timedelta(days=31)

    def answer():
        with scope.acting(person("director_a")):
            observations_send(visit=row, by=person("director_a"))
        return "envoyé"

    given = both(answer, lambda: visits_silence(on=late))
    with scope.acting(person("coordination")):
        row = Visit.objects.get(pk=row.pk)
        silent = ConfirmedMark.objects.filter(visit=row, origin="silence").count()
    # Whichever came first: an answer that is in never makes a silence, and one that comes after is still heard.
    assert given[0] == "envoyé"
    assert row.state == "answered"
    assert silent == (1 if row.silent_at else 0)


def test_a_derogation_is_agreed_or_revoked_never_both(committed):
    with scope.acting(person("coordination")):
        row = Derogation.objects.get()

    def agree():
        with scope.acting(person("direction")):
            derogation_agree(derogation=row, by=person("direction"))
        return "accordée"

    def revoke():
        with scope.acting(person("coordination")):
            derogation_revoke(derogation=row, reason="Inutile.", by=person("coordination"))
        return "levée"

    given = both(agree, revoke)
    assert "levée" in given
    with scope.acting(person("coordination")):
        row.refresh_from_db()
        assert row.revoked_at is not None
        assert (row.agreed_at is not None) == ("accordée" in given)
