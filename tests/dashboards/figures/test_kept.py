"""Results kept until a table that they were read from changes: never anything but what the rows give."""

import dataclasses
import datetime as dt
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Sollicitation
from cms.values.settings import settings_frozen
from cms.wall import scope
from dashboards.figures.selectors.cache import (
    FUNNEL,
    HEADLINES,
    SOURCES,
    counted,
    reading,
    results_compare,
    results_stored_or_counted,
    results_tidy,
)
from dashboards.figures.selectors.comparison import figures_compared
from dashboards.figures.selectors.headlines import headlines
from dashboards.figures.selectors.report import figures_for
from dashboards.indicators.selectors.funnel import funnel
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.models import FigureMark, KeptResult
from dashboards.periods import Period
from tests.cases.test_concurrency import at_once, by, committed  # noqa: F401 (a fixture)
from tests.dashboards.indicators.test_oracle import scatter
from tests.dashboards.world import World, at

PERIOD = Period(dt.date(2026, 1, 1), dt.date(2026, 6, 30))
DAY = dt.date(2026, 3, 3)
COORDINATION = "coordination@havre.example"


@pytest.fixture
def asked(monkeypatch):
    """Codes of the indicators that were counted since the list was last emptied."""
    codes = []
    for code, indicator in list(INDICATORS.items()):

        def compute(period, lexicon, code=code, count=indicator.compute):
            codes.append(code)
            return count(period, lexicon)

        monkeypatch.setitem(INDICATORS, code, dataclasses.replace(indicator, compute=compute))
    return codes


def test_every_table_that_a_statement_names_is_watched(network_rows):
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with scope.acting(scope.FIGURES):
        with CaptureQueriesContext(connection) as words:
            lexicon = Lexicon.read()
        results, _ = counted(PERIOD, lexicon)
        parts = {code: (lambda i=indicator: i.compute(PERIOD, lexicon)) for code, indicator in INDICATORS.items()}
        beside = {FUNNEL: lambda: funnel(PERIOD, results, lexicon), HEADLINES: lambda: headlines(PERIOD, lexicon)}
        for code, count in {**parts, **beside}.items():
            with CaptureQueriesContext(connection) as captured:
                count()
            # Titles of modules are words of indicator 7 alone.
            said = [query["sql"] for query in words if code == "I7" or "formation_session" not in query["sql"]]
            said += [query["sql"] for query in captured]
            named = tables & set(re.findall(r"[a-z_]+", " ".join(said)))
            assert named <= SOURCES[code], (code, named - SOURCES[code])


def test_a_trigger_watches_each_of_them_whatever_is_switched_off(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'figures_mark' AND tgenabled = 'A'"
        )
        assert {row[0] for row in cursor.fetchall()} == set().union(*SOURCES.values())


@pytest.fixture
def network_rows(world):
    scatter(world, 11)
    return world


def test_nothing_is_counted_again_until_something_moves_and_then_what_moved_alone(network_rows, asked):
    first = figures_for(network_rows.by, PERIOD)
    assert asked == list(INDICATORS)
    asked.clear()
    again = figures_for(network_rows.by, PERIOD)
    assert not asked
    assert (again.results, again.funnel) == (first.results, first.funnel)
    network_rows.sollicitation(at(DAY))
    moved = figures_for(network_rows.by, PERIOD)
    assert asked == [code for code in INDICATORS if "cases_sollicitation" in SOURCES[code]] == ["I1", "I2", "I3", "I5"]
    assert moved.results["I1"].figure("I1").value == first.results["I1"].figure("I1").value + 1


def test_the_period_before_is_counted_once_and_again_when_it_moves(network_rows):
    def before() -> int | None:
        return next(line.before for line in figures_compared(network_rows.by, PERIOD)[1].lines if line.code == "I1")

    was = before()
    with CaptureQueriesContext(connection) as captured:
        assert before() == was
    assert not [query for query in captured if "cases_sollicitation" in query["sql"]]
    network_rows.sollicitation(at(dt.date(2025, 9, 9)))
    assert before() == was + 1


def test_what_is_kept_is_what_is_counted_to_the_cell(network_rows):
    figures_compared(network_rows.by, PERIOD)
    fresh = figures_for(network_rows.by, PERIOD, is_fresh=True)
    kept = figures_for(network_rows.by, PERIOD)
    assert {code: result.headline for code, result in kept.results.items()} == {
        code: result.headline for code, result in fresh.results.items()
    }
    with scope.acting(scope.FIGURES):
        compared = list(results_compare())
    assert {code for _, code, _ in compared} == {*INDICATORS, FUNNEL, HEADLINES}
    assert all(is_same for *_, is_same in compared)


