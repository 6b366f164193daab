"""Scenes of the portal, written through the services: « la demande du gendarme, proposée aux Tilleuls »."""

import datetime as dt
import uuid

from django.db import connection
from django.utils import timezone

from cases.enums import Answer, Channel, Decision, IdentificationLevel, Nature
from cases.files.services import case_update_facts
from cases.incidents.services.declaring import Declaration, incident_declare
from cases.models import Case, Incident, Linking, Placement, Proposal, Sollicitation
from cases.proposals.services import Consultation, orientation_decide, proposal_answer, proposal_confirm
from cases.requests.services.sollicitations import (
    NewSollicitation,
    sollicitation_link,
    sollicitation_send,
    sollicitation_take,
)
from cases.stays.services import Arrival, placement_confirm, placement_open
from cms.journal.enums import Outcome
from cms.journal.models import JournalLine
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from tests.cast.linkings import linking_complete


def person(key: str) -> User:
    return User.objects.get(email=f"{key.replace('_', '-')}@havre.example")


def partner(name: str) -> Partner:
    return Partner.objects.get(code_name=name)


def request_sent(by: str = "gendarme", service: str = "Brigade 12", hours_ago: int = 5) -> Sollicitation:
    user = person(by)
    with scope.acting(user):
        return sollicitation_send(
            NewSollicitation(
                requester=partner(service),
                submitted_by=user,
                nature_id=Nature.CARE,
                urgency_id="urgence:U1",
                channel_id=Channel.PORTAL,
                forms=["forme:SEX", "forme:DEL"],
                main_form="forme:SEX",
                facts={"sex_id": "sexe:F", "age_precision_id": "precision_age:EST"},
                age=15,
                detail={
                    "callback_name": "Gaëlle Roche",
                    "callback_phone": "01 99 00 12 34",
                    "narrative": "MARQUEUR-RECIT",
                },
                received_at=timezone.now() - dt.timedelta(hours=hours_ago),
                idempotency_key=uuid.uuid4(),
            )
        )


def case_opened(sollicitation: Sollicitation) -> Case:
    user = person("coordination")
    with scope.acting(user):
        sollicitation_take(sollicitation=sollicitation, by=user)
        case = sollicitation_link(sollicitation=sollicitation, by=user)
        return case_update_facts(case=case, by=user, identification_level_id=IdentificationLevel.PRESUMED)


def proposed(sollicitation: Sollicitation, *structures: str) -> list[Proposal]:
    case_opened(sollicitation)
    user = person("coordination")
    with scope.acting(user):
        sollicitation.refresh_from_db()
        orientation = orientation_decide(
            sollicitation=sollicitation,
            decision_id=Decision.NETWORK,
            decided_by=user,
            consultation=Consultation(structures=[partner(name) for name in structures or ("Les Tilleuls",)]),
        )
        return list(orientation.proposals.select_related("partner").order_by("partner__code_name"))


def arrived(proposal: Proposal, *, is_confirmed: bool = False, hours_ago: int = 1) -> Placement:
    """The structure accepts, the coordination keeps it and notes the arrival."""
    director = person("director_a" if proposal.partner.code_name == "Les Tilleuls" else "director_b")
    with scope.acting(director):
        proposal_answer(
            proposal=proposal, answer_id=Answer.ACCEPTED, answered_by=director, available_from=timezone.now()
        )
    user = person("coordination")
    with scope.acting(user):
        proposal = proposal_confirm(proposal=Proposal.objects.get(pk=proposal.pk), by=user)
        linking = Linking.objects.get(orientation=proposal.orientation)
        linking_complete(linking, coordination=user, on=timezone.localdate())
        stay = placement_open(
            case=proposal.orientation.case,
            partner=proposal.partner,
            orientation=proposal.orientation,
            by=user,
            arrival=Arrival(
                arrived_at=timezone.now() - dt.timedelta(hours=hours_ago),
                legal_frame_id="cadre_juridique:OPP-P",
            ),
        )
    if is_confirmed:
        with scope.acting(director):
            placement_confirm(placement=stay, by=director)
    return stay


def incident_declared(by: str = "educator_a", structure: str = "Les Tilleuls") -> Incident:
    user, now = person(by), timezone.now()
    with scope.acting(user):
        return incident_declare(
            Declaration(
                partner=partner(structure),
                incident_type_id="type_incident:FUG",
                severity_id="gravite:G3",
                occurred_at=now - dt.timedelta(hours=3),
                noticed_at=now - dt.timedelta(hours=2),
                narrative="Parti dans la nuit.",
            ),
            declared_by=user,
        )


def refusals(object_id) -> list[str]:
    """Actions refused on an object, as the journal keeps them."""
    with scope.acting(person("dpo")), connection.cursor() as cursor:
        cursor.execute(
            "SELECT action FROM journal_line WHERE object_id = %s AND outcome = 'refused' ORDER BY id", [object_id]
        )
        return [row[0] for row in cursor.fetchall()]


def pages_refused_after_leaving(key: str) -> list[str]:
    """Names of the pages that somebody asked for after they left, as the journal keeps them."""
    asked = JournalLine.objects.filter(actor_id=person(key).pk, action="auth.left.refused", outcome=Outcome.REFUSED)
    with scope.acting(person("dpo")):
        return [line.details["page"] for line in asked.order_by("id")]
