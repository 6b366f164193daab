"""The one search: whatever is typed, one finds what one may open, and nothing else."""

import pytest
from bs4 import BeautifulSoup
from django.db.models import Q
from django.urls import reverse

from cases.models import Case, Incident, Sollicitation
from cms.accounts.selectors import accounts_matching
from cms.journal.models import JournalLine
from cms.navigation.search import REFERENCE
from cms.partners.enums import PartnerKind
from cms.partners.models import Membership, Partner

ADMIN, PORTAL = reverse("havre_search"), reverse("portal:search")
LINES = {"HX-Request": "true"}


def found(client, url, words) -> dict[str, str]:
    """Return what is found, by title, with its address."""
    page = BeautifulSoup(client.get(url, {"q": words}, headers=LINES).content, "html.parser")
    return {link.span.get_text(): link["href"] for link in page.select(".hv-hit")}


@pytest.mark.parametrize("model", [Case, Sollicitation, Incident])
def test_the_coordination_finds_a_file_by_its_number(client_of, acting_as, model):
    with acting_as("coordination"):
        references = list(model.objects.values_list("reference", flat=True)[:3])
    assert references
    client = client_of("coordination")
    for reference in references:
        letter, year, number = reference.split("-")
        for words in (reference, reference.lower(), f"{letter} {int(number)}", f"{letter}{int(number)}", number):
            assert reference in found(client, ADMIN, words), words


def test_a_reference_typed_whole_opens_its_file_at_once(client_of, files):
    response = client_of("coordination").get(ADMIN, {"q": files["sollicitation_a"].reference})
    assert response["Location"] == reverse("cases_sollicitation:inspect", args=[files["sollicitation_a"].pk])


def test_every_line_opens_for_whoever_found_it(client_of):
    for key, url in (("coordination", ADMIN), ("editor", ADMIN), ("director_a", PORTAL), ("gendarme", PORTAL)):
        client, lines = client_of(key), {}
        for words in ("2026", "le", "formation", "compte", "mineur"):
            lines |= {address: title for title, address in found(client, url, words).items()}
        for address, title in lines.items():  # each once, by whatever words it was found
            assert client.get(address).status_code == 200, (key, title)


def test_nobody_finds_the_file_of_another(client_of, acting_as, cast):
    for key in ("director_b", "educator_a", "gendarme", "ase", "trainee"):
        partners = Membership.objects.filter(user=cast[key]).values("partner_id")
        with acting_as("coordination"):
            own = set(Sollicitation.objects.filter(requester_id__in=partners).values_list("reference", flat=True))
            own |= set(Case.objects.filter(placements__partner_id__in=partners).values_list("reference", flat=True))
            about = Q(partner_id__in=partners) | Q(service_id__in=partners) | Q(declared_by=cast[key])
            own |= set(Incident.objects.filter(about).values_list("reference", flat=True))
        seen = {title for title in found_all(client_of(key)) if REFERENCE.fullmatch(title)}
        assert seen <= own, key
        assert bool(seen) is (key != "trainee"), key


def found_all(client) -> list[str]:
    return [title for year in ("2024", "2025", "2026") for title in found(client, PORTAL, year)]


def test_a_name_of_a_minor_is_found_nowhere(client_of):
    for key, url in (("coordination", ADMIN), ("direction", ADMIN), ("director_a", PORTAL), ("gendarme", PORTAL)):
        assert not found(client_of(key), url, "MARQUEUR")


def test_people_are_found_by_those_who_manage_accounts(client_of, cast):
    last_name = cast["gendarme"].last_name
    assert str(cast["gendarme"]) in found(client_of("coordination"), ADMIN, last_name)
    assert str(cast["gendarme"]) not in found(client_of("editor"), ADMIN, last_name)
    assert accounts_matching(last_name).exists()


def test_structures_and_screens_and_settings_are_found(client_of, acting_as):
    client = client_of("coordination")
    with acting_as("coordination"):
        structure = Partner.objects.filter(kind=PartnerKind.STRUCTURE).first().code_name
    assert structure in found(client, ADMIN, structure[:5])
    assert found(client, ADMIN, "astreinte")["Astreinte"].startswith("/admin/astreinte/")
    assert any("/reglages/" in address for address in found(client, ADMIN, "délai").values())
    assert not any("/reglages/" in address for address in found(client_of("trainer"), ADMIN, "délai").values())


def test_the_journal_keeps_that_files_were_found(client_of, acting_as, files):
    with acting_as("dpo"):
        before = JournalLine.objects.filter(action="case.read").count()
    found(client_of("coordination"), ADMIN, files["case_a"].reference)
    with acting_as("dpo"):
        assert JournalLine.objects.filter(action="case.read").count() > before


@pytest.mark.parametrize("words", ["", "a", "%", "__", "'; --", "é" * 500, "S-99999999999", "\\"])
def test_odd_words_find_nothing_and_say_so(client_of, words):
    for key, url in (("coordination", ADMIN), ("gendarme", PORTAL)):
        response = client_of(key).get(url, {"q": words})
        assert response.status_code == 200
        assert not BeautifulSoup(response.content, "html.parser").select(".hv-hit")


@pytest.mark.parametrize(("words", "most"), [("2026", 31), ("formation", 22)])
def test_a_search_costs_a_query_or_two_a_list(client_of, django_assert_max_num_queries, words, most):
    """A list of files costs its line in the journal too; words without a number ask none of them."""
    client = client_of("coordination")
    with django_assert_max_num_queries(most):
        client.get(ADMIN, {"q": words}, headers=LINES)
