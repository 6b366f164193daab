"""« Salle de veille »: one queue by the clock, an acceptance first, one row a minor, one button a row."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.common.rules.clocks import length
from cases.enums import Answer
from cases.requests.services.sollicitations import sollicitation_take
from cases.watch.rules import Act, Kind, WatchRow, row_clock, rows_ordered
from cms.notify.models import Ring
from cms.wall import scope
from dashboards.figures.selectors.comparison import month_so_far
from tests.admin.test_rules import queries_of
from tests.cases.notices.test_transitions import answer, asked
from tests.cases.steps import send
from tests.cast.people import PASSWORD

NOW = dt.datetime(2026, 12, 17, 20, 47, tzinfo=dt.UTC)
HOME = reverse("wagtailadmin_home")
WATCHED = ("havre_queue", "havre_ring_strip", "havre_around", "havre_week", "havre_counts", "havre_month")
MOST_QUERIES = 15
MOST_OF_HOME = 15
"""Eight of them are those of every page of the admin: connexion, scope, rights, journal, what rings, menus."""


def row(key="a", *, kind=Kind.REQUEST, minutes=60, used=30, case=None) -> WatchRow:
    return WatchRow(
        key=key,
        kind=kind,
        who="Fille, 15 ans",
        reference=f"S-{key}",
        url="/",
        what="première réponse",
        act=Act("Prendre", "/"),
        due_at=NOW + dt.timedelta(minutes=minutes),
        since=NOW - dt.timedelta(minutes=used),
        case_id=case,
    )


def plain(words: str) -> str:
    """The words with ordinary spaces: an hour and its unit stand on one line."""
    return words.replace("\u00a0", " ")


def page(browser, address=HOME) -> BeautifulSoup:
    return BeautifulSoup(browser.get(address).content.decode(), "html.parser")


def rows_of(soup: BeautifulSoup) -> list[str]:
    return [re.sub(r"\s+", " ", line.get_text(" ")).strip() for line in soup.select(".hv-row")]


@pytest.mark.parametrize(
    ("minutes", "used", "left", "tone"),
    [
        (26, 4, "26 min", "soon"),
        (126, 30, "2 h 06", ""),
        (126, 600, "2 h 06", "soon"),
        (-72, 300, "1 h 12", "late"),
        (60 * 11, 60, "11 h", ""),
        (60 * 49, 60, "2 jours", ""),
    ],
)
def test_a_clock_says_what_is_left_and_warns_in_the_last_quarter(minutes, used, left, tone):
    clock = row_clock(row(minutes=minutes, used=used), NOW, until="avant 22 h 13")
    assert (plain(clock.left), clock.tone) == (left, tone)
    assert clock.until == ("de retard" if tone == "late" else "avant 22 h 13")
    assert 1 <= clock.used <= 20


def test_what_was_promised_by_nobody_has_no_clock():
    assert row_clock(WatchRow("a", Kind.SEARCH, "Mineur", "S-1", "/", "", Act("Ouvrir", "/")), NOW, until="") is None


def test_lengths_are_whole():
    assert [plain(length(dt.timedelta(minutes=n))) for n in (0, 59, 60, 599, 600, 47 * 60, 48 * 60)] == [
        "0 min", "59 min", "1 h 00", "9 h 59", "10 h", "47 h", "2 jours",
    ]  # fmt: skip


def test_an_acceptance_comes_first_then_the_clock_and_a_minor_has_one_row():
    late, soon, yes = row("late", minutes=-5), row("soon", minutes=5), row("yes", kind=Kind.ANSWER, minutes=400)
    same, other = row("same", minutes=10, case=1), row("other", minutes=20, case=1)
    ordered = rows_ordered([other, soon, yes, late, same])
    assert [line.key for line in ordered] == ["yes", "late", "soon", "same"]
    assert [line.key for line in ordered[-1].also] == ["other"]


def test_a_request_is_taken_from_its_row_at_once(cast, acting_as, client_of):
    with acting_as("gendarme"):
        request = send(cast["gendarme"], urgency_id="urgence:U0")
    browser = client_of("coordination")
    [line] = [line for line in page(browser).select(".hv-row") if request.reference in line.get_text()]
    form = line.select_one("form")
    assert form.button.get_text(" ").split()[0] == "Prendre"
    assert "Danger vital ou immédiat" in line.get_text()
    assert browser.post(form["action"]).status_code == 302
    with acting_as("coordination"):
        request.refresh_from_db()
        assert request.taken_by_id == cast["coordination"].pk


def test_an_acceptance_is_the_only_filled_button(cast, acting_as, client_of):
    _, orientation = asked(cast, acting_as)
    browser = client_of("coordination")
    assert not page(browser).select(".hv-yes")
    answer(cast, acting_as, orientation, Answer.ACCEPTED)
    soup = page(browser)
    [button] = soup.select(".hv-yes")
    assert button.get_text().startswith("Retenir Les Tilleuls")
    assert "Les Tilleuls accepte" in rows_of(soup)[0]
    assert browser.get(button["href"]).status_code == 200


def test_a_condition_is_read_before_it_is_kept(cast, acting_as, client_of):
    _, orientation = asked(cast, acting_as)
    answer(cast, acting_as, orientation, Answer.CONDITIONAL, condition="MARQUEUR-CONDITION")
    soup = page(client_of("coordination"))
    assert "Lire la condition" in rows_of(soup)[0], "somebody waits for it, whatever the clock says"
    assert not soup.select(".hv-yes")
    assert "MARQUEUR" not in soup.get_text()


def test_the_strip_rings_until_somebody_takes_the_call(cast, acting_as, client_of):
    with scope.acting(scope.NOTIFY):
        Ring.objects.open().update(closed_at=timezone.now())
    browser = client_of("coordination")
    strip = reverse("havre_ring_strip")
    assert not page(browser, strip).select(".hv-ring")
    with acting_as("gendarme"):
        request = send(cast["gendarme"], urgency_id="urgence:U0")
    soup = page(browser, strip)
    assert "1 appel sonne" in soup.get_text()
    said = " ".join(plain(soup.get_text(" ")).split())
    assert re.search(rf"{request.reference} depuis \d+ s · garçon, 15 ans, danger vital ou immédiat", said)
    assert browser.post(soup.form["action"]).status_code == 302
    assert not page(browser, strip).select(".hv-ring")
    with acting_as("coordination"):
        request.refresh_from_db()
        assert request.taken_by_id


def test_what_rings_in_a_structure_does_not_call_the_coordination(cast, acting_as, client_of):
    asked(cast, acting_as)
    with acting_as("coordination"), scope.acting(scope.NOTIFY):
        Ring.objects.open().exclude(kind="proposal").update(closed_at=timezone.now())
    assert not page(client_of("coordination"), reverse("havre_ring_strip")).select(".hv-ring")


@pytest.mark.parametrize("key", ["director_a", "gendarme", "trainer", "dpo", "tech_admin", "state_reader"])
@pytest.mark.parametrize("name", WATCHED)
def test_it_is_for_those_who_watch_over_the_network(client_of, key, name):
    assert client_of(key).get(reverse(name)).status_code in (302, 404)


@pytest.mark.parametrize(
    ("email", "address"),
    [("coordination", "/admin/"), ("direction", "/admin/"), ("gendarme", "/"), ("director-a", "/")],
)
def test_whoever_watches_lands_there_once_signed_in(cast, email, address):
    entered = {"login": f"{email}@havre.example", "password": PASSWORD}
    assert Client().post("/compte/login/", entered)["Location"] == address
    asked = "/compte/login/?next=/mon-compte/"
    assert Client().post(asked, entered | {"next": "/mon-compte/"})["Location"] == "/mon-compte/", "what was asked for"


def test_a_refresh_is_no_activity_and_writes_no_line(cast, acting_as, client_of, files):
    browser = client_of("coordination")
    assert 'hx-headers=\'{"Havre-Passive": "1"}\'' in browser.get(HOME).content.decode()
    few = queries_of(browser, reverse("havre_queue"))
    with acting_as("gendarme"):
        for _ in range(4):
            request = send(cast["gendarme"], urgency_id="urgence:U2")
    with acting_as("coordination"):
        sollicitation_take(sollicitation=request, by=cast["coordination"])
    assert queries_of(browser, reverse("havre_queue")) == few


def test_nothing_sealed_stands_in_the_queue(client_of, files):
    for key in ("coordination", "direction"):
        text = client_of(key).get(HOME).content.decode() + client_of(key).get(reverse("havre_around")).content.decode()
        assert "MARQUEUR" not in text


def menu_counts(browser, address) -> dict[str, int]:
    return {line["data-url"]: int(line["value"]) for line in page(browser, address).select("#hv-counts data")}


def test_the_menu_says_how_many_wait_and_a_page_says_the_same_as_the_queue(cast, acting_as, client_of, files):
    browser, counts, requests = client_of("coordination"), reverse("havre_counts"), reverse("cases_sollicitation:list")
    before = menu_counts(browser, counts)
    with acting_as("gendarme"):
        send(cast["gendarme"], urgency_id="urgence:U0")
    after = menu_counts(browser, counts)
    assert after[HOME] == before[HOME] + 1
    assert after[requests] == before.get(requests, 0) + 1
    assert menu_counts(browser, HOME) == after
    assert len(page(browser).select("#hv-counts")) == 1
    assert len(page(browser, reverse("havre_board")).select("#hv-counts[hx-get]")) == 1


def test_the_month_shows_what_the_figures_count(cast, client_of, files):
    browser = client_of("coordination")
    shown = {
        line.span.get_text(): int(line.b.get_text()) for line in page(browser, reverse("havre_month")).select("li")
    }
    with scope.acting(cast["coordination"]):
        _, lines = month_so_far(cast["coordination"])
    assert shown == {line.label: line.now for line in lines}
    assert any(shown.values())


def test_the_home_costs_few_queries_and_what_is_beside_it_too(client_of, files):
    browser = client_of("coordination")
    asked = [name for name in WATCHED if name != "havre_week"]
    costs = {name: queries_of(browser, reverse(name)) for name in asked}
    assert {name: cost for name, cost in costs.items() if cost > MOST_QUERIES} == {}
    assert queries_of(browser, HOME) <= MOST_OF_HOME
