"""« Conservation »: rules, what is due, batches to sign, holds.

For data protection and the direction; the coordination reads what is due.
"""

import datetime as dt
import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from wagtail.admin.viewsets.base import ViewSet

from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.words import day
from cms.retention.admin.pages import TITLE, confirm, decide_or_404, read_or_404, shown
from cms.retention.admin.rules import basis_words, rule_dismiss_page, rule_page, rule_sign_page
from cms.retention.enums import Deed
from cms.retention.forms import ArchivesForm, HoldForm
from cms.retention.models import Agreement, LegalHold, RetentionKind, RetentionRun, RuleVersion
from cms.retention.policies import decides_retention, says_archives
from cms.retention.selectors import (
    LATER_DAYS,
    SOON_DAYS,
    DueObject,
    Rule,
    due_until,
    duration_words,
    rules_in_force,
    today,
)
from cms.retention.services.runs import hold_lift, hold_place, run_dismiss, run_sign
from cms.sessions.step_up import fresh_factor
from cms.users.models import User

PER_PAGE = 50
RUNS_SHOWN = 12
OBJECTS = {"case": "cases_case", "sollicitation": "cases_sollicitation", "incident": "cases_incident"}


def index_page(request: HttpRequest) -> HttpResponse:
    read_or_404()
    decides = decides_retention()
    objects = due_until(today() + dt.timedelta(days=LATER_DAYS))
    holds = list(LegalHold.objects.filter(lifted_at=None))
    rules = rules_in_force()
    waiting = {rule.kind_id: rule for rule in RuleVersion.objects.filter(in_force_at=None, dismissed_at=None)}
    runs = list(RetentionRun.objects.all()[:RUNS_SHOWN])
    names = _names(holds, runs)
    context = {
        "next_step": "Ce qui arrive à son terme est proposé chaque nuit, signé par la direction et la protection des "
        "données, puis effacé la nuit suivante. Les chiffres ne changent pas.",
        "actions": _index_actions(objects, decides),
        "blocks": [
            _runs_block(runs, names),
            _counts_block(objects),
            _rules_block(rules, waiting, decides),
            _holds_block(holds, names, decides),
        ],
    }
    return shown(request, "kit/inspect.html", TITLE, context)


def _index_actions(objects: list[DueObject], decides: bool) -> list[Action]:
    actions = [Action("Voir ce qui arrive à échéance", reverse("havre_retention:due"), is_main=not decides)]
    if decides:
        actions.append(Action("Poser une conservation forcée", reverse("havre_retention:hold")))
    return actions


def _names(*groups: list) -> dict[uuid.UUID, str]:
    ids: set[uuid.UUID] = {
        pk
        for rows in groups
        for row in rows
        for name in ("placed_by_id", "direction_by_id", "dpo_by_id")
        if (pk := getattr(row, name, None))
    }
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}


def _signatures(row: Agreement, names: dict) -> str:
    signatures = [
        f"{label} : {names.get(by, 'compte effacé')}"
        for label, by in (("direction", row.direction_by_id), ("protection des données", row.dpo_by_id))
        if by
    ]
    return " ; ".join(signatures) or "aucune"


def _run_state(run: RetentionRun) -> str:
    if run.dismissed_at:
        return "écarté"
    if run.finished_at:
        return f"effacé le {day(run.finished_at)}"
    return "effacé la nuit prochaine" if run.is_signed else "attend une signature"


def _runs_block(runs: list[RetentionRun], names: dict) -> Listing:
    rows = [
        (
            Cell(day(run.prepared_at), reverse("havre_retention:run", args=[run.pk])),
            run.row_count,
            _signatures(run, names),
            _run_state(run),
        )
        for run in runs
    ]
    return Listing("Lots à effacer", ("Préparé le", "Objets", "Signatures", "État"), rows, "Rien n’est à signer.")


