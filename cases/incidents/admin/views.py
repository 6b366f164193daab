"""Actions of the coordination on an incident, and the declaration heard on the telephone."""

import uuid
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse

from cases.common.admin.forms import keyed
from cases.common.admin.views import data_of, file_url, row_or_404
from cases.common.rules.states import INCIDENT
from cases.enums import IncidentState
from cases.incidents.admin.forms import (
    AttachForm,
    NoteForm,
    PairForm,
    PhoneIncidentForm,
    RateForm,
    ReasonForm,
    RetexForm,
    SuspendForm,
    TaskForm,
    phone_initial,
)
from cases.incidents.models.declared import Incident
from cases.incidents.models.followed import IncidentTask
from cases.incidents.selectors import closing_missing
from cases.incidents.services.declaring import (
    Declaration,
    incident_acknowledge,
    incident_attach,
    incident_declare,
    incident_rate,
)
from cases.incidents.services.events import event_add
from cases.incidents.services.following import (
    incident_close,
    incident_reopen,
    incident_resume,
    incident_suspend,
    incidents_pair,
    retex_write,
    task_add,
    task_done,
)
from cms.admin.actions import RowAction
from cms.kit.pages import action_page
from cms.users.requests import UserRequest
from cms.wall import scope


def _task(pk: uuid.UUID, task_pk: uuid.UUID) -> IncidentTask:
    return row_or_404(IncidentTask.objects.waiting().filter(incident=pk).select_related("incident"), task_pk)


def _unattached(pk: uuid.UUID) -> Incident:
    return row_or_404(Incident.objects.filter(partner=None).select_related("detail"), pk)


def _pair(pk: uuid.UUID, other_pk: uuid.UUID) -> tuple[Incident, Incident]:
    row = row_or_404(Incident.objects, pk)
    others = Incident.objects.filter(Q(partner_id=row.partner_id)).select_related("incident_type")
    return row, row_or_404(others, other_pk)


def _close_intro(row: Incident) -> str:
    missing = closing_missing(row)
    return f"Avant de clore : {' '.join(missing)}" if missing else "Tout ce qui est obligatoire est là."


def _is_open(row: Incident) -> bool:
    return row.state != IncidentState.CLOSED


def phone_page(request: UserRequest) -> HttpResponse:
    """Enter a declaration received by telephone, dated at the hour of the call."""
    if not scope.current().sees_all_cases():
        raise Http404
    form = PhoneIncidentForm(data_of(request), initial=phone_initial())

    def run(cleaned: dict[str, Any]) -> Incident:
        incident = incident_declare(Declaration(**form.arguments()), declared_by=request.user)
        if cleaned["is_mine"] and incident.acknowledged_at is None:
            incident_acknowledge(incident=incident, by=request.user, at=incident.declared_at)
        return incident

    return action_page(
        request,
        form=form,
        run=run,
        title="Saisir une déclaration par téléphone",
        subtitle="Incidents",
        intro="Un enfant est-il en danger maintenant ? Faites d’abord appeler le 17. La déclaration est datée de "
        "l’heure de l’appel.",
        done="La déclaration est enregistrée.",
        back_url=reverse("cases_incident:list"),
        done_url=file_url,
    )


