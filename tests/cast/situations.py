"""Rows about minors that each of the cast owns or must never see, written through the services."""

import datetime as dt
import uuid

from django.db.models import Model
from django.utils import timezone

from cases.arrival.services.journeys import journey_set, journey_share
from cases.circuit.selectors import versions_to_start
from cases.circuit.services import circuit_start, circuit_step_move
from cases.enums import Answer, Decision, IdentificationLevel, Nature
from cases.extra.services import extra_answers_write, extra_field_create
from cases.files.services import case_update_facts, identity_write
from cases.grid.selectors import grid_in_force
from cases.grid.services import grid_attach
from cases.incidents.services.declaring import Declaration, incident_declare
from cases.models import (
    Case,
    Circuit,
    CircuitStep,
    FilledGrid,
    Incident,
    Journey,
    Linking,
    Orientation,
    Party,
    Placement,
    Proposal,
    Sollicitation,
    StepState,
    UnverifiedRequest,
    VoiceMessage,
)
from cases.proposals.services import Consultation, orientation_decide, proposal_answer, proposal_confirm
from cases.requests.services.sollicitations import (
    NewSollicitation,
    sollicitation_link,
    sollicitation_send,
    sollicitation_take,
)
from cases.requests.unverified.services import unverified_send
from cases.stays.services import Arrival, placement_confirm, placement_open
from cases.voice.rules import code_of
from cases.voice.services import voice_answer, voice_send, voice_write
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from tests.cast.linkings import linking_agreed_by_each, linking_complete
from tests.cast.references import reference_of

FACTS = {
    "sex_id": "sexe:F",
    "birth_year": 2010,
    "birth_month": 3,
    "age_precision_id": "precision_age:DECL",
    "identification_level_id": IdentificationLevel.PRESUMED,
    "nationality_zone_id": "zone_nationalite:FR",
    "origin_id": "59",
    "exploitation_place_id": "59",
}

UNVERIFIED_KEY = uuid.UUID("7d5f6f2e-4c1b-4a57-9c58-0d2f5e0c9a11")
"""Key of the form of the unit without an account: its code is drawn from it."""
VOICE_KEY = uuid.UUID("0f6d0f0e-9a53-4b6e-8a51-6a0b8c3d7e21")
"""Key of the page on which a child wrote: its code is drawn from it."""

ROWS: dict[str, tuple[type[Model], dict]] = {
    "sollicitation_a": (Sollicitation, {"reference": "S-{year}-0001"}),
    "sollicitation_b": (Sollicitation, {"reference": "S-{year}-0002"}),
    "sollicitation_transmitted": (Sollicitation, {"reference": "S-{year}-0003"}),
    "sollicitation_open": (Sollicitation, {"reference": "S-{year}-0004"}),
    "unverified": (UnverifiedRequest, {"reference": "N-{year}-0001"}),
    "voice": (VoiceMessage, {"reference": "P-{year}-0001"}),
    "case_a": (Case, {"reference": "M-{year}-0001"}),
    "case_b": (Case, {"reference": "M-{year}-0002"}),
    "case_open": (Case, {"reference": "M-{year}-0003"}),
    "orientation_a": (Orientation, {"case__reference": "M-{year}-0001"}),
    "orientation_b": (Orientation, {"case__reference": "M-{year}-0002"}),
    "orientation_open": (Orientation, {"case__reference": "M-{year}-0003"}),
    "proposal_a": (Proposal, {"orientation__case__reference": "M-{year}-0003", "partner__code_name": "Les Tilleuls"}),
    "proposal_b": (Proposal, {"orientation__case__reference": "M-{year}-0003", "partner__code_name": "Aubépine"}),
    "proposal_placed_a": (Proposal, {"orientation__case__reference": "M-{year}-0001"}),
    "proposal_placed_b": (Proposal, {"orientation__case__reference": "M-{year}-0002"}),
    "linking_a": (Linking, {"case__reference": "M-{year}-0001"}),
    "linking_b": (Linking, {"case__reference": "M-{year}-0002"}),
    "journey_a": (Journey, {"linking__case__reference": "M-{year}-0001"}),
    "journey_b": (Journey, {"linking__case__reference": "M-{year}-0002"}),
    "circuit_a": (Circuit, {"case__reference": "M-{year}-0001"}),
    "step_a": (CircuitStep, {"circuit__case__reference": "M-{year}-0001", "measure": "mesure:PSEC"}),
    "step_b": (CircuitStep, {"circuit__case__reference": "M-{year}-0002", "measure": "mesure:PSEC"}),
    "placement_a": (Placement, {"case__reference": "M-{year}-0001"}),
    "placement_b": (Placement, {"case__reference": "M-{year}-0002"}),
    "grid_a": (FilledGrid, {"sollicitation__reference": "S-{year}-0001"}),
    "grid_b": (FilledGrid, {"sollicitation__reference": "S-{year}-0002"}),
    "incident_a": (Incident, {"reference": "I-{year}-0001"}),
    "incident_a_confidential": (Incident, {"reference": "IC-{year}-0001"}),
    "incident_b": (Incident, {"reference": "I-{year}-0002"}),
    "incident_b_service": (Incident, {"reference": "IC-{year}-0002"}),
}
"""Name of a row → its model and how to find it, references by their rank. `…_a` is at Les Tilleuls, asked by the
gendarme; `…_b` at Aubépine, asked by the ASE service; `…_open` waits for an answer from both: `proposal_a` and
`proposal_b` are its sheets, `proposal_placed_…` those that led to the two stays.
"""


