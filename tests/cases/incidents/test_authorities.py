"""Whom an incident must be told to, and what is missing of it."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cases.files.protection.services import legal_frame_set
from cases.incidents.authorities.selectors import authorities_missing, authority_calls
from cases.incidents.authorities.services import authority_proof_add, authority_tell, authority_waive
from cases.models import AuthorityNotice, Case, Incident, NoticeProof, Placement
from cms.files.models import Attachment
from cms.values.models import Value
from cms.values.services import value_change
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.stays.test_portal_structures import text_of
from tests.cases.steps import financed_by, journal_of, refused_on


def codes(calls) -> list[str]:
    return [call.authority.code for call in calls]


def photo() -> io.BytesIO:
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(held, "JPEG")
    held.seek(0)
    held.name = "accuse.jpg"
    held.size = len(held.getvalue())
    return held


@pytest.fixture
def runaway(cast, acting_as, rows) -> Incident:
    with acting_as("director_a"):
        return declare(cast["director_a"], placement=Placement.objects.get(pk=rows["placement_a"].pk))


@pytest.mark.parametrize(
    ("kind", "severity", "wanted"),
    [
        ("FUG", "G3", ["FSI", "JE", "GARDIEN", "CD", "PARENTS", "COORD"]),
        ("FUG", "G4", ["FSI", "JE", "GARDIEN", "CD", "PARENTS", "COORD", "DGCS"]),
        ("CONT", "G2", ["GARDIEN", "COORD"]),
        ("CONT", "G3", ["GARDIEN", "CD", "COORD"]),
        ("VSX-P", "G4", ["PARQUET", "GARDIEN", "CRIP", "CD", "COORD", "DGCS"]),
        ("DEC", "G4", ["FSI", "PARQUET", "GARDIEN", "CD", "PREFET", "COORD", "DGCS"]),
        ("DATA", "G3", ["GARDIEN", "COORD", "DPO", "CNIL"]),
    ],
)
def test_the_list_follows_type_and_severity(cast, acting_as, rows, kind, severity, wanted):
    with acting_as("director_a"):
        stay = Placement.objects.get(pk=rows["placement_a"].pk)
        incident = declare(
            cast["director_a"],
            placement=stay,
            incident_type_id=f"type_incident:{kind}",
            severity_id=f"gravite:{severity}",
            is_confidential=False,
        )
        calls = codes(authority_calls(incident))
        assert set(calls) - {"JE"} == set(wanted) - {"JE"}
        assert calls == [code for code in ORDER() if code in calls]


def ORDER() -> list[str]:
    return list(Value.objects.of_list("autorite").values_list("code", flat=True))


def test_without_a_child_nobody_keeps_one(cast, acting_as):
    with acting_as("director_a"):
        incident = declare(cast["director_a"], incident_type_id="type_incident:INTRU", severity_id="gravite:G4")
        assert codes(authority_calls(incident)) == ["FSI", "CD", "COORD", "DGCS"]


def test_the_departement_of_the_child_and_that_of_the_structure_are_both_named(cast, acting_as, runaway):
    with acting_as("coordination"):
        incident = Incident.objects.get(pk=runaway.pk)
        Case.objects.filter(pk=incident.placement.case_id).update(origin_id="59")
        names = {call.authority.code: call.name for call in authority_calls(incident)}
        assert "Nord" in names["GARDIEN"]
        assert "Nord" not in names["CD"]
        assert incident.partner.territory_id != "59"
        financed_by(cast, incident.placement.linking, "62")
        assert "Pas-de-Calais" in {c.authority.code: c.name for c in authority_calls(incident)}["GARDIEN"]


@pytest.mark.parametrize(
    ("structure_type", "instead"), [("PJJ-UEHC", ["PREFET", "DTPJJ"]), ("SAN", ["ARS"]), ("MECS", ["CD"])]
)
def test_who_licensed_the_structure_is_told(acting_as, runaway, structure_type, instead):
    with acting_as("coordination"):
        incident = Incident.objects.get(pk=runaway.pk)
        incident.partner.structure_type_id = f"type_structure:{structure_type}"
        found = codes(authority_calls(incident))
        assert [code for code in found if code in ("CD", "PREFET", "DTPJJ", "ARS")] == instead


def test_a_judge_is_called_by_the_frame_of_the_stay(cast, acting_as, rows):
    with acting_as("director_a"):
        stay = Placement.objects.get(pk=rows["placement_a"].pk)
        incident = declare(
            cast["director_a"], placement=stay, incident_type_id="type_incident:VIO-J", severity_id="gravite:G4"
        )
    with acting_as("coordination"):
        incident = Incident.objects.get(pk=incident.pk)
        for frame, is_called in (("OPP-JE", True), ("AP", False)):
            decided_at = timezone.now()
            legal_frame_set(
                case=incident.placement.case,
                frame_id=f"cadre_juridique:{frame}",
                decided_at=decided_at,
                by=cast["coordination"],
            )
            assert ("JE" in codes(authority_calls(incident))) is is_called


def test_a_rule_that_is_retired_no_longer_calls(acting_as, runaway):
    with acting_as("coordination"):
        incident = Incident.objects.get(pk=runaway.pk)
        Incident.objects.filter(pk=incident.pk).update(severity_id="gravite:G4")
        incident.refresh_from_db()
        assert "DGCS" in codes(authority_calls(incident))
        rule = Value.objects.get(pk="regle_information:CRITIQUE")
        value_change(value=rule, active_to=dt.date(2020, 1, 1), active_from=None)
        assert "DGCS" not in codes(authority_calls(incident))


def test_what_is_missing_shrinks_as_authorities_are_told_or_set_aside(cast, acting_as, runaway):
    with acting_as("director_a"):
        incident = Incident.objects.get(pk=runaway.pk)
        assert "COORD" not in codes(authorities_missing(incident))
        before = codes(authorities_missing(incident))
        authority_tell(
            incident=incident,
            authority_id="autorite:FSI",
            told_by=cast["director_a"],
            channel_id="canal:TEL",
            note="Brigade, numéro 4512",
            proof=photo(),
        )
        assert codes(authorities_missing(incident)) == [code for code in before if code != "FSI"]
        notice = AuthorityNotice.objects.get(incident=incident)
        piece = Attachment.objects.get(pk=notice.proof_id)
        assert (piece.object_kind, piece.object_id) == ("incident", incident.pk)
        with refused_on(match="votre compte"):
            authority_waive(
                incident=incident,
                authority_id="autorite:PARENTS",
                reason_id="motif_non_information:JUGE",
                by=cast["director_a"],
            )
    with acting_as("coordination"):
        incident = Incident.objects.get(pk=runaway.pk)
        authority_waive(
            incident=incident,
            authority_id="autorite:PARENTS",
            reason_id="motif_non_information:INTERET",
            words="Le père est mis en cause.",
            by=cast["coordination"],
        )
        assert "PARENTS" not in codes(authorities_missing(incident))
    with acting_as("director_a"):
        call = next(c for c in authority_calls(Incident.objects.get(pk=runaway.pk)) if c.waiver)
        assert call.waiver.reason.label == "Contraire à l’intérêt de l’enfant"
    told = str(journal_of(incident.pk))
    assert "4512" not in told
    assert "père" not in told


def test_the_ministry_is_told_by_the_coordination_alone(cast, acting_as, runaway):
    with acting_as("director_a"), refused_on("authority"):
        authority_tell(incident=runaway, authority_id="autorite:DGCS", told_by=cast["director_a"])
    with acting_as("coordination"):
        authority_tell(incident=runaway, authority_id="autorite:DGCS", told_by=cast["coordination"])


def test_a_clock_runs_from_when_the_team_knew(acting_as, runaway):
    with acting_as("director_a"):
        incident = Incident.objects.get(pk=runaway.pk)
        due = {call.authority.code: call.due_at for call in authority_calls(incident)}
        assert due["FSI"] == incident.noticed_at
        assert due["GARDIEN"] == incident.noticed_at + dt.timedelta(hours=2)
        assert due["PARENTS"] is None
        late = {call.authority.code for call in authority_calls(incident) if call.is_late(incident.declared_at)}
        assert "FSI" in late
        assert not {"PARENTS", "COORD"} & late


def test_a_structure_that_no_longer_houses_the_minor_still_reads_whom_to_tell(acting_as, runaway):
    with acting_as("educator_a"):
        assert "GARDIEN" in codes(authority_calls(Incident.objects.get(pk=runaway.pk)))
    with acting_as("director_b"):
        assert not Incident.objects.filter(pk=runaway.pk).exists()


@pytest.fixture
def of_two(cast, acting_as, rows) -> Incident:
    """One child of the Nord, one of the Pas-de-Calais, known by their files."""
    with acting_as("coordination"):
        first, second = (Case.objects.get(pk=rows[name].pk) for name in ("case_a", "case_open"))
        Case.objects.filter(pk=first.pk).update(origin_id="59")
        Case.objects.filter(pk=second.pk).update(origin_id="62")
        return declare(
            cast["coordination"],
            incident_type_id="type_incident:VSX-J",
            severity_id="gravite:G4",
            placements=[],
            cases=[first, second],
        )


def test_every_child_counts_of_two_departements_each_is_told(cast, acting_as, of_two):
    with acting_as("coordination"):
        calls = authority_calls(of_two)
        for code in ("GARDIEN", "CRIP", "PARQUET"):
            names = [call.name for call in calls if call.authority.code == code]
            assert [name.rpartition("al ")[2] for name in names] == ["du Nord", "du Pas-de-Calais"], code
        assert len([call for call in calls if call.authority.code == "CD"]) == 1
        nord = next(call for call in calls if call.authority.code == "GARDIEN" and "Nord" in call.name)
        assert nord.choice.startswith("autorite:GARDIEN|")


def test_told_in_one_departement_the_other_stays_red(cast, acting_as, of_two):
    with acting_as("coordination"):
        nord, calais = (call for call in authority_calls(of_two) if call.authority.code == "GARDIEN")
        by = cast["coordination"]
        authority_tell(incident=of_two, authority_id="autorite:GARDIEN", told_by=by)  # of which one is not said
        assert codes(authorities_missing(of_two)).count("GARDIEN") == 2
        authority_tell(incident=of_two, authority_id="autorite:GARDIEN", ase_authority_id=nord.ase_ids[0], told_by=by)
        incident = Incident.objects.get(pk=of_two.pk)
        [left] = [call for call in authorities_missing(incident) if call.authority.code == "GARDIEN"]
        assert left.ase_ids == calais.ase_ids
        authority_waive(
            incident=incident,
            authority_id="autorite:GARDIEN",
            ase_authority_id=calais.ase_ids[0],
            reason_id="motif_non_information:DEJA",
            by=by,
        )
        incident = Incident.objects.get(pk=of_two.pk)
        assert "GARDIEN" not in codes(authorities_missing(incident))


def test_the_form_asks_which_departement(client_of, of_two):
    browser, url = client_of("coordination"), reverse("cases_incident:tell", args=[of_two.pk])
    page = browser.get(url).content.decode()
    assert "autorite:GARDIEN|59" in page
    assert 'value="autorite:GARDIEN"' not in page
    told = {"authority": "autorite:GARDIEN|59", "told_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M")}
    assert browser.post(url, told).status_code == 302
    shown = text_of(browser.get(reverse("cases_incident:inspect", args=[of_two.pk])))
    assert "Pas-de-Calais" in shown


def test_a_proof_is_added_afterwards_and_the_notice_stays_as_it_is(cast, acting_as, client_of, runaway):
    with acting_as("director_a"):
        incident = Incident.objects.get(pk=runaway.pk)
        notice = authority_tell(incident=incident, authority_id="autorite:CD", told_by=cast["director_a"])
        with refused_on("words"):
            authority_proof_add(notice=notice, dated_on=timezone.localdate(), by=cast["director_a"])
        with refused_on("dated_on", "précède"):
            authority_proof_add(
                notice=notice,
                dated_on=timezone.localdate() - dt.timedelta(days=1),
                words="Accusé.",
                by=cast["director_a"],
            )
    browser = client_of("educator_a")
    url = reverse("cases:incident_proof", args=[runaway.pk, notice.pk])
    day = timezone.localdate()
    assert browser.post(url, {"dated_on": day.isoformat()}).status_code == 422
    answer = {"dated_on": day.isoformat(), "words": "Accusé n° 8812", "piece": photo()}
    assert browser.post(url, answer).status_code == 302
    listed = text_of(browser.get(reverse("cases:incident_authorities", args=[runaway.pk])))
    assert f"Justificatif du {day:%d/%m/%Y}" in listed
    proof = reverse("cases_incident:proof", args=[runaway.pk, notice.pk])
    assert "Accusé n° 8812" in text_of(client_of("coordination").get(proof))
    assert client_of("director_b").get(url).status_code == 404
    with acting_as("director_a"):
        proof = NoticeProof.objects.get(notice=notice)
        assert Attachment.objects.get(pk=proof.piece_id).object_id == runaway.pk
        assert AuthorityNotice.objects.get(pk=notice.pk).proof_id is None
        assert "8812" not in str(journal_of(runaway.pk))