def _counts_block(objects: list[DueObject]) -> Listing:
    day = today()
    kinds = {due.kind: due.label for due in objects}
    rows = []
    for kind, label in kinds.items():
        mine = [due for due in objects if due.kind == kind]
        free = [due for due in mine if not due.is_held]
        rows.append(
            (
                label,
                sum(due.due_on <= day for due in free),
                sum(due.due_on <= day + dt.timedelta(days=SOON_DAYS) for due in free),
                len(free),
                len(mine) - len(free),
            )
        )
    headings = ("Quoi", "Aujourd’hui", "Sous 30 jours", "Sous 90 jours", "Conservation forcée")
    return Listing("Ce qui arrive à échéance", headings, rows, "Rien n’arrive à échéance dans les 90 jours.")


def _rules_block(rules: dict[str, Rule], waiting: dict[str, RuleVersion], decides: bool) -> Listing:
    rows, actions = [], []
    for kind in RetentionKind.objects.all():
        rule, proposed = rules[kind.pk], waiting.get(kind.pk)
        duration = duration_words(rule.months)
        if proposed:
            duration += f" ; {duration_words(proposed.months)} proposés, à signer"
        rows.append((kind.label, duration, kind.starting_point, Deed(kind.deed).label, rule.reason, basis_words(rule)))
        actions.append(_rule_actions(kind, proposed) if decides else [])
    headings = ("Quoi", "Durée", "À partir de", "Ensuite", "Pourquoi", "Base légale")
    return Listing("Règles", headings, rows, "Aucune règle.", actions)


def _rule_actions(kind: RetentionKind, proposed: RuleVersion | None) -> list[Action]:
    if proposed:
        return [
            Action("Voir et signer", reverse("havre_retention:rule_sign", args=[proposed.pk]), is_main=True),
            Action("Écarter", reverse("havre_retention:rule_dismiss", args=[proposed.pk])),
        ]
    return [Action("Changer", reverse("havre_retention:rule", args=[kind.pk]))]


def _holds_block(holds: list[LegalHold], names: dict, decides: bool) -> Listing:
    rows = [
        (
            hold.reference or "effacé",
            hold.get_reason_display(),
            names.get(hold.placed_by_id, "compte effacé"),
            day(hold.placed_at),
        )
        for hold in holds
    ]
    actions = [
        [Action("Lever", reverse("havre_retention:hold_lift", args=[hold.pk]))] if decides else [] for hold in holds
    ]
    headings = ("Référence", "Motif", "Posée par", "Le")
    return Listing("Conservations forcées", headings, rows, "Aucune conservation forcée.", actions)


def due_page(request: HttpRequest) -> HttpResponse:
    """Every object that leaves within 90 days, the earliest first."""
    read_or_404()
    journal_append(action="retention.due.read", outcome=Outcome.READ)
    page = Paginator(due_until(today() + dt.timedelta(days=LATER_DAYS)), PER_PAGE).get_page(request.GET.get("p"))
    opens = not decides_retention() or says_archives()
    rows = [
        (
            _reference(due.object_kind, due.object_id, due.reference, opens),
            due.label,
            day(due.due_on),
            "conservation forcée" if due.is_held else "",
        )
        for due in page
    ]
    context = {
        "next_step": "Une nouvelle demande, un séjour ou un incident repousse la date. Une conservation forcée la "
        "suspend.",
        "blocks": [Listing("Sous 90 jours", ("Référence", "Quoi", "Échéance", ""), rows, "Rien n’arrive à échéance.")],
        "page": page,
    }
    return shown(request, "retention/admin/paged.html", "Ce qui arrive à échéance", context, crumb="Échéances")


def _reference(object_kind: str, object_id: uuid.UUID, reference: str, opens: bool) -> str | Cell:
    if not reference:
        return "sans référence"
    if opens and object_kind in OBJECTS:
        return Cell(reference, reverse(f"{OBJECTS[object_kind]}:inspect", args=[object_id]))
    return reference