MARKERS = {"Les Tilleuls": "A", "Aubépine": "B"}
"""Structure of a stay → what ends the texts written about it."""


def rows() -> dict[str, Model]:
    """Every row of `ROWS`, read by the coordination."""
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        year = Sollicitation.objects.earliest("received_at").reference.split("-")[1]
        return {
            name: model.objects.get(**{key: reference_of(value.format(year=year)) for key, value in facts.items()})
            for name, (model, facts) in ROWS.items()
        }


def situations() -> None:
    """Write the rows into a database that holds the cast."""
    users = {user.email.split("@")[0]: user for user in User.objects.all()}
    asked_at = timezone.now() - dt.timedelta(days=10)
    asked = {
        "A": _ask(users["gendarme"], "Brigade 12", "A", asked_at),
        "B": _ask(users["ase"], "ASE du Nord", "B", asked_at),
    }
    _ask(users["transmitter"], "Collège 7", "T", asked_at)
    for sollicitation, key in ((asked["A"], "gendarme"), (asked["B"], "ase")):
        _grid(users[key], sollicitation)
    _without_account(asked_at)
    _child_speaks(users["coordination"], asked_at)
    asked["open"] = _ask(users["ase"], "ASE du Nord", "C", asked_at)
    cases = {key: _follow(users["coordination"], asked[key], key) for key in ("A", "B", "open")}
    _place(users, cases["A"], asked["A"], "Les Tilleuls", "director-a", asked_at)
    _place(users, cases["B"], asked["B"], "Aubépine", "director-b", asked_at)
    with scope.acting(users["coordination"]):
        _orient(users, asked["open"], ["Les Tilleuls", "Aubépine"], timezone.now())
    _extra(users["coordination"], asked, cases)
    for key in ("A", "B"):
        _circuit(users["coordination"], cases[key], key)
    _incident(users["director-a"], "Les Tilleuls", "type_incident:FUG", "A")
    _incident(users["educator-a"], "Les Tilleuls", "type_incident:MAL", "A-CONFIDENTIEL")
    _incident(users["director-b"], "Aubépine", "type_incident:CONT", "B")


