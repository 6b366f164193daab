"""Follow an incident, for the coordination: tasks, reviews, suspension of the structure, closing, reopening."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cases.common.rules.states import incident_after
from cases.common.services import NOT_OPEN, lock, manager_only, past, past_day, row_change, row_create
from cases.enums import IncidentState
from cases.incidents.enums import EventKind
from cases.incidents.models.declared import Incident
from cases.incidents.models.followed import IncidentCause, IncidentPair, IncidentReview, IncidentTask
from cases.incidents.selectors import closing_missing
from cases.incidents.services.events import event_add
from cms.kit.constraints import sentence_for
from cms.partners.conventions.services import partner_suspend, suspension_end
from cms.partners.models import Suspension
from cms.users.models import User
from cms.wall import scope

SUSPENSION_REASON = "Décision de la coordination, en cours d’examen"
"""Others than the coordination read the reason of a suspension: it does not tell that an incident was declared."""


@dataclass(frozen=True)
class Action:
    """One action of a retour d’expérience, with the exigence and the module that it points at, by their codes."""

    words: str
    owner: User
    due_on: dt.date
    exigence_code: str = ""
    module_code: str = ""


@transaction.atomic
def task_add(*, incident: Incident, words: str, owner: User, due_on: dt.date, by: User) -> IncidentTask:
    """Add something to do before the incident can be closed."""
    manager_only()
    lock(incident)
    if incident.state == IncidentState.CLOSED:
        raise ValidationError("Cet incident est clos : rouvrez-le avant d’y ajouter une tâche.", code="state")
    return _task(incident, Action(words, owner, due_on))


def _task(incident: Incident, action: Action, *, is_action: bool = False) -> IncidentTask:
    if not action.words.strip():
        raise ValidationError({"words": "Écrivez ce qui est à faire."})
    if action.due_on < timezone.localdate(incident.declared_at):
        raise ValidationError({"due_on": "Cette échéance précède la déclaration."})
    task = IncidentTask(
        incident=incident,
        words=action.words.strip(),
        owner=action.owner,
        due_on=action.due_on,
        is_action=is_action,
        exigence_code=action.exigence_code,
        module_code=action.module_code,
    )
    row_create(
        task,
        kind="incident",
        action="cases.incident.task",
        coded=("owner_id", "due_on", "is_action", "exigence_code", "module_code"),
        sealed=("words",),
        object_id=incident.pk,
    )
    return task


@transaction.atomic
def task_done(*, task: IncidentTask, by: User, at: dt.datetime | None = None) -> IncidentTask:
    """Mark a task as done, once, by whoever answers for it or by the coordination."""
    lock(task)
    if task.owner_id != by.pk and not scope.current().sees_all_cases():
        raise ValidationError(NOT_OPEN, code="scope")
    if task.done_at:
        raise ValidationError("Cette tâche est déjà faite.", code="state")
    values = {"done_at": past("done_at", at or timezone.now()), "done_by_id": by.pk}
    row_change(task, values, kind="incident", action="cases.incident.task_done", object_id=task.incident_id)
    return task


@transaction.atomic
def retex_write(
    *,
    incident: Incident,
    held_on: dt.date,
    lessons: str,
    causes: Sequence[str],
    by: User,
    actions: Sequence[Action] = (),
) -> IncidentReview:
    """Write a review of the incident, once: its causes, and what will be done. Another one may follow."""
    manager_only()
    lock(incident)
    if incident.state == IncidentState.DECLARED:
        raise ValidationError("Prenez d’abord l’incident en compte.", code="state")
    if past_day("held_on", held_on) < timezone.localdate(incident.declared_at):
        raise ValidationError({"held_on": "Le retour d’expérience suit la déclaration."})
    if not lessons.strip():
        raise ValidationError({"lessons": "Écrivez ce que vous avez compris ensemble."})
    if not causes:
        raise ValidationError({"causes": "Choisissez au moins une cause."})
    review = IncidentReview(incident=incident, held_on=held_on, lessons=lessons.strip(), written_by=by)
    row_create(
        review,
        kind="incident",
        action="cases.incident.retex",
        coded=("held_on",),
        sealed=("lessons",),
        object_id=incident.pk,
    )
    known = set(incident.causes.values_list("cause_id", flat=True))
    for cause in dict.fromkeys(causes):
        if cause not in known:
            row = IncidentCause(incident=incident, cause_id=cause)
            row_create(row, kind="incident", action="cases.incident.cause", coded=("cause_id",), object_id=incident.pk)
    for action in actions:
        _task(incident, action, is_action=True)
    if not incident.has_analysis:
        row_change(incident, {"has_analysis": True}, kind="incident", action="cases.incident.analysed")
    event_add(incident=incident, kind=EventKind.RETEX, by=by, is_shared=True)
    return review


@transaction.atomic
def incident_suspend(*, incident: Incident, by: User, ends_on: dt.date | None = None) -> Suspension:
    """Suspend orientations to the structure from today on; minors already there stay."""
    manager_only()
    lock(incident)
    if (partner := incident.partner) is None:
        raise ValidationError("Dites d’abord de quelle structure il s’agit.", code="state")
    try:
        with transaction.atomic():
            suspension = partner_suspend(
                partner=partner, starts_on=timezone.localdate(), ends_on=ends_on, reason=SUSPENSION_REASON
            )
    except IntegrityError as error:
        raise ValidationError(sentence_for(error)) from error
    event_add(incident=incident, kind=EventKind.SUSPENDED, by=by, is_shared=not incident.is_confidential)
    return suspension


@transaction.atomic
def incident_resume(*, incident: Incident, by: User) -> None:
    """Resume orientations to the structure tomorrow: today is the last day of the suspension."""
    manager_only()
    lock(incident)
    today = timezone.localdate()
    running = Suspension.objects.on(today).filter(Q(partner_id=incident.partner_id)).first()
    if running is None:
        raise ValidationError("Aucune suspension ne court pour cette structure.", code="state")
    suspension_end(suspension=running, ends_on=today)
    event_add(incident=incident, kind=EventKind.RESUMED, by=by, is_shared=not incident.is_confidential)


@transaction.atomic
def incident_close(*, incident: Incident, by: User, at: dt.datetime | None = None) -> Incident:
    """Close an incident once all that is compulsory is there. Raises `ValidationError` that says what is not."""
    manager_only()
    lock(incident)
    at = past("closed_at", at or timezone.now())
    state = incident_after(incident.state, "close")
    if incident.acknowledged_at and at < incident.acknowledged_at:
        raise ValidationError({"closed_at": "La clôture précède la prise en compte."})
    if missing := closing_missing(incident):
        raise ValidationError([ValidationError(sentence, code="missing") for sentence in missing])
    row_change(incident, {"state": state, "closed_at": at}, kind="incident", action="cases.incident.close")
    event_add(incident=incident, kind=EventKind.CLOSED, by=by, is_shared=True, at=at)
    return incident


@transaction.atomic
def incident_reopen(*, incident: Incident, reason: str, by: User) -> Incident:
    """Reopen an incident on something new. Its former closing stays on the time line."""
    manager_only()
    lock(incident)
    state = incident_after(incident.state, "reopen")
    if not reason.strip():
        raise ValidationError({"reason": "Dites en quelques mots pourquoi."})
    row_change(incident, {"state": state, "closed_at": None}, kind="incident", action="cases.incident.reopen")
    event_add(incident=incident, kind=EventKind.REOPENED, words=reason, by=by)
    return incident


@transaction.atomic
def incidents_pair(*, first: Incident, second: Incident, is_same: bool, by: User) -> IncidentPair:
    """Note whether two declarations tell the same fact. Both are kept, and each counts as it was declared."""
    manager_only()
    if first.pk == second.pk:
        raise ValidationError("Choisissez une autre déclaration.")
    low, high = sorted((first, second), key=lambda row: row.pk)
    pair = IncidentPair(first=low, second=high, is_same=is_same, said_by=by, said_at=timezone.now())
    coded = ("first_id", "second_id", "is_same")
    row_create(pair, kind="incident", action="cases.incident.pair", coded=coded, object_id=low.pk)
    kind = EventKind.LINKED if is_same else EventKind.APART
    for row, other in ((low, high), (high, low)):
        event_add(incident=row, kind=kind, words=other.reference, by=by, is_shared=False)
    return pair
