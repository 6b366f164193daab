"""The menu « Référentiel » of the administration."""

import datetime as dt

import pytest
from django.urls import reverse

from cms.documents.models import DocumentVersion
from cms.partners.book.services import PartnerCard, partner_create
from cms.partners.conventions.services import convention_advance, convention_open
from cms.partners.enums import PartnerKind, Stage
from referentiel.models import ExigencePage
from tests.costs import counted

TODAY = dt.date.today()
PUBLISH = "/admin/referentiel/publier/"
ADHERENCE = "/admin/referentiel/engagements/"
FORM = {"number": "1.1", "effective_on": TODAY.isoformat(), "is_major": "minor", "change_note": "Une précision."}


@pytest.mark.parametrize("key", ["coordination", "direction", "editor"])
def test_publishers_open_the_form(client_of, key):
    response = client_of(key).get(PUBLISH)
    assert response.status_code == 200
    assert "Rien&nbsp;: tout ce qui est écrit est en ligne." in response.content.decode()


@pytest.mark.parametrize("path", [PUBLISH, ADHERENCE, "/admin/referentiel/rediger/"])
@pytest.mark.parametrize("key", ["trainer", "dpo", "tech_admin"])
def test_other_roles_of_the_network_find_nothing(client_of, key, path):
    client = client_of(key)
    assert client.get(path).status_code == 404
    assert client.post(path, FORM).status_code in {404, 405}


@pytest.mark.parametrize("path", [PUBLISH, ADHERENCE])
@pytest.mark.parametrize("key", ["director_a", "state_reader", "anonymous"])
def test_people_of_the_portal_are_sent_away(client_of, key, path):
    assert client_of(key).get(path).status_code == 302


def test_the_editor_does_not_see_who_signed(client_of):
    assert client_of("editor").get(ADHERENCE).status_code == 404


def test_drafts_are_shown_before_publishing(client_of, exigence):
    exigence.text = "Un brouillon."
    exigence.save_revision()
    html = client_of("editor").get(PUBLISH).content.decode()
    assert "E1.3 – Un brouillon." in html
    assert "modifiée, pas encore en ligne" in html


def test_publishing_freezes_what_is_online(client_of, exigence, acting_as, cast):
    exigence.text = "Deux adultes veillent."
    exigence.save_revision().publish()
    response = client_of("editor").post(PUBLISH, FORM)
    assert (response.status_code, response.url) == (302, PUBLISH)
    with acting_as("coordination"):
        version = DocumentVersion.objects.get(document__kind="referentiel", number="1.1")
        assert (version.is_major, version.published_by) == (False, cast["editor"])
        assert version.clauses.get(code="E1.3").content["text"] == "Deux adultes veillent."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "1.0"}, "dépasser celui de la version 1.0"),
        ({"number": "un"}, "numéro comme 1.0"),
        ({"effective_on": "2020-01-01"}, "ni passée"),
        ({"effective_on": "31/02/2026"}, "date valide"),
        ({"change_note": ""}, "Dites en quelques mots ce qui change."),
        ({"is_major": "peut-être"}, "choix valide"),
    ],
)
def test_what_cannot_be_published_says_why(client_of, exigence, acting_as, change, sentence):
    exigence.text = "Deux adultes veillent."
    exigence.save_revision().publish()
    response = client_of("editor").post(PUBLISH, {**FORM, **change})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with acting_as("coordination"):
        assert DocumentVersion.objects.filter(document__kind="referentiel").count() == 1


def test_publishing_the_same_words_says_so(client_of):
    response = client_of("editor").post(PUBLISH, FORM)
    assert response.status_code == 422
    assert "Rien n’a changé depuis la version 1.0" in response.content.decode()


