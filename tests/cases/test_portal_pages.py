"""What holds on every page of the chain: a flat number of queries, and nothing sensitive in titles and addresses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cases import scenes
from tests.costs import counted
from tests.plugins.extent import sampled

BUDGET = 15


@pytest.fixture
def questions():
    """`questions(browser, address)`: how many queries a page costs, the words of transactions apart."""

    def count(browser, address) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(address).status_code == 200, address
        return len(counted(caught.captured_queries))

    return count


def more(rows: int) -> None:
    """As many requests, proposals, stays and incidents again."""
    for number in range(rows):
        service, by = (("Brigade 12", "gendarme"), ("ASE du Nord", "ase"))[number % 2]
        scenes.request_sent(by="transmitter", service="Collège 7")
        scenes.arrived(scenes.proposed(scenes.request_sent(by=by, service=service))[0], is_confirmed=number % 3 == 0)
        scenes.proposed(scenes.request_sent(by=by, service=service))
        scenes.incident_declared()


LISTS = {
    "gendarme": ["/", reverse("cases:request_new"), reverse("cases:requests"), reverse("portal:account")],
    "ase": ["/", reverse("cases:request_new"), reverse("cases:requests")],
    "transmitter": ["/", reverse("cases:requests")],
    "director_a": [
        "/",
        reverse("cases:proposals"),
        reverse("cases:stays"),
        reverse("cases:incidents"),
        reverse("cases:incident_new") + "?danger=non",
    ],
    "educator_a": ["/", reverse("cases:stays"), reverse("cases:incidents")],
}


def test_a_page_costs_the_same_whatever_it_lists(client_of, questions):
    browsers = {who: client_of(who) for who in LISTS}

    def costs() -> dict[tuple[str, str], int]:
        return {(who, address): questions(browsers[who], address) for who in LISTS for address in LISTS[who]}

    more(2)
    few = costs()
    more(4)
    many = costs()
    assert many == few
    # The home page adds up the panels of every app: each answers for its own.
    assert max(cost for (_, address), cost in many.items() if address != "/") <= BUDGET, many


def test_a_file_costs_little(client_of, acting_as, questions):
    sollicitation = scenes.request_sent()
    proposal = scenes.proposed(sollicitation)[0]
    stay = scenes.arrived(proposal, is_confirmed=True)
    incident = scenes.incident_declared()
    pages = {
        "gendarme": [("request", sollicitation), ("request_receipt", sollicitation)],
        "director_a": [
            ("proposal", proposal),
            ("stay", stay),
            ("stay_absence", stay),
            ("incident", incident),
            ("incident_receipt", incident),
        ],
    }
    costs = {
        (who, name): questions(client_of(who), reverse(f"cases:{name}", args=[row.pk]))
        for who, opened in pages.items()
        for name, row in opened
    }
    assert max(costs.values()) <= BUDGET, costs


@pytest.mark.sampled
@pytest.mark.parametrize(
    "who", sampled(["gendarme", "ase", "transmitter", "director_a", "educator_a"], ["gendarme", "director_a"])
)
def test_titles_and_addresses_name_nobody_and_no_place(client_of, who):
    """Every page that the home of a role leads to, two clicks away."""
    more(2)
    browser, seen, to_read = client_of(who), set(), ["/"]
    while to_read:
        address = to_read.pop()
        seen.add(address)
        response = browser.get(address)
        if response.streaming or response["Content-Type"] == "application/pdf":
            continue  # a file to keep: its name is looked at with the files
        if response.status_code == 302:
            to_read += [response["Location"]] if response["Location"] not in seen else []
            continue
        page = response.content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.S)[1]
        assert not re.search(r"[MSI]-\d{4}-\d+|Tilleuls|Dordogne|Nord|Brigade|MARQUEUR", title), (address, title)
        assert re.fullmatch(r"[/a-z0-9?=\-]*", address), address
        links = re.findall(r'href="(/situations/[^"]*|/mon-compte/)"', page)
        to_read += [link for link in dict.fromkeys(links) if link not in seen and link not in to_read]
    assert len(seen) > 3
