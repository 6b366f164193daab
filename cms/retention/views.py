"""« Conservation »: rules, what is due, batches to sign, holds.

For data protection and the direction; the coordination reads what is due.
"""

import datetime as dt
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from wagtail.admin.viewsets.base import ViewSet

from cms.access.admin_actions import action_page
from cms.access.admin_blocks import Action, Cell, Facts, Listing
from cms.access.step_up import fresh_factor
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.retention.blocks import _day
from cms.retention.enums import Deed
from cms.retention.forms import ArchivesForm, ConfirmForm, HoldForm, RuleForm
from cms.retention.models import LegalHold, RetentionKind, RetentionRun, RuleVersion, Signed
from cms.retention.policies import decides_retention, reads_retention, says_archives
from cms.retention.selectors import (
    LATER_DAYS,
    SOON_DAYS,
    Due,
    Rule,
    due_until,
    duration_words,
    rules_in_force,
    simulate,
    today,
)
from cms.retention.services import (
    hold_lift,
    hold_place,
    rule_dismiss,
    rule_propose,
    rule_sign,
    run_dismiss,
    run_sign,
)
from cms.users.models import User

TITLE = "Conservation"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
INDEX = {"url": reverse_lazy("havre_retention:index"), "label": TITLE}
BACK = reverse_lazy("havre_retention:index")
PER_PAGE = 50
RUNS_SHOWN = 12
OBJECTS = {"case": "cases_case", "sollicitation": "cases_sollicitation", "incident": "cases_incident"}


def _page(request: HttpRequest, template: str, title: str, context: dict, *, crumb: str = "") -> HttpResponse:
    trail = [HOME, INDEX, {"url": "", "label": crumb}] if crumb else [HOME, {"url": "", "label": title}]
    context |= {"page_title": title, "header_title": title, "breadcrumbs_items": trail, "header_buttons": []}
    return TemplateResponse(request, template, context)


def _read_or_404() -> None:
    if not reads_retention():
        raise Http404


def _decide_or_404() -> None:
    if not decides_retention():
        raise Http404


def _row(model: type[Model], pk: uuid.UUID):
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def index_page(request: HttpRequest) -> HttpResponse:
    _read_or_404()
    decides = decides_retention()
    found = due_until(today() + dt.timedelta(days=LATER_DAYS))
    holds = list(LegalHold.objects.filter(lifted_at=None))
    rules = rules_in_force()
    waiting = {rule.kind_id: rule for rule in RuleVersion.objects.filter(in_force_at=None, dismissed_at=None)}
    runs = list(RetentionRun.objects.all()[:RUNS_SHOWN])
    names = _names(holds, runs)
    context = {
        "next_step": "Ce qui arrive à son terme est proposé chaque nuit, signé par la direction et la protection des "
        "données, puis effacé la nuit suivante. Les chiffres ne changent pas.",
        "actions": _index_actions(found, decides),
        "blocks": [
            _runs_block(runs, names),
            _counts_block(found),
            _rules_block(rules, waiting, decides),
            _holds_block(holds, names, decides),
        ],
    }
    return _page(request, "access/admin/inspect.html", TITLE, context)


def _index_actions(found: list[Due], decides: bool) -> list[Action]:
    actions = [Action("Voir ce qui arrive à échéance", reverse("havre_retention:due"), is_main=not decides)]
    if decides:
        actions.append(Action("Poser une conservation forcée", reverse("havre_retention:hold")))
    return actions


def _names(*groups: list) -> dict[uuid.UUID, str]:
    ids = {
        getattr(row, name, None)
        for rows in groups
        for row in rows
        for name in ("placed_by_id", "direction_by_id", "dpo_by_id")
    }
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids - {None})}


def _signatures(row: Signed, names: dict) -> str:
    given = [
        f"{label} : {names.get(by, 'compte effacé')}"
        for label, by in (("direction", row.direction_by_id), ("protection des données", row.dpo_by_id))
        if by
    ]
    return " ; ".join(given) or "aucune"