def test_authors_write_in_the_admin(client_of, exigence):
    client = client_of("editor")
    assert client.get("/admin/referentiel/rediger/").url == reverse(
        "wagtailadmin_explore", args=[exigence.get_parent().get_parent().pk]
    )
    html = client.get(reverse("wagtailadmin_pages:edit", args=[exigence.pk])).content.decode()
    assert "preuves attendues" in html.lower()
    assert 'type="checkbox" name="modes"' in html or 'name="modes" value="D"' in html


def test_an_author_saves_a_draft_through_the_form(client_of, exigence):
    data = {
        "code": "E1.3", "level": "imperative", "text": "Relu par Elsa.", "evidence": "planning\nregistre",
        "modes": ["D", "V"], "assessment": "", "module_codes": "M4, M6", "law": "",
    }  # fmt: skip
    response = client_of("editor").post(reverse("wagtailadmin_pages:edit", args=[exigence.pk]), data)
    assert response.status_code == 302
    draft = ExigencePage.objects.get(pk=exigence.pk).get_latest_revision_as_object()
    assert (draft.text, draft.modes, draft.module_codes) == ("Relu par Elsa.", ["D", "V"], ["M4", "M6"])
    assert draft.evidence_lines == ["planning", "registre"]


@pytest.mark.parametrize("key", ["trainer", "dpo", "tech_admin"])
def test_others_cannot_edit_an_exigence(client_of, exigence, key):
    assert client_of(key).get(reverse("wagtailadmin_pages:edit", args=[exigence.pk])).status_code == 302


def test_the_preview_shows_the_draft_as_partners_would_read_it(client_of, exigence):
    exigence.text = "Un brouillon à relire."
    exigence.save_revision()
    response = client_of("editor").get(reverse("wagtailadmin_pages:view_draft", args=[exigence.pk]))
    assert response.status_code == 200
    assert "Un brouillon à relire." in response.content.decode()


def test_the_coordination_sees_who_has_signed(client_of, sign_portal):
    assert sign_portal("director_a").status_code == 302
    html = client_of("coordination").get(ADHERENCE).content.decode()
    assert "Alice Martin, Directrice" in html
    page = html.split("<main")[1]
    assert page.index("Aubépine") < page.index("Les Tilleuls")
    assert "n’a pas encore signé" in html


def test_the_report_costs_the_same_at_every_size(client_of, acting_as, django_assert_max_num_queries):
    client = client_of("coordination")
    client.get(ADHERENCE)
    counts = []
    for size in (1, 12):
        with acting_as("coordination"):
            for number in range(size):
                _structure(f"Structure {size}-{number}")
        with django_assert_max_num_queries(25) as queries:
            assert client.get(ADHERENCE).status_code == 200
        counts.append(len(counted(queries.captured_queries)))
    assert counts[0] == counts[1] <= 20


def _structure(name):
    partner = partner_create(
        PartnerCard(
            kind=PartnerKind.STRUCTURE,
            code_name=name,
            opened_on=TODAY,
            structure_type_id="type_structure:LVA",
            territory_id="48",
        )
    )
    convention = convention_open(partner=partner, reference=f"CV-{name}", contacted_on=TODAY)
    convention_advance(convention=convention, stage=Stage.SIGNED, on=TODAY)


def test_an_author_adds_an_exigence_and_publishes_it(client_of, exigence):
    chapter = exigence.get_parent()
    data = {
        "code": "E1.13", "level": "standard", "text": "Une nouvelle exigence.", "evidence": "registre",
        "modes": ["V"], "assessment": "", "module_codes": "", "law": "", "action-publish": "1",
    }  # fmt: skip
    url = reverse("wagtailadmin_pages:add", args=["referentiel", "exigencepage", chapter.pk])
    assert client_of("editor").post(url, data).status_code == 302
    page = ExigencePage.objects.get(code="E1.13")
    assert (page.live, page.title) == (True, "E1.13 – Une nouvelle exigence.")
    response = client_of("editor").post(url, data)
    assert response.status_code == 200
    assert "Une autre exigence en ligne porte déjà ce code." in response.content.decode()
