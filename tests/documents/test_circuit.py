"""The circuit of incidents is asked of directors as the référentiel is, and counted beside indicator 8."""

import datetime as dt

import pytest
from django.utils import timezone

from cms.documents.enums import DocumentKind
from cms.documents.models import Acknowledgement, Document
from cms.documents.signatures.services.reminders import signatures_follow
from cms.documents.versions.selectors import version_in_force
from cms.documents.versions.services.versions import ClauseContent, version_publish
from cms.notify.models import Obligation
from cms.wall import scope
from dashboards.indicators.selectors.incidents import compute
from dashboards.indicators.selectors.lexicon import Lexicon
from dashboards.periods import Period
from tests.notify.steps import obligations_end

CIRCUIT = "incident-circuit"
ARTICLE = {"title": "Qui déclare", "text": "Toute l’équipe déclare.", "law": "", "is_law_verified": False}


@pytest.fixture
def circuit(cast, acting_as):
    with acting_as("coordination"):
        return version_publish(
            document=Document.objects.get(kind=CIRCUIT),
            clauses=[ClauseContent("I1", ARTICLE)],
            content={"title": "Circuit de remontée", "introduction": "Qui fait quoi."},
            number="2.0",
            effective_on=timezone.localdate(),
            is_major=True,
            change_note="Deuxième version",
            published_by=cast["coordination"],
        )


def owed(key: str, acting_as, version) -> list[Obligation]:
    with acting_as(key):
        return list(Obligation.objects.open().filter(kind="signature", object_id=version.pk))


def signed_share() -> tuple[int, int]:
    day = timezone.localdate()
    with scope.acting(scope.FIGURES):
        figure = compute(Period(day - dt.timedelta(days=30), day), Lexicon.read()).figure("I8.signed")
    return figure.part, figure.whole


def test_a_director_is_asked_signs_on_the_page_and_it_counts(client_of, acting_as, circuit, sign):
    # A structure counts once it signed the référentiel.
    with acting_as("director_a"):
        standards = version_in_force(DocumentKind.REFERENTIEL)
    sign(standards)
    obligations_end()
    signatures_follow(timezone.localdate())
    [row] = owed("director_a", acting_as, circuit)
    assert owed("educator_a", acting_as, circuit) == []
    before, counted = signed_share()
    assert (before, counted) == (0, 1)
    director = client_of("director_a")
    page = director.get(f"/boite/{row.pk}/")
    assert page["Location"] == f"/documents/{CIRCUIT}/signer/"
    form = director.get(page["Location"]).content.decode()
    assert "j’engage ma structure" in form
    assert "unité" not in form.split("<main")[1].split("</main>")[0]
    answer = {
        "partner": str(row.partner_id),
        "position": "Directrice",
        "version": str(circuit.pk),
        "is_committed": "on",
    }
    assert director.post(page["Location"], answer | {"is_committed": ""}).status_code == 422
    assert director.post(page["Location"], answer).status_code == 302
    assert owed("director_a", acting_as, circuit) == []
    assert len(owed("director_b", acting_as, circuit)) == 1
    with acting_as("coordination"):
        assert Acknowledgement.objects.get(version=circuit).partner_id == row.partner_id
    assert signed_share() == (before + 1, counted)
    assert client_of("gendarme").get(page["Location"]).status_code == 404


def test_the_list_of_documents_says_which_wait_for_a_signature(client_of, circuit):
    director = client_of("director_a")
    assert director.get("/documents/").content.decode().count("À signer") == 1
    sign = director.get(f"/documents/{CIRCUIT}/signer/").context["form"].initial
    answer = director.post(f"/documents/{CIRCUIT}/signer/", {**sign, "position": "Directrice", "is_committed": "on"})
    assert answer.status_code == 302
    assert "À signer" not in director.get("/documents/").content.decode()
    assert "À signer" not in client_of("educator_a").get("/documents/").content.decode()


def test_a_later_version_is_read_for_what_it_changes_then_signed(client_of, acting_as, cast, circuit, sign):
    sign(circuit)
    with acting_as("coordination"):
        version_publish(
            document=Document.objects.get(kind=CIRCUIT),
            clauses=[ClauseContent("I1", {**ARTICLE, "text": "Toute l’équipe déclare, sans attendre."})],
            content={"title": "Circuit de remontée", "introduction": "Qui fait quoi."},
            number="3.0",
            effective_on=timezone.localdate(),
            is_major=True,
            change_note="Sans attendre",
            published_by=cast["coordination"],
        )
    director = client_of("director_a")
    page = director.get(f"/documents/{CIRCUIT}/signer/")
    assert "Lire ce qui change" in page.content.decode()
    answer = {**page.context["form"].initial, "position": "Directrice", "is_committed": "on"}
    assert director.post(f"/documents/{CIRCUIT}/signer/", answer).status_code == 422
    changes = director.get(f"/documents/{CIRCUIT}/changements/")
    assert "<ins>" in changes.content.decode()
    read = director.post(f"/documents/{CIRCUIT}/changements/", {"version": changes.context["version"].pk})
    assert read["Location"] == f"/documents/{CIRCUIT}/signer/"
    assert director.post(f"/documents/{CIRCUIT}/signer/", answer).status_code == 302
    assert client_of("gendarme").post(f"/documents/{CIRCUIT}/changements/").status_code == 404