def test_verify_tells_what_is_kept_and_wrong(network_rows, capsys):
    figures_for(network_rows.by, PERIOD)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(
            "UPDATE dashboards_keptresult SET content = jsonb_set(content, '{notes}', '[\"x\"]') WHERE code = 'I2'"
        )
        cursor.execute("SET LOCAL ROLE havre_app")
    with pytest.raises(SystemExit):
        call_command("verify", "figures")
    assert "I2, du 01/01/2026 au 30/06/2026" in capsys.readouterr().out


def test_marks_added_up_move_nothing(network_rows, asked):
    figures_for(network_rows.by, PERIOD)
    asked.clear()
    with scope.acting(scope.FIGURES):
        results_tidy()
        assert FigureMark.objects.count() == FigureMark.objects.values("source").distinct().count()
    figures_for(network_rows.by, PERIOD)
    assert not asked


def test_a_setting_and_the_words_of_a_list_move_every_indicator(network_rows, asked):
    from cms.values.models import Value

    figures_for(network_rows.by, PERIOD)
    asked.clear()
    Value.objects.filter(pk="forme:SEX").update(label="Exploitation sexuelle")
    figures_for(network_rows.by, PERIOD)
    assert asked == list(INDICATORS)


def test_words_changed_between_the_state_and_the_count_are_read_again(network_rows, monkeypatch):
    """A word changes once the words were read: what was counted with the old one is shown to nobody after."""
    from cms.values.models import Value

    read = Lexicon.read

    def late():
        words = read()
        Value.objects.filter(pk="forme:SEX").update(label="Exploitation sexuelle, dite autrement")
        return words

    monkeypatch.setattr(Lexicon, "read", late)
    figures_for(network_rows.by, PERIOD)
    monkeypatch.setattr(Lexicon, "read", read)
    labels = {row.label for row in figures_for(network_rows.by, PERIOD).results["I1"].breakdown("by_form").rows}
    assert "Exploitation sexuelle, dite autrement" in labels


def test_it_belongs_to_the_figures_alone(network_rows):
    figures_for(network_rows.by, PERIOD)
    assert not FigureMark.objects.exists()
    assert not KeptResult.objects.exists()
    for call in (
        "figures_keep('I1', '2026-01-01', '2026-01-31', '2026-02-01', 'x', '{}')",
        "figures_tidy('2026-02-01')",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {call}")


def test_a_request_that_comes_in_while_others_count_is_never_missed(committed):  # noqa: F811
    """Writers that count in their own transaction, readers beside them: once all is committed, nobody reads less."""

    def write_and_count():
        World(by()).sollicitation(at(DAY))
        return figures_for(by(), PERIOD).results["I1"].figure("I1").value

    def count():
        return figures_for(by(), PERIOD).results["I1"].figure("I1").value

    with scope.acting(by()):
        before = count()
    for _ in range(3):
        results = at_once(COORDINATION, write_and_count, count, write_and_count, count)
        assert not [result for result in results if isinstance(result, Exception)]
        with scope.acting(by()):
            before += 2
            assert count() == before == count_of_rows()


def count_of_rows() -> int:
    return figures_for(by(), PERIOD, is_fresh=True).results["I1"].figure("I1").value


def test_a_change_between_the_state_and_the_rows_is_counted_again(committed, monkeypatch):  # noqa: F811
    """A request is committed once the state was read, before the rows are: what is kept then is of no later state."""
    count = INDICATORS["I1"].compute

    def late(period, lexicon):
        at_once(COORDINATION, lambda: World(by()).sollicitation(at(DAY)))
        return count(period, lexicon)

    with scope.acting(by()):
        before = count_of_rows()
    monkeypatch.setitem(INDICATORS, "I1", dataclasses.replace(INDICATORS["I1"], compute=late))
    with scope.acting(scope.FIGURES), settings_frozen():
        results, _ = results_stored_or_counted(PERIOD, reading(PERIOD))
        assert results["I1"].figure("I1").value == before + 1
    monkeypatch.setitem(INDICATORS, "I1", dataclasses.replace(INDICATORS["I1"], compute=count))
    with scope.acting(by()):
        assert figures_for(by(), PERIOD).results["I1"].figure("I1").value == before + 1
        Sollicitation.objects.filter(pk=Sollicitation.objects.latest("received_at").pk).update(is_test=True)
        assert figures_for(by(), PERIOD).results["I1"].figure("I1").value == count_of_rows()
