"""Self-assessment: who writes it, what it asks, what is frozen, what a new version leaves of it."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from cms.documents.versions.selectors import version_in_force
from cms.journal.models import JournalLine
from cms.journal.services import refusals_take
from cms.partners.models import Partner
from referentiel.assessments.selectors import (
    assessment_get,
    imperatives_without_plan,
    levels_of,
    parts_of,
    progress_of,
    unmarked,
)
from referentiel.assessments.services import (
    assessment_carry_over,
    assessment_start,
    assessment_submit,
    campaign_open,
    evidence_add,
    marks_write,
    step_done,
    step_write,
)
from referentiel.models import Assessment, Mark, PlanStep
from tests.cast.assessments import SOON, TODAY, assessment as assessment_of, campaign as campaign_of
from tests.cast.files import pdf, upload

LIST = "/referentiel/evaluations/"


@pytest.fixture
def campaign(db):
    return campaign_of()


@pytest.fixture
def row(campaign):
    return assessment_of(campaign)


def complete(row, by, value="4"):
    """Every exigence but E1.3 at one mark."""
    codes = [code for code in levels_of(row.version) if code != "E1.3"]
    marks_write(assessment=row, values=dict.fromkeys(codes, value), by=by)


def test_the_coordination_opens_one_campaign_a_year(cast, acting_as, campaign):
    with acting_as("coordination"), pytest.raises(ValidationError, match="[Aa]nnée"):
        campaign_open(year=campaign.year, opens_on=TODAY, closes_on=SOON, by=cast["coordination"])
    with acting_as("coordination"), pytest.raises(ValidationError, match="précède"):
        campaign_open(year=2030, opens_on=SOON, closes_on=TODAY, by=cast["coordination"])
    with acting_as("director_a"), pytest.raises(ValidationError, match="La coordination seule"):
        campaign_open(year=2031, opens_on=TODAY, closes_on=SOON, by=cast["director_a"])


def test_a_team_writes_its_own_and_nobody_else_reads_it(row, campaign, cast, acting_as):
    with acting_as("director_b"):
        assert not Assessment.objects.exists()
        assert not Mark.objects.exists()
        assert not PlanStep.objects.exists()
        with pytest.raises(Http404):
            assessment_get(row.pk)
        assert [refusal.kind for refusal in refusals_take()] == ["assessment"]
        with pytest.raises(ValidationError, match="propre structure"):
            assessment_start(campaign=campaign, partner=Partner(pk=row.partner_id), by=cast["director_b"])
        forged = Mark(
            assessment=row, code="E1.4", level="standard", value="4", marked_by=cast["director_b"],
            marked_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)
    with acting_as("coordination"):
        assert [part.words for part in parts_of(row)] == ["2 sur 12", "0 sur 12", "0 sur 12"]
        assert not Mark.objects.update(value="4")  # it reads, and changes nothing
        [first, second] = progress_of(campaign)
        assert (first.assessment, second.marked, second.low) == (None, 2, 1)
    with acting_as("educator_a"):
        assert marks_write(assessment=row, values={"E1.3": "3", "E1.4": "", "E1.7": "nc"}, by=cast["educator_a"]) == 1
        assert assessment_start(campaign=campaign, partner=Partner(pk=row.partner_id), by=cast["educator_a"]) == row


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"E1.3": "nc"}, "concerne toutes"),
        ({"Z9": "4"}, "pas dans la version"),
        ({"E1.7": "9"}, "réponse de la liste"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_beside_its_exigence(row, cast, acting_as, values, sentence):
    with acting_as("director_a"), pytest.raises(ValidationError, match=sentence) as refused:
        marks_write(assessment=row, values=values, by=cast["director_a"])
    assert list(refused.value.error_dict) == list(values)


def test_the_database_refuses_an_imperative_that_concerns_nobody(row, acting_as):
    with (
        acting_as("director_a"),
        pytest.raises(IntegrityError, match="mark_imperative_concerns"),
        transaction.atomic(),
    ):
        Mark.objects.filter(code="E1.3").update(value="nc")


def test_it_is_sent_whole_with_its_plan_then_frozen(row, cast, acting_as):
    director = cast["director_a"]
    with acting_as("educator_a"):
        complete(row, cast["educator_a"])
        marks_write(assessment=row, values={"E1.5": "3"}, by=cast["educator_a"])
        with pytest.raises(ValidationError, match="La direction"):
            assessment_submit(assessment=row, by=cast["educator_a"])
    with acting_as("director_a"):
        assert (unmarked(row), imperatives_without_plan(row)) == ([], ["E1.5"])
        with pytest.raises(ValidationError, match=r"sous 4 : E1\.5"):
            assessment_submit(assessment=row, by=director)
        facts = {"what": "Afficher l’astreinte", "pilot": "Direction", "proof": "Tableau"}
        with pytest.raises(ValidationError, match="date à venir"):
            step_write(assessment=row, code="E1.5", due_on=TODAY - dt.timedelta(days=1), **facts)
        step = step_write(assessment=row, code="E1.5", due_on=SOON, **facts)
        assessment_submit(assessment=row, by=director)
        for write in (
            lambda: marks_write(assessment=row, values={"E1.3": "4"}, by=director),
            lambda: assessment_submit(assessment=row, by=director),
        ):
            with pytest.raises(ValidationError, match="ne change plus"):
                write()
        assert not Mark.objects.update(value="1")
        for change in (lambda: Assessment.objects.update(submitted_at=None, submitted_by=None),
                       lambda: PlanStep.objects.update(pilot="Autre")):  # fmt: skip
            with pytest.raises(IntegrityError, match="assessment_frozen"), transaction.atomic():
                change()
        assert step_done(step=step, on=TODAY).done_on == TODAY
    with acting_as("direction"):
        actions = JournalLine.objects.filter(object_id=row.pk).values_list("action", flat=True)
        assert {"referentiel.assessment.submit", "referentiel.assessment.done"} <= set(actions)


def test_a_new_version_keeps_what_did_not_change(row, cast, acting_as, publish_next):
    with acting_as("educator_a"), pytest.raises(ValidationError, match="déjà sur la version"):
        assessment_carry_over(assessment=row)
    newer = publish_next()
    with acting_as("educator_a"):
        carried = assessment_carry_over(assessment=row)
        assert carried.version == newer == version_in_force("referentiel")
        assert dict(row.marks.values_list("code", "is_to_confirm")) == {"E1.3": True, "E1.7": False}
        assert "E1.3" in unmarked(carried)
        marks_write(assessment=carried, values={"E1.3": "2"}, by=cast["educator_a"])
        assert "E1.3" not in unmarked(carried)


def test_last_year_stands_beside_this_year(cast, acting_as):
    before = assessment_of(campaign_of(TODAY.year - 1))
    with acting_as("director_a"):
        complete(before, cast["director_a"])
        assessment_submit(assessment=before, by=cast["director_a"])
    now = assessment_of(campaign_of())
    with acting_as("director_a"):
        lines = {line.exigence.code: line for part in parts_of(now) for line in part.lines}
    assert (lines["E1.3"].before, lines["E1.4"].before) == ("2 : plutôt non", "4 : tout à fait")


def test_a_proof_has_a_validity_and_is_read_by_the_structure_and_the_coordination(row, cast, acting_as, client_of):
    facts = {"assessment": row, "code": "E1.3", "title": "Planning", "by": cast["educator_a"]}
    with acting_as("educator_a"):
        with pytest.raises(ValidationError, match="plus valable"):
            evidence_add(**facts, file=upload("p.pdf", pdf()), valid_until=TODAY - dt.timedelta(days=1))
        _, piece = evidence_add(**facts, file=upload("p.pdf", pdf()), valid_until=SOON)
    url = f"{LIST}{row.pk}/preuves/{piece.pk}/"
    for key, status in {"director_a": 200, "coordination": 200, "director_b": 404, "gendarme": 404}.items():
        assert client_of(key).get(url).status_code == status
    assert "valable jusqu’au" in client_of("coordination").get(f"{LIST}{row.pk}/").content.decode()


def test_the_portal_leads_from_the_campaign_to_the_sending(campaign, client_of, acting_as):
    client = client_of("director_a")
    page = client.get(LIST).content.decode()
    partner = re.search(r'name="partner" value="([^"]+)"', page)[1]
    url = client.post(LIST, {"partner": partner}).url
    with acting_as("director_a"):
        levels = levels_of(Assessment.objects.get().version)
    form = client.get(f"{url}chapitres/E/").content.decode()
    assert form.count('value="nc"') == sum(code[0] == "E" and level == "standard" for code, level in levels.items())
    wrong = client.post(f"{url}chapitres/E/", {"E1.3": "nc"})
    assert wrong.status_code == 422
    assert "Choisissez une réponse de la liste." in wrong.content.decode()
    for chapter in ("E", "P", "S"):
        data = {code: "4" for code in levels if code[0] == chapter} | ({"E1.3": "1"} if chapter == "E" else {})
        assert client.post(f"{url}chapitres/{chapter}/", data).status_code == 302
    assert "E1.3" in client.post(f"{url}envoyer/", follow=True).content.decode()
    action = {"what": "Recruter", "pilot": "Direction", "due_on": SOON.isoformat(), "proof": "Contrat"}
    assert client.post(f"{url}exigences/E1.3/action/", action | {"due_on": ""}).status_code == 422
    assert client.post(f"{url}exigences/E1.3/action/", action).status_code == 302
    bad = client.post(f"{url}exigences/E1.3/preuve/", {"title": "Planning", "file": upload("p.pdf", b"x")})
    assert bad.status_code == 422
    assert "Envoyée le" in client.post(f"{url}envoyer/", follow=True).content.decode()
    assert client.get(f"{url}chapitres/E/").status_code == 302
    assert client.post(f"{url}exigences/E1.3/faite/", {"done_on": TODAY.isoformat()}).status_code == 302
    for key in ("director_b", "gendarme", "editor", "trainee"):
        assert client_of(key).get(url).status_code == 404
    board = client_of("coordination").get("/admin/referentiel/evaluations/").content.decode()
    assert "Envoyée le" in board
    assert "Pas commencée" in board


def test_the_coordination_opens_a_campaign_on_screen(client_of):
    data = {"year": "2027", "opens_on": TODAY.isoformat(), "closes_on": SOON.isoformat()}
    client = client_of("coordination")
    assert client.post("/admin/referentiel/evaluations/ouvrir/", data).status_code == 302
    assert client.post("/admin/referentiel/evaluations/ouvrir/", data).status_code == 422
    assert client_of("editor").get("/admin/referentiel/evaluations/ouvrir/").status_code == 404
