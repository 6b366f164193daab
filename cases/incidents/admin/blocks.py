"""The file of an incident in the admin: facts, calls, who was told, what is to be done, what happened since."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from cases.common.admin.sight import sight_block
from cases.common.admin.words import linked, moment, partner_cell
from cases.files.models import Case as MinorFile
from cases.incidents.authorities.selectors import AuthorityCall
from cases.incidents.authorities.words import authorities_listing
from cases.incidents.models.declared import Incident, IncidentChild
from cases.incidents.models.followed import IncidentCause, IncidentPair, IncidentTask
from cases.incidents.rules import KIND, acknowledge_due_at
from cases.incidents.selectors import TOLD, incidents_alike
from cases.incidents.words import clause_words
from cms.admin.parts import FilePart, under
from cms.documents.models import DocumentKind
from cms.documents.versions.selectors import clauses_in_force
from cms.files.admin import pieces_block
from cms.kit.blocks import Action, Badge, Facts, Listing
from cms.notify.duty.portal import call_state
from cms.notify.models import Ring, RingStep
from cms.partners.models import Membership, Suspension
from cms.retention.admin.blocks import retention_block
from cms.users.models import User
from cms.users.roles import Role

Blocks = list[Facts | Listing]


def incidents_read() -> QuerySet[Incident]:
    """List incidents with all that their file shows and one query can bring."""
    same = IncidentPair.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")), is_same=True)
    other = Case(When(first=OuterRef("pk"), then=F("second__reference")), default=F("first__reference"))
    causes = IncidentCause.objects.filter(incident=OuterRef("pk")).order_by("cause__position")
    children = IncidentChild.objects.filter(incident=OuterRef("pk")).order_by("pk")
    child = Coalesce("case__reference", "placement__case__reference")
    suspended = Suspension.objects.on(timezone.localdate()).filter(partner_id=OuterRef("partner_id"))
    details = {
        "same_references": ArraySubquery(same.values_list(other)),
        "child_references": ArraySubquery(children.values_list(child)),
        "cause_labels": ArraySubquery(causes.values("cause__label")),
        "is_suspended": Exists(suspended),
    }
    return Incident.objects.annotate(**details).prefetch_related(
        *TOLD,
        Prefetch("tasks", IncidentTask.objects.select_related("owner", "done_by")),
    )


def incident_blocks(row: Incident, calls: list[AuthorityCall], missing: list[str]) -> Blocks:
    """Return the blocks of a row read by `incidents_read`, with whom to tell and what is missing."""
    return [
        Facts("Incident", _facts(row)),
        Facts("Ce qui a été déclaré", _told(row)),
        Listing(
            "Avant de clore",
            ("À faire",),
            [(words,) for words in missing],
            "Tout ce qui est obligatoire est là.",
        ),
        *_alike_block(row),
        authorities_listing(row, calls),
        under("Suivi", events_block(row)),
        under("Suivi", calls_block(row)),
        under("Suivi", tasks_block(row)),
        under("Pièces", pieces_block("incident", row.pk, "cases_incident")),
        under("Retours d’expérience", reviews_block(row)),
        _sight(row),
        retention_block("incident", row.pk),
    ]


def _sight(row: Incident) -> Listing:
    """Return who reads an incident: in confidence, only who declared it beside the network."""
    own: list[tuple[object, str]]
    if row.is_confidential:
        own = [(row.declared_by, "ce qu’il a déclaré, en confidence")]
    else:
        own = [(row.partner, "la direction et l’équipe"), (row.service, "le service qui l’a déclaré")]
    return sight_block("Qui peut le voir", "incident", row.pk, own)


def _facts(row: Incident) -> list[tuple]:
    due_at = acknowledge_due_at(row.severity, row.declared_at)
    return [
        ("État", row.get_state_display()),
        ("Exercice", "oui : ne compte dans aucun chiffre" if row.is_drill else "non"),
        ("Type", row.incident_type),
        ("Gravité", row.severity),
        ("Structure", partner_cell(row.partner) if row.partner else "à reconnaître"),
        ("Enfants concernés", ", ".join(row.child_references)),
        ("Séjour", linked(row.placement)),
        ("Survenu le", moment(row.occurred_at)),
        ("Constaté le", moment(row.noticed_at)),
        ("Déclaré le", moment(row.declared_at)),
        ("Déclaré par", row.declared_by),
        ("Pour le service", row.service),
        *_how_it_is_known(row),
        ("Confidentiel", row.is_confidential),
        ("À prendre en compte avant le", moment(due_at)),
        ("Pris en compte le", moment(row.acknowledged_at)),
        ("Pris en compte par", row.acknowledged_by),
        ("Clos le", moment(row.closed_at)),
        ("Même fait que", ", ".join(row.same_references)),
    ]


def _how_it_is_known(row: Incident) -> list[tuple]:
    if row.is_from_outside:
        return [("Déclarée de l’extérieur", "oui : le déclarant ne lit que sa déclaration et son suivi partagé")]
    runaway = getattr(row, "runaway", None)
    return [("Fugue connue", "par la police d’abord")] if runaway and runaway.is_known_from_police else []


def _told(row: Incident) -> list[tuple]:
    detail = getattr(row, "detail", None)
    named = [("Structure nommée par le déclarant", detail and detail.structure_named)] if row.is_from_outside else []
    return [
        *named,
        ("Faits", detail and detail.narrative),
        ("Mesures prises", detail and detail.measures),
        ("Pourquoi une autre gravité", detail and detail.severity_reason),
    ]


def _alike_block(row: Incident) -> list[Listing]:
    alike = list(incidents_alike(row))
    if not alike:
        return []
    lines = [(linked(other), other.incident_type, moment(other.occurred_at)) for other in alike]
    actions = [[Action("Le même fait ?", reverse("cases_incident:pair", args=[row.pk, other.pk]))] for other in alike]
    return [Listing("Peut-être le même fait", ("Référence", "Type", "Survenu le"), lines, "", actions)]


def events_block(row: Incident) -> Listing:
    lines = [
        (moment(event.at), event.get_kind_display().capitalize(), event.words, event.author, event.is_shared)
        for event in row.events.select_related("author")
    ]
    return Listing("Suivi", ("Le", "Nature", "Ce qui s’est passé", "Par", "Partagé"), lines, "Aucune ligne.")


def calls_block(row: Incident) -> Listing:
    """List the calls: as whom, who, by which channel, when sent, delivered, opened and answered."""
    rings = Ring.objects.filter(kind=KIND, object_id=row.pk)
    steps = RingStep.objects.filter(ring__in=rings).select_related("person").order_by("ring__opened_at", "rung")
    steps = steps.annotate(called_as=_called_as(row))
    lines = []
    for step in steps:
        word, at, tone = call_state(step)
        sent = moment(step.sent_at) or Badge(f"{word} {moment(at)}".strip(), tone)
        known = (moment(step.delivered_at), moment(step.opened_at), moment(step.acknowledged_at))
        lines.append((step.called_as, step.person, step.get_channel_display(), sent, *(at or "–" for at in known)))
    headings = ("Appelé comme", "Personne", "Canal", "Parti", "Remis", "Ouvert", "Répondu")
    return Listing("Appels", headings, lines, "Personne n’a été appelé.")


def _called_as(row: Incident) -> Case:
    """Return the rung in words: its number does not tell who was called."""
    memberships = Membership.objects.filter(user=OuterRef("person_id"))
    direction = User.groups.through.objects.filter(user_id=OuterRef("person_id"), group__name=Role.DIRECTION)
    return Case(
        When(
            Exists(memberships.filter(partner=row.partner_id, role=Role.STRUCTURE_DIRECTOR)), then=Value("structure")
        ),
        When(Exists(memberships.filter(role=Role.STATE_READER)), then=Value("État")),
        When(Exists(direction), then=Value("direction du réseau")),
        default=Value("astreinte"),
        output_field=CharField(),
    )


def tasks_block(row: Incident) -> Listing:
    tasks = list(row.tasks.all())
    titles = _titles(tasks)
    lines = [
        (
            task.words,
            "action" if task.is_action else "tâche",
            task.owner,
            f"{task.due_on:%d/%m/%Y}",
            ", ".join(titles.get(code, code) for code in (task.exigence_code, task.module_code) if code),
            moment(task.done_at) or "à faire",
        )
        for task in tasks
    ]
    actions = [
        [] if task.done_at else [Action("C’est fait", reverse("cases_incident:task_done", args=[row.pk, task.pk]))]
        for task in tasks
    ]
    headings = ("À faire", "Nature", "Responsable", "Pour le", "Exigence, module", "Fait")
    return Listing("Tâches et actions", headings, lines, "Aucune tâche.", actions)


def _titles(tasks: list[IncidentTask]) -> dict[str, str]:
    """Return exigences and modules in force with their title, by code; nothing is read where no action names one."""
    kinds = [
        kind
        for kind, is_named in (
            (DocumentKind.REFERENTIEL, any(task.exigence_code for task in tasks)),
            (DocumentKind.CURRICULUM, any(task.module_code for task in tasks)),
        )
        if is_named
    ]
    clauses = {code: content for kind in kinds for code, content in clauses_in_force(kind).items()}
    return {code: clause_words(code, content) for code, content in clauses.items()}


def reviews_block(row: Incident) -> Listing:
    causes = ", ".join(row.cause_labels)
    lines = [
        (f"{review.held_on:%d/%m/%Y}", review.lessons, causes, review.written_by)
        for review in row.reviews.select_related("written_by")
    ]
    headings = ("Tenu le", "Ce qui a été compris", "Causes", "Écrit par")
    return Listing("Retour d’expérience", headings, lines, "Aucun retour d’expérience.")


def incidents_block(incidents: QuerySet[Incident]) -> Listing:
    rows = [
        (linked(row), row.incident_type, row.severity, moment(row.declared_at), row.get_state_display())
        for row in incidents.select_related("incident_type", "severity")
    ]
    return Listing("Incidents", ("Référence", "Type", "Gravité", "Déclaré le", "État"), rows, "Aucun incident.")


def _of_case(case: MinorFile) -> Blocks:
    return [incidents_block(Incident.objects.about(placements=list(case.placements.all()), cases=[case]))]


CASE_PARTS = (FilePart(order=60, tab="Protection", blocks=_of_case),)
PLACEMENT_PARTS = (
    FilePart(
        order=10, tab="Incidents", blocks=lambda stay: [incidents_block(Incident.objects.about(placements=[stay]))]
    ),
)