ACTIONS = (
    RowAction(
        "acknowledge",
        route="prendre-en-compte",
        label="Prendre en compte",
        when=lambda row: (row.state, "acknowledge") in INCIDENT,
        is_main=True,
        order=10,
        service=lambda row, cleaned, by: incident_acknowledge(incident=row, by=by),
        intro="Vous indiquez à la structure que la coordination suit cette déclaration.",
        submit_label="Prendre en compte",
        done=lambda row, incident: f"{row} est pris en compte.",
    ),
    RowAction(
        "attach",
        route="structure",
        label="Dire de quelle structure il s’agit",
        when=lambda row: row.partner_id is None,
        is_main=True,
        order=30,
        find=_unattached,
        form=AttachForm,
        service=lambda row, cleaned, by: incident_attach(incident=row, by=by, **cleaned),
        intro=lambda row: (
            f"Le déclarant l’a nommée ainsi : « {row.detail.structure_named} ». La structure ne verra "
            "toujours rien de cette déclaration."
        ),
        done="La structure est reconnue.",
    ),
    RowAction(
        "note",
        route="suivi",
        label="Ajouter au suivi",
        order=60,
        form=NoteForm,
        service=lambda row, cleaned, by: event_add(incident=row, by=by, **cleaned),
        done="C’est ajouté au suivi.",
    ),
    RowAction(
        "task",
        route="tache",
        label="Ajouter une tâche",
        when=_is_open,
        order=70,
        form=TaskForm,
        form_kwargs=lambda row: {"incident": row},
        service=lambda row, cleaned, by: task_add(incident=row, by=by, **cleaned),
        intro="L’incident ne se clôt pas tant qu’une tâche reste à faire.",
        done="La tâche est ajoutée.",
    ),
    RowAction(
        "task_done",
        route="tache/<uuid:task_pk>/faite",
        find=_task,
        service=lambda task, cleaned, by: task_done(task=task, by=by),
        title="Tâche faite",
        subtitle=lambda task: task.incident,
        intro=lambda task: task.words,
        submit_label="C’est fait",
        done="La tâche est faite.",
    ),
    RowAction(
        "rate",
        route="gravite",
        label="Changer la gravité",
        when=lambda row: (row.state, "rate") in INCIDENT,
        order=80,
        select_related=("severity",),
        form=RateForm,
        initial=lambda row: {"severity": row.severity_id},
        service=lambda row, cleaned, by: incident_rate(incident=row, by=by, **keyed(cleaned, "severity")),
        intro="Plus grave, l’incident appelle aussitôt l’astreinte s’il n’est pas encore pris en compte.",
        done="La gravité est changée.",
    ),
    RowAction(
        "suspend",
        route="suspendre",
        label="Suspendre les orientations",
        when=lambda row: row.partner_id is not None and not row.is_suspended,
        order=90,
        select_related=("partner",),
        form=SuspendForm,
        service=lambda row, cleaned, by: incident_suspend(incident=row, by=by, **cleaned),
        intro=lambda row: (
            f"À partir d’aujourd’hui, {row.partner} n’est plus proposé par la recherche d’un lieu et ses "
            "places ne comptent plus. Les séjours en cours continuent."
        ),
        submit_label="Suspendre",
        done="Les orientations vers cette structure sont suspendues.",
    ),
    RowAction(
        "resume",
        route="lever-la-suspension",
        label="Lever la suspension",
        when=lambda row: row.is_suspended,
        order=100,
        select_related=("partner",),
        service=lambda row, cleaned, by: incident_resume(incident=row, by=by),
        intro=lambda row: f"À partir de demain, {row.partner} est de nouveau proposé.",
        submit_label="Lever la suspension",
        done="La suspension prend fin aujourd’hui.",
    ),
    RowAction(
        "retex",
        route="retour-d-experience",
        label="Écrire le retour d’expérience",
        when=lambda row: row.state != IncidentState.DECLARED,
        order=110,
        form=RetexForm,
        form_kwargs=lambda row: {"incident": row},
        service=lambda row, given, by: retex_write(incident=row, by=by, **given),
        intro="Avec la structure, autour d’une table : ce qui s’est passé, ce qui l’a permis, ce qui change. "
        "Les actions se suivent après la clôture.",
        done="Le retour d’expérience est gardé.",
    ),
    RowAction(
        "close",
        route="clore",
        label="Clore l’incident",
        when=lambda row: (row.state, "close") in INCIDENT,
        is_main=lambda row: row.state == IncidentState.ACKNOWLEDGED and not row.missing,
        order=150,
        select_related=("incident_type", "severity"),
        service=lambda row, cleaned, by: incident_close(incident=row, by=by),
        intro=_close_intro,
        submit_label="Clore",
        done=lambda row, incident: f"{row} est clos.",
    ),
    RowAction(
        "reopen",
        route="rouvrir",
        label="Rouvrir",
        title="Rouvrir l’incident",
        when=lambda row: (row.state, "reopen") in INCIDENT,
        order=160,
        form=ReasonForm,
        service=lambda row, cleaned, by: incident_reopen(incident=row, by=by, **cleaned),
        submit_label="Rouvrir",
        done=lambda row, incident: f"{row} est rouvert.",
    ),
    RowAction(
        "pair",
        route="meme-fait/<uuid:other_pk>",
        find=_pair,
        form=PairForm,
        service=lambda pair, cleaned, by: incidents_pair(
            first=pair[0], second=pair[1], is_same=cleaned["is_same"] == "oui", by=by
        ),
        title="Deux déclarations, un seul fait ?",
        subtitle=lambda pair: pair[0],
        intro=lambda pair: (
            f"{pair[0]} et {pair[1]} ({pair[1].incident_type}). Les deux sont gardées, quoi que vous répondiez."
        ),
        done="C’est noté dans le suivi des deux déclarations.",
    ),
)
