"""Visits on the screens: the coordination's, the structure's, the letter, and what each side is told."""

import datetime as dt
import io

import pikepdf
import pytest
from django.urls import reverse

from cms.files.models import Attachment
from cms.partners.models import Partner
from cms.wall import scope
from referentiel.assessments.selectors import levels_of
from referentiel.assessments.services import assessment_submit, evidence_add, evidence_renew, marks_write
from referentiel.models import Derogation, Evidence, Visit
from referentiel.visits.selectors.marks import confirmed_marks
from referentiel.visits.services.reminders import standards_follow, visits_silence
from referentiel.visits.services.visits import visit_cancel
from tests.cast.assessments import SOON, assessment, campaign
from tests.cast.files import pdf, upload
from tests.cast.visits import TODAY, confirmed, person, sent, sent_assessment, waived
from tests.notify.steps import messages_leave, obligations_end

ADMIN = "/admin/referentiel/visites/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def tilleuls(acting_as):
    with acting_as("coordination"):
        return Partner.objects.get(code_name="Les Tilleuls")


def body(response) -> str:
    return response.content.decode()


def test_a_visit_goes_from_the_coordination_to_the_letter(client_of, tilleuls):
    sent_assessment()
    client = client_of("coordination")
    url = client.post(f"{ADMIN}preparer/", {"partner": tilleuls.pk, "kind": "visit"}).url
    page = body(client.get(url))
    assert "Cotez chapitre par chapitre" in page
    marks = {"E1.3": "2", "E1.3_comment": "", "E1.4": "4", "E1.7": "nc"}
    refused = client.post(f"{url}chapitres/E/", marks)
    assert refused.status_code == 422
    assert "Dites ce que vous avez constaté" in body(refused)
    assert client.post(f"{url}chapitres/E/", marks | {"E1.3_comment": "Nuits non tenues."}).status_code == 302
    portal = f"/referentiel/visites/{url.rstrip('/').rsplit('/', 1)[-1]}/"
    assert client_of("director_a").get(portal).status_code == 404
    assert client.post(f"{url}envoyer/", {"visited_on": TODAY.isoformat(), "summary": "Bien."}).status_code == 302

    director = client_of("director_a")
    assert "Répondre à la visite" in body(director.get("/"))
    page = body(director.get(portal))
    assert "votre silence" not in page
    assert page.count("Répondre<span") == 1  # one chapter was looked at
    assert "M4" in page  # the module that answers to E1.3
    wrong = director.post(f"{portal}chapitres/E/", {"E1.3": "no", "E1.3_text": " "})
    assert wrong.status_code == 422
    assert "Dites pourquoi" in body(wrong)
    assert director.post(f"{portal}chapitres/E/", {"E1.3": "no", "E1.3_text": "Recrutée."}).status_code == 302
    assert "E1.4" in body(director.post(f"{portal}envoyer/", follow=True))
    assert director.post(f"{portal}chapitres/E/", {"E1.4": "yes"}).status_code == 302
    assert "sont envoyées" in body(director.post(f"{portal}envoyer/", follow=True))
    assert director.get(f"{portal}lettre/").status_code == 404

    page = body(client.get(url))
    assert "Confirmer les accords (2)" in page
    assert client.post(f"{url}accords/", {}).status_code == 302
    assert client.post(f"{url}decider/E1.3/", {"value": "2", "reply": ""}).status_code == 422
    assert client.post(f"{url}decider/E1.3/", {"value": "2", "reply": "Contrat attendu."}).status_code == 302
    assert client.get(f"{url}decider/E1.3/").status_code == 404
    assert client.post(f"{url}clore/", {"closing": "À revoir en juin."}).status_code == 302
    letter = director.get(f"{portal}lettre/")
    assert letter.content.startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(letter.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "fr"
    page = body(director.get(portal))
    assert "Nouvelles arrivées suspendues" in page
    assert "Contrat attendu." in page
    for key in ("director_b", "gendarme", "trainee", "editor"):
        assert client_of(key).get(portal).status_code == 404
        assert client_of(key).get(url).status_code in (302, 404)


def test_who_is_kept_out_is_told_to_both(client_of, tilleuls):
    confirmed("E1.3", "2")
    said = "xigence impérative E1.3 notée 2"
    for key in ("director_a", "educator_a"):
        page = body(client_of(key).get("/"))
        assert said in page
        assert "Nouvelles arrivées suspendues" in page
    assert said not in body(client_of("director_b").get("/"))
    client = client_of("coordination")
    file = reverse("partners_partner:inspect", args=[tilleuls.pk])
    assert said in body(client.get(file))
    board = body(client.get(ADMIN))
    assert "Proposer une dérogation" in board
    ask = f"/admin/referentiel/derogations/{tilleuls.pk}/proposer/"
    facts = {"code": "E1.3", "reason": "Recrutement en cours.", "ends_on": SOON.isoformat()}
    assert client.post(ask, facts | {"code": "E1.7"}).status_code == 422
    assert client.post(ask, facts).status_code == 302
    with scope.acting(person("coordination")):
        row = Derogation.objects.get(code="E1.3")
    agree = f"/admin/referentiel/derogations/{row.pk}/accord/"
    assert client.post(agree).status_code == 422  # not by who proposed it
    second = client_of("direction")
    assert second.post(agree).status_code == 302
    assert said not in body(client_of("director_a").get("/"))
    assert "E1.3 jusqu’au" in body(client.get(file))
    assert second.post(f"/admin/referentiel/derogations/{row.pk}/lever/", {"reason": "Fini."}).status_code == 302
    assert said in body(client_of("director_a").get("/"))


def test_a_self_mark_below_three_proposes_its_training_and_decides_nothing(client_of, acting_as):
    row = assessment(campaign())
    page = body(client_of("director_a").get(f"/referentiel/evaluations/{row.pk}/"))
    assert "il ne change rien aux orientations" in page
    assert "/formation/modules/M4/" in page
    with acting_as("coordination"):
        assert not confirmed_marks().filter(code="E1.3").exists()


def test_a_proof_that_expires_is_told_to_both_then_renewed_even_once_sent(client_of, acting_as, cast, mailoutbox):
    row, by = assessment(campaign()), cast["director_a"]
    with acting_as("director_a"):
        facts = {"assessment": row, "code": "E1.3", "title": "Planning", "by": by}
        old, _ = evidence_add(**facts, file=upload("p.pdf", pdf()), valid_until=TODAY + dt.timedelta(days=40))
        evidence_add(
            **facts | {"code": "E1.4"}, file=upload("p.pdf", pdf()), valid_until=TODAY + dt.timedelta(days=90)
        )
    director = client_of("director_a")
    assert "Renouveler la preuve de E1.3" in body(director.get("/"))
    assert "Renouveler la preuve" not in body(client_of("director_b").get("/"))
    assert "Preuves à renouveler" in body(client_of("educator_a").get("/"))
    assert "1 preuve à renouveler" in body(client_of("coordination").get(reverse("havre_week")))
    board = body(client_of("coordination").get(ADMIN))
    assert "jusqu’au" in board.split("Preuves qui se périment", 1)[1]
    with acting_as("coordination"):
        visit_cancel(visit=Visit.objects.get(state="sent"), reason="Reportée.", by=cast["coordination"])
    obligations_end()
    for days, count in ((0, 1), (1, 1), (25, 2), (26, 2)):
        standards_follow(on=TODAY + dt.timedelta(days=days))
        messages_leave(TODAY + dt.timedelta(days=days))
        mine = [message for message in mailoutbox if "preuve" in message.body and message.to == [by.email]]
        assert len(mine) == count, days
    assert "Planning" not in mine[0].body
    url = f"/referentiel/evaluations/{row.pk}/preuves/{old.pk}/renouveler/"
    wrong = {"title": "Planning", "file": upload("p.pdf", pdf()), "valid_until": "2020-01-01"}
    late = director.post(url, wrong)
    assert late.status_code == 422
    assert "plus valable" in body(late)
    bad = director.post(url, wrong | {"file": upload("p.exe", b"MZ"), "valid_until": ""})
    assert bad.status_code == 422
    with acting_as("director_a"):
        assert Evidence.objects.count() == 2
    for key in ("director_b", "coordination", "gendarme"):
        assert client_of(key).post(url, wrong).status_code == 404
    good = {
        "title": "Planning",
        "file": upload("p.pdf", pdf()),
        "valid_until": (TODAY + dt.timedelta(days=300)).isoformat(),
    }
    assert director.post(url, good).status_code == 302
    assert director.get(url).status_code == 404  # the newer one is to be renewed, in its time
    assert "Renouveler la preuve" not in body(director.get("/"))
    with acting_as("director_a"):
        assert Evidence.objects.get(replaces=old).code == "E1.3"
        assert Attachment.objects.filter(object_kind="evidence").count() == 3


def test_a_sent_assessment_takes_no_new_proof_but_a_newer_one(acting_as, cast):
    row, by = assessment(campaign()), cast["director_a"]
    with acting_as("director_a"):
        old, _ = evidence_add(
            assessment=row, code="E1.3", title="Planning", by=by, file=upload("p.pdf", pdf()), valid_until=SOON
        )
    with acting_as("director_a"):
        marks_write(assessment=row, values=dict.fromkeys(levels_of(row.version), "4") | {"E1.3": "3"}, by=by)
        assessment_submit(assessment=row, by=by)
        newer, _ = evidence_renew(evidence=old, title="Planning", by=by, file=upload("p.pdf", pdf()), valid_until=SOON)
        assert newer.replaces == old


def test_a_derogation_is_read_by_its_structure_alone(client_of, acting_as):
    confirmed("E1.3", "2")
    waived("E1.3")
    for key, count in {"director_a": 1, "director_b": 0, "gendarme": 0}.items():
        with acting_as(key):
            assert Derogation.objects.count() == count


def test_silence_is_shown_as_what_it_is(client_of):
    row = sent()
    visits_silence(on=TODAY + dt.timedelta(days=31))
    page = body(client_of("director_a").get(f"/referentiel/visites/{row.pk}/"))
    assert "Reste ouverte" in page
    assert "confirmée faute de réponse" in page
    assert "le silence n’accepte pas une impérative" in body(client_of("coordination").get(f"{ADMIN}{row.pk}/"))
    assert "Délai passé" in body(client_of("director_a").get("/"))
