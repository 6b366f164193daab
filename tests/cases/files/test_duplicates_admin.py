"""Duplicates on the screens: offered when a file opens, compared side by side, merged by two people."""

import pytest
from django.urls import reverse

from cases.files.duplicates.services import case_merge_ask
from cases.files.services import identity_write
from cases.models import Case, CaseMerge
from tests.admin.test_costs import queries_of
from tests.cases.steps import open_case, send

AWA = {"last_name": "Zqdiallo", "first_name": "Zqawa"}
NAMES = ("zqdiallo", "zqawa")


def page(case, name, *more):
    return reverse(f"cases_case:{name}", args=[case.pk, *more])


@pytest.fixture
def pair(cast, acting_as):
    """Two files of a girl whose name was heard twice."""
    with acting_as("coordination"):
        found = [open_case(cast)[1] for _ in range(2)]
        for case in found:
            identity_write(case=case, by=cast["coordination"], **AWA)
    return found


def text(answer) -> str:
    return answer.content.decode().casefold()


def test_a_file_that_opens_like_another_shows_it_at_once(client_of, cast, acting_as):
    with acting_as("coordination"):
        open_case(cast, facts={"sex_id": "sexe:F", "exploitation_place_id": "59"})
        asked = send(cast["coordination"], facts={"sex_id": "sexe:F", "exploitation_place_id": "59"})
        alone = send(cast["coordination"], facts={"sex_id": "sexe:M", "exploitation_place_id": "2A"})
    browser = client_of("coordination")
    answer = browser.post(reverse("cases_sollicitation:link", args=[asked.pk]), follow=True)
    assert "ressemble à un dossier connu" in text(answer)
    assert "concorde" in text(answer)
    quiet = browser.post(reverse("cases_sollicitation:link", args=[alone.pk]))
    assert quiet.url == reverse("cases_sollicitation:inspect", args=[alone.pk])


def test_two_files_are_read_side_by_side_with_every_identity_sealed(client_of, pair):
    browser = client_of("coordination")
    listed = text(browser.get(page(pair[0], "duplicates")))
    compared = text(browser.get(page(pair[0], "compare", pair[1].pk)))
    assert pair[1].reference.casefold() in listed
    assert "nom, prénom" in listed
    for word in ("concorde", "non renseigné", "sous scellé", "demander le rapprochement"):
        assert word in compared
    assert not [name for name in NAMES if name in listed + compared]
    history = text(browser.get(page(pair[1], "history")))
    assert "consult" in history


def test_one_asks_another_agrees_anybody_undoes(client_of, pair, acting_as):
    asks, agrees = client_of("coordination"), client_of("direction")
    asks.post(page(pair[0], "merge_ask", pair[1].pk))
    with acting_as("coordination"):
        merge = CaseMerge.objects.get()
    assert "rapprocher" not in text(asks.get(reverse("havre_around")))
    assert "rapprocher" in text(agrees.get(reverse("havre_around")))
    assert asks.post(page(pair[0], "merge_agree", merge.pk)).status_code == 422
    assert agrees.post(page(pair[1], "merge_agree", merge.pk)).status_code == 302
    assert "accordé par" in text(asks.get(page(pair[1], "inspect")))
    assert asks.post(page(pair[0], "merge_undo", merge.pk)).status_code == 302
    with acting_as("coordination"):
        assert len(set(Case.objects.filter(pk__in=[case.pk for case in pair]).values_list("person_key"))) == 2


def test_a_pair_told_apart_is_said_so_and_may_be_lifted(client_of, pair, acting_as):
    browser = client_of("coordination")
    browser.post(page(pair[0], "apart", pair[1].pk))
    assert "aucun dossier ne ressemble" in text(browser.get(page(pair[0], "duplicates")))
    compared = browser.get(page(pair[1], "compare", pair[0].pk))
    assert "deux mineurs distincts" in text(compared)
    lift = next(action.url for action in compared.context["actions"] if action.label == "Revenir sur ce choix")
    assert browser.post(lift).status_code == 302
    assert "demander le rapprochement" in text(browser.get(page(pair[0], "compare", pair[1].pk)))


def test_a_merge_of_other_files_is_not_found(client_of, pair, files, cast, acting_as):
    with acting_as("coordination"):
        merge = case_merge_ask(kept=pair[0], merged=pair[1], by=cast["coordination"])
    assert client_of("direction").get(page(files["case_a"], "merge_agree", merge.pk)).status_code == 404
    assert client_of("direction").get(page(pair[0], "compare", pair[0].pk)).status_code == 404


def test_pages_of_duplicates_cost_the_same_at_two_sizes(client_of, pair, cast, acting_as):
    browser = client_of("direction")
    urls = [page(pair[0], "duplicates"), page(pair[0], "compare", pair[1].pk)]
    few = [queries_of(browser, url) for url in urls]
    with acting_as("coordination"):
        for _ in range(3):
            case = open_case(cast)[1]
            identity_write(case=case, by=cast["coordination"], **AWA)
    assert [queries_of(browser, url) for url in urls] == few
    assert few[0] <= 16
    assert few[1] <= 24  # two files are read, and their stays
