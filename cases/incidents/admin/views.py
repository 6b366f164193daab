"""Actions of the coordination that follow a declaration, each on its page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cases.common.admin.forms import ConfirmForm
from cases.common.admin.views import confirm_page, data_of, file_url, row_or_404
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
from cases.incidents.rules.closing import closing_missing
from cases.incidents.services.declaring import incident_acknowledge, incident_attach, incident_declare, incident_rate
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
from cms.kit.pages import action_page
from cms.wall import scope


def rate_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects.select_related("severity"), pk)
    return action_page(
        request,
        form=RateForm(data_of(request), initial={"severity": row.severity_id}),
        run=lambda cleaned: incident_rate(
            incident=row, severity_id=cleaned["severity"].pk, reason=cleaned["reason"], by=request.user
        ),
        title="Changer la gravité",
        subtitle=str(row),
        intro="Plus grave, l’incident appelle aussitôt l’astreinte s’il n’est pas encore pris en compte.",
        done="La gravité est changée.",
        back_url=file_url(row),
    )


def note_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects, pk)
    return action_page(
        request,
        form=NoteForm(data_of(request)),
        run=lambda cleaned: event_add(
            incident=row, words=cleaned["words"], at=cleaned["at"], is_shared=cleaned["is_shared"], by=request.user
        ),
        title="Ajouter au suivi",
        subtitle=str(row),
        done="C’est ajouté au suivi.",
        back_url=file_url(row),
    )


def task_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects, pk)
    return action_page(
        request,
        form=TaskForm(data_of(request), incident=row),
        run=lambda cleaned: task_add(incident=row, by=request.user, **cleaned),
        title="Ajouter une tâche",
        subtitle=str(row),
        intro="L’incident ne se clôt pas tant qu’une tâche reste à faire.",
        done="La tâche est ajoutée.",
        back_url=file_url(row),
    )


def task_done_view(request: HttpRequest, pk, task_pk) -> HttpResponse:
    row = row_or_404(Incident.objects, pk)
    task = row_or_404(IncidentTask.objects.waiting().filter(incident=row), task_pk)
    return confirm_page(
        request,
        row,
        run=lambda: task_done(task=task, by=request.user),
        title="Tâche faite",
        intro=task.words,
        done="La tâche est faite.",
        label="C’est fait",
    )


def suspend_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects.select_related("partner"), pk)
    return action_page(
        request,
        form=SuspendForm(data_of(request)),
        run=lambda cleaned: incident_suspend(incident=row, ends_on=cleaned["ends_on"], by=request.user),
        title="Suspendre les orientations",
        subtitle=str(row),
        intro=f"À partir d’aujourd’hui, {row.partner} n’est plus proposé par la recherche d’un lieu et ses places ne "
        "comptent plus. Les séjours en cours continuent.",
        done="Les orientations vers cette structure sont suspendues.",
        back_url=file_url(row),
        submit_label="Suspendre",
    )


def resume_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects.select_related("partner"), pk)
    return confirm_page(
        request,
        row,
        run=lambda: incident_resume(incident=row, by=request.user),
        title="Lever la suspension",
        intro=f"À partir de demain, {row.partner} est de nouveau proposé.",
        done="La suspension prend fin aujourd’hui.",
        label="Lever la suspension",
    )


def retex_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects, pk)
    form = RetexForm(data_of(request), incident=row)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: retex_write(
            incident=row,
            held_on=cleaned["held_on"],
            lessons=cleaned["lessons"],
            causes=[cause.pk for cause in cleaned["causes"]],
            actions=form.actions(),
            by=request.user,
        ),
        title="Écrire le retour d’expérience",
        subtitle=str(row),
        intro="Avec la structure, autour d’une table : ce qui s’est passé, ce qui l’a permis, ce qui change. "
        "Les actions se suivent après la clôture.",
        done="Le retour d’expérience est gardé.",
        back_url=file_url(row),
    )


def attach_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects.filter(partner=None).select_related("detail"), pk)
    return action_page(
        request,
        form=AttachForm(data_of(request)),
        run=lambda cleaned: incident_attach(incident=row, partner=cleaned["partner"], by=request.user),
        title="Dire de quelle structure il s’agit",
        subtitle=str(row),
        intro=f"Le déclarant l’a nommée ainsi : « {row.detail.structure_named} ». La structure ne verra toujours rien "
        "de cette déclaration.",
        done="La structure est reconnue.",
        back_url=file_url(row),
    )


def reopen_view(request: HttpRequest, pk) -> HttpResponse:
    row = row_or_404(Incident.objects, pk)
    return action_page(
        request,
        form=ReasonForm(data_of(request)),
        run=lambda cleaned: incident_reopen(incident=row, reason=cleaned["reason"], by=request.user),
        title="Rouvrir l’incident",
        subtitle=str(row),
        done=f"{row} est rouvert.",
        back_url=file_url(row),
        submit_label="Rouvrir",
    )


def pair_view(request: HttpRequest, pk, other_pk) -> HttpResponse:
    row = row_or_404(Incident.objects, pk)
    rows = Incident.objects.filter(partner_id=row.partner_id).select_related("incident_type")
    other = row_or_404(rows, other_pk)
    return action_page(
        request,
        form=PairForm(data_of(request)),
        run=lambda cleaned: incidents_pair(
            first=row, second=other, is_same=cleaned["is_same"] == "oui", by=request.user
        ),
        title="Deux déclarations, un seul fait ?",
        subtitle=str(row),
        intro=f"{row} et {other} ({other.incident_type}). Les deux sont gardées, quoi que vous répondiez.",
        done="C’est noté dans le suivi des deux déclarations.",
        back_url=file_url(row),
    )


def phone_page(request: HttpRequest) -> HttpResponse:
    """« Saisir une déclaration » heard on the telephone: dated at the hour of the call."""
    if not scope.current().sees_all_cases():
        raise Http404
    form = PhoneIncidentForm(data_of(request), initial=phone_initial())
    written: list[Incident] = []

    def run(cleaned) -> None:
        incident = incident_declare(declared_by=request.user, **form.arguments())
        if cleaned["is_mine"] and incident.acknowledged_at is None:
            incident_acknowledge(incident=incident, by=request.user, at=incident.declared_at)
        written.append(incident)

    answer = action_page(
        request,
        form=form,
        run=run,
        title="Saisir une déclaration par téléphone",
        subtitle="Incidents",
        intro="Un enfant est-il en danger maintenant ? Faites d’abord appeler le 17. La déclaration est datée de "
        "l’heure de l’appel.",
        done="La déclaration est enregistrée.",
        back_url=reverse("cases_incident:list"),
    )
    if written and answer.status_code == 302:
        answer["Location"] = file_url(written[0])
    return answer


def incident_acknowledge_view(request, pk):
    row = row_or_404(Incident.objects, pk)
    return confirm_page(
        request,
        row,
        run=lambda: incident_acknowledge(incident=row, by=request.user),
        title="Prendre en compte",
        intro="Vous indiquez à la structure que la coordination suit cette déclaration.",
        done=f"{row} est pris en compte.",
        label="Prendre en compte",
    )


def incident_close_view(request, pk):
    row = row_or_404(Incident.objects.select_related("incident_type", "severity"), pk)
    missing = closing_missing(row)
    return action_page(
        request,
        form=ConfirmForm(data_of(request)),
        run=lambda cleaned: incident_close(incident=row, by=request.user),
        title="Clore l’incident",
        subtitle=str(row),
        intro=f"Avant de clore : {' '.join(missing)}" if missing else "Tout ce qui est obligatoire est là.",
        done=f"{row} est clos.",
        back_url=file_url(row),
        submit_label="Clore",
    )
