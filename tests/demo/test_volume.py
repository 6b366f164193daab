"""The big invented network, small: the constraints of the database hold, and figures count what was written."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from cms.demo.reporting import period_before
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.periods import Period
from dashboards.reporting.periods.services import period_close_agree, period_close_ask
from dashboards.reporting.releases.services import release_agree, release_ask
from tests import database
from tests.dashboards.reporting.releases.test_releases import attack


@pytest.mark.whole
def test_the_figures_count_what_is_written_and_it_is_written_once(committed):
    today = timezone.localdate()
    period = Period(today - dt.timedelta(days=1200), today)
    with scope.acting(scope.FIGURES):
        before = {code: counted(code, period) for code in ("I1", "I2", "I3", "I6", "I8")}
    database.manage(committed, "generate_volume --sollicitations 400")
    with scope.acting(scope.FIGURES):
        assert Partner.objects.filter(code_name__startswith="Volume ").count() == 40
        after = {code: counted(code, period) for code in before}
    assert all(after[code] > before[code] for code in before)
    # Nine requests in ten ask for care; a person is counted once however often it was trained.
    assert 320 <= after["I1"] - before["I1"] <= 400
    assert after["I3"] - before["I3"] <= 200
    with pytest.raises(RuntimeError, match="déjà chargé"):
        database.manage(committed, "generate_volume --sollicitations 400")


@pytest.mark.whole
def test_what_leaves_of_a_big_network_holds_against_a_solver(committed):
    """The half-year of a network of the generator, closed and published as the real one is."""
    database.manage(committed, "generate_volume --sollicitations 600")
    first, second = (User.objects.get(email=f"{who}@havre.example") for who in ("coordination", "direction"))
    period = period_before(timezone.localdate())
    with scope.acting(first):
        closed = period_close_ask(by=first, period=period, title="Semestre")
    with scope.acting(second):
        closed = period_close_agree(by=second, closed=closed)
        release = release_ask(by=second, closed=closed, comments={})
    with scope.acting(first):
        release = release_agree(by=first, release=release)
    assert attack(release) > 10


def counted(code, period):
    return INDICATORS[code].compute(period, Lexicon.read()).headline[0].value


@override_settings(HAVRE_FICTITIOUS=False)
def test_nothing_invented_enters_a_real_instance():
    with pytest.raises(CommandError, match="réelle"):
        call_command("generate_volume", sollicitations=400)
