import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dashboards.periods import Period, period_parse, presets, years_after


def test_a_period_reads_two_days_both_included():
    assert period_parse("2026-01-01", " 2026-06-30 ") == Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        ("2026-06-30", "2026-01-01", "au", "précède son début"),
        ("2026-02-30", "2026-03-01", "du", "AAAA-MM-JJ"),
        ("2026-02-01", "", "au", "AAAA-MM-JJ"),
        ("2010-01-01", "2026-01-01", "au", "10 ans"),
        ("2126-01-01", "2126-12-31", "du", "pas encore commencé"),
    ],
)
def test_an_impossible_period_says_what_to_change(first, last, field, words):
    with pytest.raises(ValidationError) as caught:
        period_parse(first, last)
    assert words in caught.value.message_dict[field][0]


def test_months_and_states_stop_today():
    today = timezone.localdate()
    period = Period(today.replace(day=1), years_after(today, 1))
    assert period.months == [today.replace(day=1)]
    assert period.state_days == [today]


def test_presets_hold_years_semesters_and_the_three_years_of_the_convention():
    found = {preset.code: preset.period for preset in presets(dt.date(2026, 11, 24), dt.date(2024, 9, 1))}
    assert found["annee-2026"] == Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert found["semestre-2026-2"] == Period(dt.date(2026, 7, 1), dt.date(2026, 12, 31))
    assert found["convention-1"] == Period(dt.date(2024, 9, 1), dt.date(2025, 8, 31))
    assert found["convention-3"] == Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    assert found["cumul"] == Period(dt.date(2024, 9, 1), dt.date(2026, 11, 24))


def test_a_preset_that_has_not_begun_is_not_offered():
    codes = {preset.code for preset in presets(dt.date(2026, 3, 1), dt.date(2025, 9, 1))}
    assert "semestre-2026-2" not in codes
    assert "convention-2" not in codes
    assert "convention-1" in codes


def test_a_convention_begun_on_a_leap_day_ends_on_the_day_before_its_anniversary():
    found = {preset.code: preset.period for preset in presets(dt.date(2026, 3, 1), dt.date(2024, 2, 29))}
    assert found["convention-1"].last == dt.date(2025, 2, 27)
    assert found["convention-2"].first == dt.date(2025, 2, 28)