def _extra(coordination: User, asked: dict[str, Sollicitation], cases: dict[str, Case]) -> None:
    """Fields that the network added: a text about each request, one about each situation; both sealed."""
    with scope.acting(coordination):
        extra_field_create(
            target="sollicitation", label="Personne de confiance", kind="text", audience="everybody", by=coordination
        )
        extra_field_create(target="case", label="Tuteur désigné", kind="text", by=coordination)
        for key in ("A", "B"):
            answer = {"personne_de_confiance": f"MARQUEUR-CHAMP-{key}"}
            extra_answers_write(parent=asked[key], answers=answer, by=coordination)
            answer = {"tuteur_designe": "MARQUEUR-CHAMP-SITUATION"}
            extra_answers_write(parent=cases[key], answers=answer, by=coordination)


def _without_account(at: dt.datetime) -> None:
    words = {
        "unit": "MARQUEUR-UNITE",
        "callback_name": "MARQUEUR-RAPPEL-SANS-COMPTE",
        "callback_phone": "01 99 00 55 55",
        "narrative": "MARQUEUR-RECIT-SANS-COMPTE",
    }
    answers = {"sex_id": "sexe:F", "age": 15, "forms": ["forme:SEX"], "main_form": "forme:SEX"}
    unverified_send(
        key=UNVERIFIED_KEY,
        unit_type_id="acteur:GN-BT",
        urgency_id="urgence:U2",
        words=words,
        answers=answers,
        at=at,
    )


def _child_speaks(coordination: User, at: dt.datetime) -> None:
    voice_send(key=VOICE_KEY, words="MARQUEUR-PAROLE", at=at)
    voice_write(code=code_of(VOICE_KEY), words="MARQUEUR-PAROLE, encore.")
    with scope.acting(coordination):
        voice_answer(message=VoiceMessage.objects.get(), words="MARQUEUR-REPONSE-ENFANT", by=coordination)


def _ask(user: User, service: str, marker: str, at: dt.datetime) -> Sollicitation:
    with scope.acting(user):
        return sollicitation_send(
            NewSollicitation(
                requester=Partner.objects.get(code_name=service),
                submitted_by=user,
                nature_id=Nature.CARE,
                urgency_id="urgence:U2",
                channel_id="canal:PORTAIL",
                forms=["forme:SEX", "forme:DEL"],
                main_form="forme:SEX",
                facts=FACTS,
                age=None,
                detail={
                    "callback_name": f"MARQUEUR-RAPPEL-{marker}",
                    "minor_label": f"MARQUEUR-INITIALES-{marker}",
                    "narrative": f"MARQUEUR-RECIT-SOLLICITATION-{marker}",
                },
                received_at=at,
            )
        )


def _grid(user: User, sollicitation: Sollicitation) -> None:
    """Sent, the gendarme and the inspector fill the grid in: one strong sign, two medium ones."""
    with scope.acting(user):
        grid_attach(
            sollicitation=sollicitation,
            key=uuid.uuid4(),
            number=grid_in_force().number,
            answers={"S04": "seen", "S06": "told", "S07": "seen", "S01": "no"},
            by=user,
        )


def _follow(user: User, sollicitation: Sollicitation, marker: str) -> Case:
    with scope.acting(user):
        sollicitation_take(sollicitation=sollicitation, by=user, at=sollicitation.received_at + dt.timedelta(hours=1))
        case = sollicitation_link(sollicitation=sollicitation, by=user)
        case_update_facts(case=case, by=user, adhesion_id="adhesion:ACCEPTE", containment_id="contenance:CONTENANT")
        identity_write(
            case=case,
            by=user,
            last_name=f"MARQUEUR-NOM-{marker.upper()}",
            first_name=f"MARQUEUR-PRENOM-{marker.upper()}",
            narrative=f"MARQUEUR-RECIT-{marker.upper()}",
            birth_date=dt.date(2010, 3, 15),
        )
        return case


def _orient(users: dict[str, User], sollicitation: Sollicitation, names: list[str], at: dt.datetime) -> Orientation:
    return orientation_decide(
        sollicitation=sollicitation,
        decision_id=Decision.NETWORK,
        decided_by=users["coordination"],
        decided_at=at,
        consultation=Consultation(structures=[Partner.objects.get(code_name=name) for name in names]),
    )