def run_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    decide_or_404()
    run = get_object_or_404(RetentionRun, pk=pk)
    journal_append(action="retention.run.read", kind="retention_run", object_id=run.pk, outcome=Outcome.READ)
    page = Paginator(run.rows.select_related("kind"), PER_PAGE).get_page(request.GET.get("p"))
    opens = says_archives()
    rows = [
        (
            _reference(row.object_kind, row.object_id, row.reference, opens),
            row.kind.label,
            day(row.due_on),
            row.get_outcome_display() or "à effacer",
        )
        for row in page
    ]
    facts = [
        ("Préparé le", day(run.prepared_at)),
        ("Objets", run.row_count),
        ("Signatures", _signatures(run, _names([run]))),
        ("Archives publiques", run.get_archives_display()),
        ("État", _run_state(run)),
    ]
    context = {
        "next_step": "Au moment d’effacer, chaque date est vérifiée de nouveau : ce qui a bougé depuis reste.",
        "actions": _run_actions(run),
        "blocks": [
            Facts("Lot", facts),
            Listing("Objets", ("Référence", "Quoi", "Échéance", "Issue"), rows, "Ce lot est vide."),
        ],
        "page": page,
    }
    return shown(request, "retention/admin/paged.html", str(run), context, crumb=str(run))


def _run_actions(run: RetentionRun) -> list[Action]:
    if not run.is_waiting:
        return []
    return [
        Action("Signer", reverse("havre_retention:run_sign", args=[run.pk]), is_main=True),
        Action("Écarter ce lot", reverse("havre_retention:run_dismiss", args=[run.pk])),
    ]


def run_sign_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    decide_or_404()
    run = get_object_or_404(RetentionRun, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = ArchivesForm(data) if says_archives() and not run.direction_by_id else AdminForm(data)
    return confirm(
        request,
        run=lambda cleaned: run_sign(run=run, archives=cleaned.get("archives", "")),
        form=form,
        title="Signer l’effacement",
        subtitle=str(run),
        intro=f"{run.row_count} objet(s) partiront la nuit qui suit la seconde signature. Rien ne les fera revenir.",
        done="Votre signature est enregistrée.",
        back_url=reverse("havre_retention:run", args=[run.pk]),
        submit_label="Signer",
    )


def run_dismiss_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    decide_or_404()
    run = get_object_or_404(RetentionRun, pk=pk)
    return confirm(
        request,
        run=lambda cleaned: run_dismiss(run=run),
        title="Écarter ce lot",
        subtitle=str(run),
        intro="Rien n’est effacé. Un nouveau lot est préparé la nuit prochaine, avec ce qui sera arrivé à son terme.",
        done="Le lot est écarté.",
        back_url=reverse("havre_retention:run", args=[run.pk]),
        submit_label="Écarter",
    )


def hold_page(request: HttpRequest) -> HttpResponse:
    decide_or_404()
    return confirm(
        request,
        form=HoldForm(request.POST if request.method == "POST" else None),
        run=lambda cleaned: hold_place(reference=cleaned["reference"], reason=cleaned["reason"]),
        title="Poser une conservation forcée",
        subtitle=TITLE,
        intro="Rien de ce dossier ne partira, même si un lot est déjà signé, jusqu’à ce que vous la leviez.",
        done="La conservation forcée est posée.",
        submit_label="Poser",
    )


def hold_lift_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    decide_or_404()
    hold = get_object_or_404(LegalHold, pk=pk)
    return confirm(
        request,
        run=lambda cleaned: hold_lift(hold=hold),
        title="Lever la conservation forcée",
        subtitle=TITLE,
        intro=f"{hold.reference} reprendra son échéance habituelle.",
        done="La conservation forcée est levée.",
        submit_label="Lever",
    )


class RetentionViewSet(ViewSet):
    name = "havre_retention"
    url_prefix = "conservation"
    icon = "calendar-check"
    menu_label = TITLE

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index_page, name="index"),
            path("echeances/", due_page, name="due"),
            path("lots/<uuid:pk>/", run_page, name="run"),
            path("lots/<uuid:pk>/signer/", fresh_factor(run_sign_page), name="run_sign"),
            path("lots/<uuid:pk>/ecarter/", run_dismiss_page, name="run_dismiss"),
            path("regles/<slug:kind>/", rule_page, name="rule"),
            path("propositions/<uuid:pk>/signer/", fresh_factor(rule_sign_page), name="rule_sign"),
            path("propositions/<uuid:pk>/ecarter/", rule_dismiss_page, name="rule_dismiss"),
            path("blocages/poser/", hold_page, name="hold"),
            path("blocages/<uuid:pk>/lever/", fresh_factor(hold_lift_page), name="hold_lift"),
        ]
