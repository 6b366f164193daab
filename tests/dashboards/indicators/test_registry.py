"""An indicator is defined, entered and drawn once: what is shown of all of them follows."""

from dashboards.figures.selectors.cache import SOURCES
from dashboards.figures.selectors.comparison import MONTHLY
from dashboards.figures.selectors.headlines import DATED
from dashboards.figures.words.drawn import DRAWINGS
from dashboards.indicators.rules.definitions import DEFINITIONS
from dashboards.indicators.selectors.registry import INDICATORS
from dashboards.tables.selectors import DATA_SETS


def test_each_definition_is_entered_and_drawn_in_the_order_of_the_call():
    assert list(INDICATORS) == list(DRAWINGS) == list(DEFINITIONS)
    assert all(indicator.definition is DEFINITIONS[code] for code, indicator in INDICATORS.items())


def test_a_tab_is_one_word_of_its_own():
    tabs = [drawing.tab for drawing in DRAWINGS.values()]
    assert len(set(tabs)) == len(tabs)
    assert not [tab for tab in tabs if " " in tab]


def test_what_counts_events_has_a_headline_months_and_a_set_of_data():
    events = [code for code, drawing in DRAWINGS.items() if not drawing.is_state]
    assert [code for code, indicator in INDICATORS.items() if indicator.headline] == events
    assert list(DATED.values()) == list(DATA_SETS) == events
    assert set(MONTHLY) <= set(events)
    for code in events:
        assert "by_month" in {cut.name for cut in INDICATORS[code].rows.cuts}, code


def test_each_says_the_tables_that_it_reads():
    for code, indicator in INDICATORS.items():
        assert indicator.reads <= SOURCES[code]
