"""What follows the incidents of the cast: a service that declares in confidence, a task, lines of the time line."""

import datetime as dt
import uuid

from django.db.models import Model
from django.utils import timezone

from cases.incidents.authorities.services import authority_proof_add, authority_tell
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.incidents.services.events import event_add
from cases.incidents.services.following import retex_write, task_add
from cases.models import Incident, IncidentTask, Placement
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from tests.cast.references import number_of


def incidents() -> None:
    """Write after `situations()`."""
    users = {user.email.split("@")[0]: user for user in User.objects.all()}
    coordination = users["coordination"]
    with scope.acting(coordination):
        stay = Placement.objects.get(case__reference__endswith=number_of(2))
    _service_declares(users["ase"], stay.pk)
    with scope.acting(coordination):
        followed = Incident.objects.get(reference__regex=rf"^I-\d{{4}}-{number_of(1)}$")
        today = timezone.localdate()
        task_add(
            incident=followed,
            words="MARQUEUR-TACHE-A",
            owner=users["director-a"],
            due_on=today + dt.timedelta(days=3),
            by=coordination,
        )
        event_add(incident=followed, words="MARQUEUR-SUIVI-LU-A", by=coordination, is_shared=True)
        event_add(incident=followed, words="MARQUEUR-SUIVI-RESERVE-A", by=coordination)
        hidden = Incident.objects.get(reference__regex=rf"^IC-\d{{4}}-{number_of(1)}$")
        incident_acknowledge(incident=hidden, by=coordination)
        retex_write(
            incident=hidden,
            held_on=today,
            lessons="MARQUEUR-RETEX-A-CONFIDENTIEL",
            causes=["cause_incident:CONSIGNE"],
            by=coordination,
        )


def _service_declares(user: User, stay_id: uuid.UUID) -> None:
    noticed_at = timezone.now() - dt.timedelta(hours=1)
    with scope.acting(user):
        incident_declare(
            Declaration(
                service=Partner.objects.get(code_name="ASE du Nord"),
                placements=[Placement.objects.get(pk=stay_id)],
                incident_type_id="type_incident:CONT",
                occurred_at=noticed_at,
                noticed_at=noticed_at,
                narrative="MARQUEUR-FAITS-SERVICE",
                is_confidential=True,
            ),
            declared_by=user,
        )


def incidents_told() -> dict[str, Model]:
    """For the tests that walk: somebody from outside told in confidence, and an authority was told of an incident."""
    users = {user.email.split("@")[0]: user for user in User.objects.all()}
    at = timezone.now() - dt.timedelta(hours=1)
    with scope.acting(users["transmitter"]):
        outside = incident_declare(
            Declaration(
                structure_named="MARQUEUR-STRUCTURE-NOMMEE",
                incident_type_id="type_incident:MAL",
                occurred_at=at,
                noticed_at=at,
                narrative="MARQUEUR-FAITS-DEHORS",
            ),
            declared_by=users["transmitter"],
        )
    with scope.acting(users["director-a"]):
        incident = Incident.objects.get(reference__regex=rf"^I-\d{{4}}-{number_of(1)}$")
        notice = authority_tell(
            incident=incident, authority_id="autorite:GARDIEN", told_by=users["director-a"], note="MARQUEUR-APPEL-A"
        )
        authority_proof_add(
            notice=notice, dated_on=timezone.localdate(), words="MARQUEUR-ACCUSE-A", by=users["director-a"]
        )
    return {"incident_outside": outside, "notice_a": notice}


def incident_rows() -> dict[str, Model]:
    """Read by the coordination."""
    return {"task_a": IncidentTask.objects.get(incident__reference__regex=rf"^I-\d{{4}}-{number_of(1)}$")}
