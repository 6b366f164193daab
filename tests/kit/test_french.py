import datetime as dt
import re
from pathlib import Path

import pytest
from django.template import engines

CLONE = Path(__file__).resolve().parents[2]
APPS = ("cases", "cms", "formation", "referentiel")
NOT_TEXT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
MAY_BREAK = re.compile(r"[\w’)>}] [:;?!»](?=[\s<\".,]|$)|« ", re.MULTILINE)
"""An ordinary space where French wants one that never begins a line."""


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


@pytest.mark.parametrize(("count", "expected"), [(0, "0 inscrit"), (1, "1 inscrit"), (2, "2 inscrits")])
def test_french_is_singular_below_two(count, expected):
    source = "{{ count }} inscrit{{ count|pluralize }}"
    assert engines["django"].from_string(source).render({"count": count}) == expected


def test_signs_keep_to_the_word_before():
    source = "{{ text|spaced }}{{ number|spaced }}"
    shown = engines["django"].from_string(source).render({"text": "à vérifier : « dit-on » ; 18 : 30", "number": 3})
    assert shown == "à vérifier\u00a0: «\u00a0dit-on\u00a0»\u00a0; 18\u00a0: 303"


def test_a_reference_stays_whole_and_the_rest_is_escaped():
    source = "{{ label|whole_references }}"
    shown = engines["django"].from_string(source).render({"label": "<b> Confirmer M-2026-0147"})
    assert shown == '&lt;b&gt; Confirmer <span class="hv-ref">M-2026-0147</span>'


def test_no_line_of_a_template_can_begin_with_a_sign():
    faults = [
        f"{path.relative_to(CLONE)}:{number} {line.strip()}"
        for app in APPS
        for path in sorted((CLONE / app).glob("**/templates/**/*.html"))
        for number, line in enumerate(NOT_TEXT.sub("", path.read_text()).splitlines(), 1)
        if MAY_BREAK.search(line)
    ]
    assert not faults, "\n".join(faults)