def _place(
    users: dict[str, User],
    case: Case,
    sollicitation: Sollicitation,
    name: str,
    director: str,
    asked_at: dt.datetime,
) -> None:
    coordination = users["coordination"]
    with scope.acting(coordination):
        orientation = _orient(users, sollicitation, [name], asked_at + dt.timedelta(days=1))
    with scope.acting(users[director]):
        proposal = Proposal.objects.get(partner__code_name=name)
        proposal_answer(
            proposal=proposal,
            answer_id=Answer.ACCEPTED,
            answered_by=users[director],
            at=asked_at + dt.timedelta(days=2),
            available_from=asked_at + dt.timedelta(days=2),
        )
    arrived_at = asked_at + dt.timedelta(days=3)
    with scope.acting(coordination):
        proposal_confirm(proposal=Proposal.objects.get(pk=proposal.pk), by=coordination)
        linking = Linking.objects.get(case=case)
        linking_complete(
            Linking.objects.get(pk=linking.pk),
            coordination=coordination,
            on=timezone.localdate(arrived_at),
            parties=(Party.NETWORK,),
            marker=f"MARQUEUR-CONSIGNE-{MARKERS[name]}",
        )
    linking_agreed_by_each(linking, users=users, director=director)
    with scope.acting(coordination):
        _travel(linking, MARKERS[name], arrived_at, coordination)
        placement = placement_open(
            case=case,
            partner=Partner.objects.get(code_name=name),
            by=coordination,
            orientation=orientation,
            arrival=Arrival(arrived_at=arrived_at, legal_frame_id="cadre_juridique:OPP-P"),
        )
    with scope.acting(users[director]):
        placement_confirm(
            placement=Placement.objects.get(pk=placement.pk), by=users[director], at=arrived_at + dt.timedelta(hours=1)
        )


def _travel(linking: Linking, marker: str, arrived_at: dt.datetime, coordination: User) -> None:
    """Shared now: the structure and the service read it for the days that the setting gives."""
    journey = journey_set(
        linking=linking,
        driver_id="conduite:SERVICE",
        leaves_at=arrived_at - dt.timedelta(hours=4),
        meeting_point=f"MARQUEUR-RENDEZ-VOUS-{marker}",
        relay=f"MARQUEUR-RELAIS-{marker}",
        shelter_id="abri_provisoire:FOYER",
        by=coordination,
    )
    journey_share(journey=journey, by=coordination)


def _circuit(user: User, case: Case, marker: str) -> None:
    with scope.acting(user):
        version = versions_to_start().get(template__label="Sortie de détention")
        started_on = timezone.localdate() - dt.timedelta(days=7)
        circuit = circuit_start(case=Case.objects.get(pk=case.pk), version=version, started_on=started_on, by=user)
        step = circuit.steps.get(measure_id="mesure:PSEC")
        circuit_step_move(step=step, state=StepState.DOING, note=f"MARQUEUR-NOTE-{marker}", by=user)


def _incident(user: User, name: str, kind: str, marker: str) -> None:
    # The runaway is entered days afterwards: it opens no absence in the stay, which other tests use as it is.
    noticed_at = timezone.now() - (dt.timedelta(days=4) if kind.endswith("FUG") else dt.timedelta(hours=2))
    with scope.acting(user):
        partner = Partner.objects.get(code_name=name)
        incident_declare(
            Declaration(
                partner=partner,
                incident_type_id=kind,
                severity_id="gravite:G3",
                severity_reason=f"MARQUEUR-GRAVITE-{marker}",
                occurred_at=noticed_at - dt.timedelta(hours=1),
                noticed_at=noticed_at,
                narrative=f"MARQUEUR-FAITS-{marker}",
                placements=Placement.objects.filter(partner=partner),
            ),
            declared_by=user,
        )