def _run_state(run: RetentionRun) -> str:
    if run.dismissed_at:
        return "écarté"
    if run.finished_at:
        return f"effacé le {_day(timezone.localtime(run.finished_at))}"
    return "effacé la nuit prochaine" if run.is_signed else "attend une signature"


def _runs_block(runs: list[RetentionRun], names: dict) -> Listing:
    rows = [
        (
            Cell(_day(timezone.localtime(run.prepared_at)), reverse("havre_retention:run", args=[run.pk])),
            run.row_count,
            _signatures(run, names),
            _run_state(run),
        )
        for run in runs
    ]
    return Listing("Lots à effacer", ("Préparé le", "Objets", "Signatures", "État"), rows, "Rien n’est à signer.")


def _counts_block(found: list[Due]) -> Listing:
    day = today()
    kinds = {due.kind: due.label for due in found}
    rows = []
    for kind, label in kinds.items():
        mine = [due for due in found if due.kind == kind]
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


def _basis(rule: Rule) -> str:
    if not rule.basis:
        return "aucune indiquée"
    return rule.basis if rule.is_basis_verified else f"à vérifier : {rule.basis}"


def _rules_block(rules: dict[str, Rule], waiting: dict[str, RuleVersion], decides: bool) -> Listing:
    rows, actions = [], []
    for kind in RetentionKind.objects.all():
        rule, proposed = rules[kind.pk], waiting.get(kind.pk)
        duration = duration_words(rule.months)
        if proposed:
            duration += f" ; {duration_words(proposed.months)} proposés, à signer"
        rows.append((kind.label, duration, kind.starting_point, Deed(kind.deed).label, rule.reason, _basis(rule)))
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
            _day(timezone.localtime(hold.placed_at)),
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
    _read_or_404()
    journal_append(action="retention.due.read", outcome=Outcome.READ)
    page = Paginator(due_until(today() + dt.timedelta(days=LATER_DAYS)), PER_PAGE).get_page(request.GET.get("p"))
    opens = not decides_retention() or says_archives()
    rows = [
        (
            _reference(due.object_kind, due.object_id, due.reference, opens),
            due.label,
            _day(due.due_on),
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
    return _page(request, "retention/admin/paged.html", "Ce qui arrive à échéance", context, crumb="Échéances")


def _reference(object_kind: str, object_id: uuid.UUID, reference: str, opens: bool) -> str | Cell:
    if not reference:
        return "sans référence"
    if opens and object_kind in OBJECTS:
        return Cell(reference, reverse(f"{OBJECTS[object_kind]}:inspect", args=[object_id]))
    return reference


def run_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    _decide_or_404()
    run = _row(RetentionRun, pk)
    journal_append(action="retention.run.read", kind="retention_run", object_id=run.pk, outcome=Outcome.READ)
    page = Paginator(run.rows.select_related("kind"), PER_PAGE).get_page(request.GET.get("p"))
    opens = says_archives()
    rows = [
        (
            _reference(row.object_kind, row.object_id, row.reference, opens),
            row.kind.label,
            _day(row.due_on),
            row.get_outcome_display() or "à effacer",
        )
        for row in page
    ]
    facts = [
        ("Préparé le", _day(timezone.localtime(run.prepared_at))),
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
    return _page(request, "retention/admin/paged.html", str(run), context, crumb=str(run))


def _run_actions(run: RetentionRun) -> list[Action]:
    if not run.is_waiting:
        return []
    return [
        Action("Signer", reverse("havre_retention:run_sign", args=[run.pk]), is_main=True),
        Action("Écarter ce lot", reverse("havre_retention:run_dismiss", args=[run.pk])),
    ]


def run_sign_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    _decide_or_404()
    run = _row(RetentionRun, pk)
    data = request.POST if request.method == "POST" else None
    form = ArchivesForm(data) if says_archives() and not run.direction_by_id else ConfirmForm(data)
    return _confirm(
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
    _decide_or_404()
    run = _row(RetentionRun, pk)
    return _confirm(
        request,
        run=lambda cleaned: run_dismiss(run=run),
        title="Écarter ce lot",
        subtitle=str(run),
        intro="Rien n’est effacé. Un nouveau lot est préparé la nuit prochaine, avec ce qui sera arrivé à son terme.",
        done="Le lot est écarté.",
        back_url=reverse("havre_retention:run", args=[run.pk]),
        submit_label="Écarter",
    )


def _confirm(request: HttpRequest, *, run: Callable, form=None, back_url: str = "", **texts) -> HttpResponse:
    form = form or ConfirmForm(request.POST if request.method == "POST" else None)
    return action_page(request, form=form, run=run, back_url=back_url or str(BACK), **texts)


def rule_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Another duration: its effect is shown first, then the same form proposes it."""
    _decide_or_404()
    row = _row(RetentionKind, kind)
    rule = rules_in_force()[row.pk]
    initial = {name: getattr(rule, name) for name in ("months", "reason", "basis", "is_basis_verified")}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    effect, status = None, 200
    if form.is_bound and form.is_valid():
        if "propose" in request.POST and form.is_simulated() and _propose(form, row):
            messages.success(request, "La règle est proposée : l’autre signature la met en vigueur.")
            return redirect(BACK)
        effect = _effect(row, rule, form.cleaned_data["months"])
        form.data = form.data.copy()
        form.data["simulated"] = form.cleaned_data["months"]
    if form.errors:
        status = 422
    context = {
        "form": form,
        "listing": effect,
        "intro": f"Ce qui est gardé : {row.label}. Le délai part de : {row.starting_point}. "
        f"Ensuite : {Deed(row.deed).label}.",
        "back_url": str(BACK),
        "media": form.media,
    }
    response = _page(request, "retention/admin/rule.html", "Changer une règle", context, crumb=row.label)
    response.status_code = status
    return response


def _propose(form: RuleForm, kind: RetentionKind) -> bool:
    values = {name: form.cleaned_data[name] for name in ("months", "reason", "basis", "is_basis_verified")}
    try:
        rule_propose(kind=kind, **values)
    except ValidationError as error:
        form.add_service_error(error)
        return False
    return True


def _effect(kind: RetentionKind, rule: Rule, months: int) -> Listing:
    rows = []
    for label, duration in (("Avec cette règle", months), ("Avec la règle actuelle", rule.months)):
        found = simulate(kind, duration)
        rows.append((label, duration_words(duration), found.now, found.later))
    until = _day(today() + dt.timedelta(days=LATER_DAYS))
    headings = ("", "Durée", "Partiraient aujourd’hui", f"Partiraient d’ici au {until}")
    return Listing("Ce que cela changerait", headings, rows, "")


def rule_sign_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    _decide_or_404()
    rule = _row(RuleVersion, pk)
    kind = rule.kind
    basis = _basis(Rule(kind.pk, rule.months, rule.reason, rule.basis, rule.is_basis_verified, None))
    return _confirm(
        request,
        run=lambda cleaned: rule_sign(rule=rule),
        title="Signer une règle de conservation",
        subtitle=TITLE,
        intro=f"{kind.label[0].upper()}{kind.label[1:]} : {duration_words(rule.months)} après {kind.starting_point}. "
        f"{rule.reason} Base légale : {basis}.",
        done="La règle est en vigueur.",
        submit_label="Signer",
        listing=_effect(kind, rules_in_force()[kind.pk], rule.months),
    )


def rule_dismiss_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    _decide_or_404()
    rule = _row(RuleVersion, pk)
    return _confirm(
        request,
        run=lambda cleaned: rule_dismiss(rule=rule),
        title="Écarter une proposition",
        subtitle=TITLE,
        intro="La règle actuelle reste en vigueur.",
        done="La proposition est écartée.",
        submit_label="Écarter",
    )


def hold_page(request: HttpRequest) -> HttpResponse:
    _decide_or_404()
    return _confirm(
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
    _decide_or_404()
    hold = _row(LegalHold, pk)
    return _confirm(
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

    def get_urlpatterns(self):
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
