import datetime as dt

import pytest
from django.template import engines


@pytest.mark.parametrize(
    ("day", "pattern", "expected"),
    [
        (dt.date(2026, 1, 1), "j F Y", "1er janvier 2026"),
        (dt.date(2026, 8, 1), "l j F", "samedi 1er août"),
        (dt.date(2026, 1, 11), "j F Y", "11 janvier 2026"),
        (dt.date(2026, 1, 1), "d/m/Y", "01/01/2026"),
        (None, "j F Y", ""),
    ],
)
def test_the_first_day_of_a_month_is_written_1er(day, pattern, expected):
    source = '{{ day|date:"' + pattern + '" }}'
    assert engines["django"].from_string(source).render({"day": day}) == expected
