"""The big invented network, small: the constraints of the database hold, and figures count what was written."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from cms.access import scope
from cms.partners.models import Partner
from dashboards.indicators.lexicon import Lexicon
from dashboards.indicators.registry import INDICATORS
from dashboards.periods import Period
from tests import database


def test_the_figures_count_what_is_written_and_it_is_written_once(committed):
    today = timezone.localdate()
    period = Period(today - dt.timedelta(days=1200), today)
    with scope.acting(scope.FIGURES):
        before = {code: counted(code, period) for code in ("I1", "I2", "I3", "I6", "I8")}
    database.manage(committed, "generate_volume", "--sollicitations", "400")
    with scope.acting(scope.FIGURES):
        assert Partner.objects.filter(code_name__startswith="Volume ").count() == 40
        after = {code: counted(code, period) for code in before}
    assert all(after[code] > before[code] for code in before)
    # Nine requests in ten ask for care; a person is counted once however often it was trained.
    assert 320 <= after["I1"] - before["I1"] <= 400
    assert after["I3"] - before["I3"] <= 200
    with pytest.raises(RuntimeError, match="déjà chargé"):
        database.manage(committed, "generate_volume", "--sollicitations", "400")


def counted(code, period):
    return INDICATORS[code].compute(period, Lexicon.read()).headline[0].value


@override_settings(HAVRE_FICTITIOUS=False)
def test_nothing_invented_enters_a_real_instance():
    with pytest.raises(CommandError, match="réelle"):
        call_command("generate_volume", sollicitations=400)
