"""Who may see a file, who opened it, who was refused; and the bris de glace, which alerts."""

import pytest
from django.urls import reverse

from cms.wall.models import Alert, RevealReason
from cms.wall.reveals.services import reveal_open
from tests.admin.test_costs import queries_of
from tests.plugins.extent import sampled

GLASS = {
    "reason": "control",
    "words": "Une famille demande ce qui est écrit sur son enfant.",
    "necessity": "Le journal ne dit pas si la date de naissance est la bonne.",
    "is_sure": "on",
}


def page(files, name="page"):
    return reverse(f"havre_file:{name}", args=[files["case_a"].pk])


def section(text: str, title: str) -> str:
    return text.split(f"<h2>{title}</h2>")[1].split("</section>")[0]


@pytest.mark.parametrize("key", ["coordination", "direction", "dpo"])
def test_the_page_says_who_may_who_did_and_who_was_refused(client_of, acting_as, cast, files, key):
    case = files["case_a"]
    client_of("gendarme").get(reverse("cases:stay_identity", args=[files["placement_a"].pk]))
    assert client_of("tech_admin").get(page(files)).status_code == 404
    with acting_as("educator_a"):
        reveal_open(kind="case", object_id=case.pk, by=cast["educator_a"], reason=RevealReason.DANGER)
    text = client_of(key).get(page(files)).content.decode()
    for said in (
        case.reference,
        "Accueil du mineur",
        "ouverture motivée",
        str(cast["educator_a"]),
        str(cast["tech_admin"]),
        "accès refusé",
    ):
        assert said in text
    assert ("Fiche anonyme envoyée" in text) is (key != "dpo")
    assert "MARQUEUR" not in text


@pytest.mark.parametrize("key", ["coordination", "direction", "dpo"])
def test_a_refusal_on_a_part_of_the_file_is_a_refusal_on_the_file(client_of, acting_as, files, key):
    for address, row in (
        ("cases:stay", "placement_a"),
        ("cases:incident", "incident_a"),
        ("cases:request", "sollicitation_a"),
    ):
        assert client_of("director_b").get(reverse(address, args=[files[row].pk])).status_code == 404
    assert (
        client_of("director_b").get(reverse("cases:stay_identity", args=[files["placement_a"].pk])).status_code == 404
    )
    text = client_of(key).get(page(files)).content.decode()
    refused = section(text, "Qui a été refusé")
    for said in ("Bruno Petit", "le séjour", "un incident", "la demande"):
        assert said in refused
    assert "MARQUEUR" not in text


@pytest.mark.parametrize(("key", "is_named"), [("coordination", True), ("direction", True), ("dpo", False)])
def test_who_reads_by_what_they_are_is_told_and_partners_to_the_coordination_alone(client_of, files, key, is_named):
    text = client_of(key).get(page(files)).content.decode()
    nature = section(text, "Qui peut voir ce dossier par sa fonction")
    assert "Claire Vasseur" in nature
    assert ("Brigade 12" in nature, "Les Tilleuls" in nature) == (is_named, is_named)
    assert ("un service demandeur" in nature, "une structure du réseau" in nature) == (not is_named, not is_named)


def test_reading_the_page_is_written(client_of, files):
    browser = client_of("direction")
    browser.get(page(files))
    assert "droits et accès consultés" in browser.get(page(files)).content.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("key", sampled(["coordination", "dpo"], ["dpo"]))
def test_the_page_costs_the_same_whatever_the_journal(client_of, files, key):
    browser = client_of(key)
    few = queries_of(browser, page(files))
    for _ in range(60):
        browser.get(page(files))
    assert queries_of(browser, page(files)) == few
    assert few <= 21
    assert "Plus anciennes" in browser.get(page(files)).content.decode()
    assert "demande reçue" in browser.get(f"{page(files)}?p=99").content.decode()


def test_a_file_is_found_by_its_reference(client_of, files):
    browser = client_of("dpo")
    answer = browser.post(reverse("havre_file:index"), {"reference": f" {files['case_a'].reference.lower()}"})
    assert (answer.status_code, answer.headers["Location"]) == (302, page(files))
    answer = browser.post(reverse("havre_file:index"), {"reference": "M-1999-0001"})
    assert answer.status_code == 422
    assert "Aucune situation" in answer.content.decode()


def test_data_protection_breaks_the_glass_and_the_direction_is_alerted(client_of, acting_as, files):
    browser, glass = client_of("dpo"), page(files, "break_glass")
    assert "MARQUEUR" not in browser.get(glass).content.decode()
    for missing in GLASS:
        answer = browser.post(glass, {name: value for name, value in GLASS.items() if name != missing})
        assert answer.status_code == 422
    assert browser.post(glass, GLASS | {"words": "Il le faut."}).status_code == 422
    answer = browser.post(glass, GLASS)
    assert (answer.status_code, answer.headers["Location"]) == (302, glass)
    assert "MARQUEUR-NOM-A" in browser.get(glass).content.decode()
    for key, name in (("direction", "havre_around"), ("dpo", "wagtailadmin_home")):
        home = client_of(key).get(reverse(name)).content.decode()
        assert "Bris de glace" in home
        assert files["case_a"].reference in home
    assert "identité ouverte par" not in client_of("coordination").get(reverse("havre_around")).content.decode()
    with acting_as("direction"):
        assert Alert.objects.count() == 1


@pytest.mark.parametrize("key", ["coordination", "direction", "tech_admin", "editor"])
def test_the_glass_is_not_for_others(client_of, acting_as, files, key):
    assert client_of(key).post(page(files, "break_glass"), GLASS).status_code == 404
    with acting_as("direction"):
        assert not Alert.objects.exists()
