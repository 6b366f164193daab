"""Rules of retention: another duration is proposed once its effect was shown, then signed by a second person."""

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from cms.kit.blocks import Listing
from cms.kit.words import day
from cms.retention.admin.pages import BACK, TITLE, confirm, decide_or_404, shown
from cms.retention.enums import Deed
from cms.retention.forms import RuleForm
from cms.retention.models import RetentionKind, RuleVersion
from cms.retention.selectors import LATER_DAYS, Rule, duration_words, rules_in_force, simulate, today
from cms.retention.services.runs import rule_dismiss, rule_propose, rule_sign


def basis_words(rule: Rule) -> str:
    if not rule.basis:
        return "aucune indiquée"
    return rule.basis if rule.is_basis_verified else f"à vérifier : {rule.basis}"


def rule_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Another duration: its effect is shown first, then the same form proposes it."""
    decide_or_404()
    row = get_object_or_404(RetentionKind, pk=kind)
    rule = rules_in_force()[row.pk]
    initial = {name: getattr(rule, name) for name in ("months", "reason", "basis", "is_basis_verified")}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    effect, status = None, 200
    if form.is_bound and form.is_valid():
        if "propose" in request.POST and form.is_simulated() and _propose(form, row):
            messages.success(request, "La règle est proposée : l’autre signature la met en vigueur.")
            return redirect(BACK)
        effect = _effect(row, rule, form.cleaned_data["months"])
        data = request.POST.copy()
        data["simulated"] = form.cleaned_data["months"]
        form.data = data
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
    response = shown(request, "retention/admin/rule.html", "Changer une règle", context, crumb=row.label)
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
        simulation = simulate(kind, duration)
        rows.append((label, duration_words(duration), simulation.now, simulation.later))
    until = day(today() + dt.timedelta(days=LATER_DAYS))
    headings = ("", "Durée", "Partiraient aujourd’hui", f"Partiraient d’ici au {until}")
    return Listing("Ce que cela changerait", headings, rows, "")


def rule_sign_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    decide_or_404()
    rule = get_object_or_404(RuleVersion, pk=pk)
    kind = rule.kind
    basis = basis_words(Rule(kind.pk, rule.months, rule.reason, rule.basis, rule.is_basis_verified, None))
    return confirm(
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
    decide_or_404()
    rule = get_object_or_404(RuleVersion, pk=pk)
    return confirm(
        request,
        run=lambda cleaned: rule_dismiss(rule=rule),
        title="Écarter une proposition",
        subtitle=TITLE,
        intro="La règle actuelle reste en vigueur.",
        done="La proposition est écartée.",
        submit_label="Écarter",
    )
