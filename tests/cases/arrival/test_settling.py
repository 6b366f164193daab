"""The law and the money of an arrival: who pays, who decides, what a night leaves to be settled."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.arrival.enums import PAYER, Reply, Way
from cases.arrival.policies import may_entrust
from cases.arrival.protocol.selectors import protocol_points
from cases.arrival.rules import Delays, due_after_waiver, is_night
from cases.arrival.selectors import waivers_to_settle
from cases.arrival.services.answers import Call
from cases.arrival.services.guardians import linking_guardian_set
from cases.arrival.services.linking import linking_agree, linking_missing, linking_open
from cases.arrival.services.protocol import protocol_write
from cases.arrival.services.received import answer_note
from cases.arrival.settling.words import settlings
from cases.circuit.selectors import steps_of_requester, versions_to_start
from cases.circuit.services import circuit_start, circuit_step_move, step_may_move
from cases.files.protection.services import Decided, keep_away_add, legal_frame_set
from cases.incidents.authorities.selectors import authority_calls
from cases.models import (
    CircuitStep,
    Incident,
    LegalFrame,
    Linking,
    LinkingAgreement,
    LinkingCheck,
    Party,
    Placement,
    StepState,
)
from cases.stays.services import Arrival, placement_open
from cms.partners.models import Partner
from cms.values.models import Value
from cms.values.services import setting_change
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.steps import PARIS, days_ago, financed_by, held_by, open_case, partner, place, refused_on, walled
from tests.cast.linkings import ase_north, decision_written, linking_complete, sentences

SET = Delays(night_from=21, night_to=7, morrow_hour=18, day_hours=72)


@pytest.fixture
def case(cast, acting_as):
    with acting_as("coordination"):
        return open_case(cast, received_at=days_ago(300))[1]


@pytest.fixture
def linking(cast, acting_as, case):
    """Les Tilleuls and the gendarmerie, who asked."""
    with acting_as("coordination"):
        return linking_open(case=case, partner=partner("Les Tilleuls"), by=cast["coordination"])


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


def test_the_authority_that_pays_reads_the_runaway_of_its_child_and_is_named(cast, acting_as, case, client_of):
    """The minor comes from nowhere known: the financial agreement alone says whose child it is."""
    with acting_as("coordination"):
        type(case).objects.filter(pk=case.pk).update(origin=None)
        stay = place(cast, case)
        financed_by(cast, stay.linking, "59")
    with acting_as("director_a"):
        incident = declare(cast["director_a"], placement=Placement.objects.get(pk=stay.pk))
        calls = {call.authority.code: call.name for call in authority_calls(Incident.objects.get(pk=incident.pk))}
        assert "Nord" in calls["GARDIEN"]
    assert client_of("ase").get(reverse("cases:incident_charge", args=[incident.pk])).status_code == 200
    with acting_as("coordination"):
        financed_by(cast, Linking.objects.get(placement=stay), "62")
    assert client_of("ase").get(reverse("cases:incident_charge", args=[incident.pk])).status_code == 404


def test_the_opp_of_an_arrival_is_a_legal_frame_whose_clock_runs(cast, acting_as, case, client_of):
    arrived_at = days_ago(1)
    with acting_as("coordination"):
        place(cast, case, arrived_at=arrived_at, legal_frame_id="cadre_juridique:OPP-P")
        frame = LegalFrame.objects.get(case=case, replaced_at=None)
        assert (frame.frame_id, frame.decided_at) == ("cadre_juridique:OPP-P", arrived_at)
        assert frame.due_at == arrived_at + dt.timedelta(days=8)
        assert frame in LegalFrame.objects.to_watch()
        case.refresh_from_db()
        assert case.legal_frame_id == "cadre_juridique:OPP-P"
    assert "Saisir le juge des enfants sous 8 jours" in text_of(client_of("coordination").get("/admin/"))


def test_the_same_frame_keeps_its_decision_and_its_clock(cast, acting_as, case, linking):
    with acting_as("coordination"):
        linking_complete(linking, coordination=cast["coordination"], on=days_ago(3).date())
        frame = LegalFrame.objects.get(case=case)
        arrival = Arrival(arrived_at=days_ago(1), legal_frame_id="cadre_juridique:OPP-P")
        own = {"case": case, "partner": partner("Les Tilleuls"), "by": cast["coordination"]}
        with refused_on("legal_frame", match="La décision notée est"):
            placement_open(arrival=Arrival(days_ago(1), "cadre_juridique:AE"), **own)
        placement_open(arrival=arrival, **own)
        assert LegalFrame.objects.get(case=case) == frame


def test_the_decision_completes_the_frame_that_a_night_wrote(cast, acting_as, case):
    by = cast["coordination"]
    with acting_as("coordination"):
        stay = place(cast, case, arrived_at=days_ago(1), legal_frame_id="cadre_juridique:OPP-P")
        linking = Linking.objects.get(placement=stay)
        assert "decision" in linking_missing(linking)
        known = {"case": case, "frame_id": "cadre_juridique:OPP-P", "by": by}
        for decided, field in (
            (Decided("decideur:PARQUET", " ", "12"), "court"),
            (Decided("decideur:PARQUET", "Tribunal judiciaire fictif"), "number"),
        ):
            with refused_on(field):
                legal_frame_set(decided_at=days_ago(1.2), decided=decided, **known)
        decided_at = days_ago(1.2)
        decided = Decided("decideur:PARQUET", "Tribunal judiciaire fictif", "P-26-118")
        frame = legal_frame_set(decided_at=decided_at, decided=decided, **known)
        assert LegalFrame.objects.get(case=case) == frame
        assert frame.due_at == decided_at + dt.timedelta(days=8)
        assert "decision" not in linking_missing(linking)
        with held_by("legalframe_decision_whole"):
            LegalFrame.objects.filter(pk=frame.pk).update(number=None)
        LegalFrame.objects.filter(pk=frame.pk).update(
            decided_at=days_ago(9), ends_on=timezone.localdate() - dt.timedelta(days=1)
        )
        assert "decision" in linking_missing(linking)


def test_who_asks_entrusts_nobody(cast, acting_as, linking):
    """« Notre service confie ce jeune » is not for a brigade, whatever the screen."""
    with acting_as("coordination"):
        by = cast["coordination"]
        assert (linking.guardian, linking.requester) == (None, partner("Brigade 12"))
        with refused_on("guardian", match="à quel service"):
            linking_agree(linking=linking, party=Party.REQUESTER, by=by)
        for name in ("Brigade 12", "Collège 7"):
            with refused_on("guardian", match="ne peut pas confier"):
                linking_guardian_set(linking=linking, guardian=partner(name), by=by)
        with walled():
            Linking.objects.filter(pk=linking.pk).update(guardian=partner("Brigade 12"))
        with walled():
            LinkingAgreement.objects.create(
                linking=linking, party=Party.REQUESTER, answered_at=timezone.now(), given_by=by, way=Way.PHONE
            )
    with acting_as("gendarme"), refused_on(match="votre compte"):
        linking_agree(linking=Linking.objects.get(pk=linking.pk), party=Party.REQUESTER, by=cast["gendarme"])
    with acting_as("gendarme"), walled():
        LinkingAgreement.objects.create(
            linking=linking, party=Party.REQUESTER, answered_at=timezone.now(), given_by=cast["gendarme"]
        )


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        ("ASE-REF", True), ("PJJ-MO", True), ("PAR", True), ("JE", True), ("PN-BPM", False), ("GN-BT", False),
        ("ASS-SPE", False), ("SAN-AUT", False), ("EN-ETAB", False),
    ],
)  # fmt: skip
def test_python_and_the_database_agree_on_who_may_hold_a_minor(cast, acting_as, linking, kind, may):
    with acting_as("coordination"):
        brigade = partner("Brigade 12")
        brigade.requester_type = Value.objects.get(pk=f"acteur:{kind}")
        assert may_entrust(brigade) is may
        Partner.objects.filter(pk=brigade.pk).update(requester_type=brigade.requester_type)
        if may:
            Linking.objects.filter(pk=linking.pk).update(guardian=brigade)
        else:
            with walled():
                Linking.objects.filter(pk=linking.pk).update(guardian=brigade)


def test_steps_of_a_circuit_go_to_the_service_that_holds_the_minor(cast, acting_as, case):
    by = cast["coordination"]
    with acting_as("coordination"):
        stay = place(cast, case)
        version = versions_to_start().get(template__label="Sortie de détention")
        circuit = circuit_start(case=case, version=version, by=by)
        step = circuit.steps.filter(owner=Party.REQUESTER).first()
        Partner.objects.filter(code_name="Brigade 12").update(requester_type="acteur:ASS-SPE")
    for key in ("gendarme", "ase"):
        with acting_as(key):
            assert not step_may_move(step)
            assert step not in steps_of_requester()
    with acting_as("coordination"):
        linking_guardian_set(linking=Linking.objects.get(placement=stay), guardian=ase_north(), by=by)
    with acting_as("ase"):
        assert step in steps_of_requester()
        circuit_step_move(step=CircuitStep.objects.get(pk=step.pk), state=StepState.DOING, by=cast["ase"])
    with acting_as("gendarme"), refused_on(match="votre compte"):
        circuit_step_move(step=step, state=StepState.DONE, by=cast["gendarme"])


def test_one_line_notes_who_when_how_and_what_was_answered(cast, acting_as, linking):
    by, heard = cast["coordination"], days_ago(0.2)
    with acting_as("coordination"):
        call = {"way": Way.PHONE, "at": heard, "said_by": "Cadre de permanence"}
        terms = {"payer_kind_id": "payeur:ASE", "payer_id": "59", "daily_price_cents": 18550, "ends_on": None}
        note = {"linking": linking, "terms": terms, "by": by}
        # Who pays and who holds the minor are written in what the others sign.
        answer_note(party=PAYER, call=Call(**call), **note)
        linking_guardian_set(linking=linking, guardian=ase_north(), by=by)
        answer_note(
            party=Party.STRUCTURE, call=Call(reply=Reply.REFUSED, words="Une place, pas deux.", **call), **note
        )
        assert "agreement:structure" in linking_missing(linking)
        answer_note(party=Party.STRUCTURE, call=Call(**call), **note)
        with refused_on("__all__", match="déjà donné"):
            answer_note(party=Party.STRUCTURE, call=Call(**call), **note)
        answer_note(party=Party.REQUESTER, call=Call(**call), guardian=ase_north(), **note)
        assert linking_missing(linking)[:1] == ["agreement:network"]
        assert not {"finance", "agreement:requester", "agreement:structure"} & set(linking_missing(linking))
        first = linking.agreements.order_by("pk").filter(party=Party.STRUCTURE, reply=Reply.REFUSED).get()
        assert (first.answered_at, str(first.said_by), str(first.words)) == (
            heard, "Cadre de permanence", "Une place, pas deux.",
        )  # fmt: skip
        with refused_on("guardian", match="déjà donné son accord"):
            Partner.objects.filter(code_name="Brigade 12").update(requester_type="acteur:PJJ-MO")
            linking_guardian_set(linking=linking, guardian=partner("Brigade 12"), by=by)
        with refused_on("at", match="futur"):
            answer_note(party=Party.NETWORK, call=Call(at=days_ago(-1)), **note)


def test_the_protocol_proposes_what_the_file_knows(cast, acting_as, case, linking, client_of):
    with acting_as("coordination"):
        keep_away_add(
            case=case, territory_id="62", reason_id="motif_eloignement:EXPLOITATION", by=cast["coordination"]
        )
        points = {point.value.code: point.proposed for point in protocol_points(linking)}
        assert "Pas-de-Calais (62) et 150\u00a0km autour" in points["ZONES"]
        assert "{" not in "".join(points.values())
    page = text_of(client_of("coordination").get(reverse("cases_linking:checks", args=[linking.pk])))
    assert "Pas-de-Calais (62) et 150 km autour" in page


@pytest.mark.parametrize(
    ("waived", "due"),
    [
        ("2026-11-26T20:59", "2026-11-29T20:59"),
        ("2026-11-26T21:00", "2026-11-27T18:00"),
        ("2026-11-27T02:14", "2026-11-27T18:00"),
        ("2026-11-27T06:59", "2026-11-27T18:00"),
        ("2026-11-27T07:00", "2026-11-30T07:00"),
        ("2026-10-24T23:30", "2026-10-25T18:00"),
    ],
)
def test_what_a_night_left_out_is_due_the_next_day(waived, due):
    assert due_after_waiver(at(waived), SET) == at(due)


def test_hours_of_the_night():
    assert [is_night(at(f"2026-11-27T{hour}"), SET) for hour in ("20:59", "21:00", "06:59", "07:00")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_one_list_says_what_is_missing_who_does_it_and_until_when(cast, acting_as, case, client_of):
    with acting_as("coordination"):
        stay = place(cast, case)
        linking = Linking.objects.get(placement=stay)
        lines = settlings()
        assert [line.what for line in lines if line.linking == linking] == [
            "Décision qui confie le mineur",
            "Accord : service gardien",
            "Accord : structure",
            "Accord : coordination du réseau",
            "Accord financier",
            "Protocole de sécurité, 6 points",
        ]
        assert {line.due_at for line in lines if line.linking == linking} == {waivers_to_settle()[0].due_at}
        reference = case.reference
    browser = client_of("coordination")
    page = text_of(browser.get(reverse("havre_settling")))
    for words in (reference, "Nommer le service", "La direction de Les Tilleuls", "Noter la décision"):
        assert words in page
    for line in lines:
        answer = browser.get(line.url)
        assert answer.status_code == 200
        if "party=" in line.url:
            party = line.url.partition("party=")[2]
            assert f'<option value="{party}" selected' in answer.content.decode()
    assert reverse("havre_settling") in text_of(browser.get("/admin/"))
    assert client_of("director_a").get(reverse("havre_settling")).status_code in (302, 403, 404)
    with acting_as("coordination"):
        decision_written(linking, by=cast["coordination"], on=timezone.localdate())


def test_at_night_the_stay_opens_with_its_waiver_and_the_rest_is_due_the_next_day(cast, acting_as, linking, client_of):
    file = reverse("cases_linking:inspect", args=[linking.pk])
    arrive = reverse("cases_linking:arrive", args=[linking.pk])
    browser = client_of("coordination")
    assert arrive not in text_of(browser.get(file))
    hour = timezone.localtime().hour
    with acting_as("coordination"):
        for key, value in (("cases.night_from", hour), ("cases.night_to", (hour + 2) % 24)):
            setting_change(key=key, value=value, changed_by_id=cast["coordination"].pk)
    assert arrive in text_of(browser.get(file))
    form = browser.get(arrive).context["form"]
    assert form["waiver_reason"].value() == "motif_derogation:DANGER"
    answers = {
        "arrived_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "legal_frame": "cadre_juridique:OPP-P",
        "waiver_reason": form["waiver_reason"].value(),
    }
    refused = browser.post(arrive, answers)
    assert refused.status_code == 422, "nobody says yes in the place of the structure"
    assert "La structure n’a pas dit oui" in text_of(refused)
    with acting_as("director_a"):
        linking_agree(linking=Linking.objects.get(pk=linking.pk), party=Party.STRUCTURE, by=cast["director_a"])
    assert browser.post(arrive, answers).status_code == 302
    with acting_as("coordination"):
        linking.refresh_from_db()
        assert linking.waived_at
        assert linking.placement_id
        assert {line.due_at.hour for line in settlings() if line.linking == linking} == {18}


def test_the_protocol_is_read_by_who_signs_it(cast, acting_as, linking, client_of):
    by = cast["coordination"]
    with acting_as("coordination"):
        linking_guardian_set(linking=linking, guardian=ase_north(), by=by)
        protocol_write(linking=linking, words=sentences("MARQUEUR-LIEU"), by=by)
    for key, reads in (("director_a", True), ("ase", True), ("gendarme", False)):
        page = text_of(client_of(key).get(reverse("cases:linking", args=[linking.pk])))
        assert ("MARQUEUR-LIEU" in page) is reads, key
        with acting_as(key):
            assert LinkingCheck.objects.filter(linking=linking.pk).exists() is reads
