"""Before a setting is saved, its screen says what it moves among what runs, or why it moves nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from cases.enums import Nature
from cases.models import Incident, Sollicitation
from cms.partners.models import Convention
from cms.users.models import User
from cms.values import settings as registry
from cms.values.settings import setting_impact, settings_all, settings_supposed
from cms.wall import scope
from formation.enums import SessionState
from formation.models import HalfDay, Session


def test_each_setting_counts_what_it_moves_or_says_why_nothing_moves(cast):
    with scope.acting(cast["coordination"]):
        silent = [setting.key for setting in settings_all() if not setting_impact(setting.key, setting.default)]
    assert silent == []


def counted(key: str, value) -> dict[str, tuple[int, int]]:
    """By label: what is counted today, and with this value."""
    found = {}
    for item in registry._counts[key]:
        with settings_supposed(**{key: value}):
            then = item.count()
        found[item.label] = (item.count(), then)
    return found


def only(key: str, value) -> tuple[int, int]:
    [told] = counted(key, value).values()
    return told


@pytest.fixture
def rows(cast):
    """Something that each of these settings moves."""
    today, now = timezone.localdate(), timezone.now()
    with scope.acting(cast["coordination"]):
        convention = Convention.objects.in_force_on(today).filter(partner__is_test=False).first()
        Convention.objects.filter(pk=convention.pk).update(ends_on=today + dt.timedelta(days=20))
        first = Session.objects.real().filter(half_days__isnull=False).first()
        three_days_ago = today - dt.timedelta(days=3)
        HalfDay.objects.filter(session=first).delete()
        Session.objects.filter(pk=first.pk).update(
            state=SessionState.HELD, starts_on=three_days_ago, ends_on=three_days_ago
        )
        incident = Incident.objects.real().open().first()
        Incident.objects.filter(pk=incident.pk).update(severity_id="gravite:G2", has_analysis=False)
        asked = Sollicitation.objects.real().filter(case__isnull=False, relance_of=None, nature_id=Nature.CARE).first()
        Sollicitation.objects.filter(pk=asked.pk).update(
            state="closed",
            outcome_id="decision:DROIT-COMMUN",
            received_at=now - dt.timedelta(days=60),
            received_on=timezone.localdate(now - dt.timedelta(days=60)),
            first_answered_at=None,
            closed_at=now - dt.timedelta(days=40),
        )
        yield cast


def test_conventions_sessions_and_incidents_move_with_their_delays(rows):
    assert only("partners.renewal_last_days", 10)[0] == only("partners.renewal_last_days", 10)[1] + 1
    now, then = only("formation.answer_days", 1)
    assert now == then + 1
    now, then = only("cases.retex_level", 2)
    assert then >= now + 1
    now, then = only("cases.incident_state_level", 5)
    assert then == 0
    now, then = only("cases.relance_days", 41)
    assert then == now + 1
    now, then = only("documents.acknowledgement_days", 1)
    assert now >= then


def test_accounts_that_nobody_uses_are_counted_for_the_coordination(cast):
    User.objects.filter(pk=cast["editor"].pk).update(
        last_login=timezone.now() - dt.timedelta(days=200), date_joined=timezone.now() - dt.timedelta(days=300)
    )
    with scope.acting(cast["coordination"]):
        now, then = only("accounts.dormant_months", 3)
    assert then == now + 1


def test_nothing_is_written_while_it_is_counted(rows):
    before = registry.setting_value("formation.trained_share")
    setting_impact("formation.trained_share", 100)
    assert registry.setting_value("formation.trained_share") == before
