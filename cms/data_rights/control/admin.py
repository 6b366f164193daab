"""What data protection and the direction check: alerts, months of the journal, the monthly review of accesses."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cms.data_rights.control.services import alert_receive, review_sign
from cms.data_rights.forms import HoldForm, LiftForm, MonthApproveForm, ReceiveForm, ReviewForm
from cms.data_rights.models import AccessReview
from cms.data_rights.register.admin import HOME, answers, posted
from cms.data_rights.register.rules import months_after
from cms.data_rights.selectors import (
    Activity,
    Review,
    holds_placed,
    months_waiting,
    names_of,
    night_last,
    review_of,
    reviews_of,
)
from cms.journal.anchors import AnchorError, anchors_read
from cms.journal.enums import Outcome
from cms.journal.models import JournalHold, JournalMonth
from cms.journal.months import hold_lift, hold_place, month_approve, month_obstacle
from cms.journal.services import journal_append, refusal_queue
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.pages import action_page
from cms.kit.words import action_words, moment, month_long
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.models import Alert

ANCHOR_HOURS = 48
"""An anchor is kept each night: two nights without one is a fault."""


def controls(request: HttpRequest) -> None:
    if not answers(request):
        raise Http404


def alert_page(request: UserRequest, pk: UUID) -> HttpResponse:
    if not answers(request):
        refusal_queue("alert", pk, "alert.refused")
        raise Http404
    alert = get_object_or_404(Alert.objects.select_related("raised_by"), pk=pk)
    return action_page(
        request,
        form=ReceiveForm(posted(request)),
        run=lambda cleaned: alert_receive(alert=alert, by=request.user, **cleaned),
        title="Prendre une alerte en compte",
        subtitle=alert.reference,
        intro=f"{alert.raised_by} a brisé la glace le {moment(alert.raised_at)}. Ses deux phrases sont dans la revue "
        "des accès du mois.",
        done="L’alerte est prise en compte.",
        back_url=reverse("wagtailadmin_home"),
        submit_label="J’en ai pris connaissance",
    )


def journal_page(request: HttpRequest) -> HttpResponse:
    """Is the journal whole, and which months may leave?"""
    controls(request)
    blocks = [_night(), _anchors(), _months(request), _holds()]
    return block_page(
        request,
        title="Garde du journal",
        intro="Le journal se garde entier tant que son délai court. Un mois s’en va lorsque la direction et la "
        "protection des données l’ont signé toutes les deux.",
        blocks=blocks,
        actions=[Action("Tout garder à partir d’un mois", reverse("havre_guard:hold"))],
    )


def block_page(
    request: HttpRequest,
    *,
    title: str,
    intro: str,
    blocks: list,
    actions: Sequence[Action] = (),
    trail: Sequence[dict[str, Any]] = (),
) -> HttpResponse:
    context = {
        "next_step": intro,
        "blocks": blocks,
        "actions": actions,
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": [HOME, *trail, {"url": "", "label": title}],
        "header_buttons": [],
    }
    return TemplateResponse(request, "kit/inspect.html", context)


def night_words() -> tuple[str, bool]:
    """Return what the last verification found, in words, and whether somebody must look at it."""
    last = night_last()
    if last is None:
        return "Aucune vérification n’a encore tourné.", True
    when = f"{timezone.localtime(last.at):%d/%m/%Y à %H:%M}"
    if last.count:
        return f"{last.count} problème{'s' if last.count > 1 else ''} à la vérification du {when}.", True
    if last.at < timezone.now() - dt.timedelta(hours=ANCHOR_HOURS):
        return f"La dernière vérification date du {when} : elle devrait tourner chaque nuit.", True
    return f"Rien à signaler à la vérification du {when}.", False


def anchor_words() -> tuple[str, bool]:
    """When the last line of the journal was last kept outside, and whether somebody must look at it."""
    try:
        anchors = anchors_read()
    except AnchorError as error:
        return f"{str(error)[:1].upper()}{str(error)[1:]}.", True
    if not anchors:
        return "Aucune ancre dans un fichier : gardez celles que vous recevez par courriel.", True
    last = anchors[-1]
    words = f"Dernière ancre le {timezone.localtime(last.at):%d/%m/%Y à %H:%M}, à la ligne {last.seq}."
    return words, last.at < timezone.now() - dt.timedelta(hours=ANCHOR_HOURS)


def _night() -> Facts:
    last = night_last()
    lines = [("Résultat", night_words()[0])]
    if last:
        lines += [(label, " ; ".join(messages)) for label, messages in last.problems.items()]
    return Facts("Vérification de la nuit", lines)


def _anchors() -> Facts:
    return Facts("Ancres hors de la base", [("État", anchor_words()[0])])


def _months(request: HttpRequest) -> Listing:
    months = list(months_waiting())
    names = names_of({pk for row in months for pk in (row.direction_by_id, row.dpo_by_id)})
    lines, actions = [], []
    for row in months:
        obstacle = month_obstacle(row.month)
        mine = request.user.pk in (row.direction_by_id, row.dpo_by_id)
        lines.append(
            (
                month_long(row.month),
                row.line_count,
                names.get(row.direction_by_id, "attendu"),
                names.get(row.dpo_by_id, "attendu"),
                obstacle or "ce mois peut partir",
            )
        )
        sign = Action("Signer", reverse("havre_guard:month", args=[row.pk]), True)
        actions.append([] if obstacle or mine or _is_signed(row) else [sign])
    headings = ("Mois", "Lignes", "Accord de la direction", "Accord de la protection des données", "État")
    return Listing("Mois proposés au retrait", headings, lines, "Aucun mois n’a dépassé son délai.", actions)


def _is_signed(row: JournalMonth) -> bool:
    return bool(row.direction_at and row.dpo_at)


def _holds() -> Listing:
    holds = list(holds_placed())
    names = names_of({row.placed_by_id for row in holds})
    lines = [
        (month_long(row.from_month), row.get_reason_display(), names.get(row.placed_by_id, ""), moment(row.placed_at))
        for row in holds
    ]
    actions = [[Action("Lever", reverse("havre_guard:lift", args=[row.pk]))] for row in holds]
    headings = ("À partir de", "Motif", "Posée par", "Le")
    return Listing("Conservations forcées", headings, lines, "Aucune : les mois partent à leur terme.", actions)


def month_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    controls(request)
    if answer := fresh_required(request):
        return answer
    month = get_object_or_404(months_waiting(), pk=pk)
    return action_page(
        request,
        form=MonthApproveForm(posted(request), month=f"{month.month:%m/%Y}"),
        run=lambda cleaned: month_approve(month=month),
        title="Signer le retrait d’un mois",
        subtitle="Garde du journal",
        intro=f"Les {month.line_count} lignes de {month_long(month.month)} quitteront le journal la nuit qui suit "
        "les deux accords, pour toujours. Leur empreinte reste, et prouve que rien d’autre n’a été retiré.",
        done="Votre accord est signé.",
        back_url=reverse("havre_guard:index"),
        submit_label="Signer",
    )


def hold_page(request: HttpRequest) -> HttpResponse:
    controls(request)
    return action_page(
        request,
        form=HoldForm(posted(request)),
        run=lambda cleaned: hold_place(**cleaned),
        title="Tout garder à partir d’un mois",
        subtitle="Garde du journal",
        intro="Aucune ligne ne s’en va tant que cette conservation n’est pas levée, même si le délai est passé.",
        done="Le journal est gardé à partir de ce mois.",
        back_url=reverse("havre_guard:index"),
        submit_label="Tout garder",
    )


def lift_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    controls(request)
    hold = get_object_or_404(JournalHold, pk=pk, lifted_at=None)
    return action_page(
        request,
        form=LiftForm(posted(request)),
        run=lambda cleaned: hold_lift(hold_id=hold.pk),
        title="Lever une conservation",
        subtitle="Garde du journal",
        intro=f"Depuis {month_long(hold.from_month)}, pour : {hold.get_reason_display().lower()}. Les mois qui ont "
        "dépassé leur délai pourront partir, une fois signés.",
        done="La conservation est levée.",
        back_url=reverse("havre_guard:index"),
        submit_label="Lever",
    )


FIRST_MONTH = dt.date(2020, 1, 1)
"""Nobody read anything before: no month without review is older."""


def month_or_404(year: int, month: int) -> dt.date:
    """Return the first day of a month that has begun."""
    try:
        first = dt.date(year, month, 1)
    except (ValueError, OverflowError):
        raise Http404 from None
    if not FIRST_MONTH <= first <= timezone.localdate():
        raise Http404
    return first


def last_month() -> dt.date:
    return months_after(timezone.localdate().replace(day=1), -1)


def reviews_page(request: HttpRequest) -> HttpResponse:
    """List the months to review, and the reviews kept."""
    controls(request)
    signed = list(AccessReview.objects.select_related("signed_by")[:60])
    done = {row.month for row in signed if row.month}
    recent = [months_after(timezone.localdate().replace(day=1), -number) for number in range(13)]
    lines = [
        (
            Cell(month_long(month), review_url(month)),
            "faite" if month in done else "en cours" if number == 0 else "à faire",
        )
        for number, month in enumerate(recent)
    ]
    rows = [
        (Cell(month_long(row.month), review_url(row.month)), row.signed_by, moment(row.signed_at), row.remarks)
        for row in signed
    ]
    return block_page(
        request,
        title="Revue des accès",
        intro="Chaque mois, la protection des données regarde qui a ouvert quoi, puis signe.",
        blocks=[
            Listing("Mois", ("Mois", "Revue"), lines, ""),
            Listing("Revues signées", ("Mois", "Par", "Le", "Remarques"), rows, "Aucune revue n’est signée."),
        ],
    )


def review_url(month: dt.date) -> str:
    return reverse("havre_review:month", args=[month.year, month.month])


def review_page(request: HttpRequest, year: int, month: int) -> HttpResponse:
    controls(request)
    first = month_or_404(year, month)
    journal_append(action="rights.review.read", outcome=Outcome.READ, details={"month": f"{first:%Y-%m}"})
    review, signed = review_of(first), reviews_of(first)
    is_over = first <= last_month()
    may_sign = (
        is_over and scope.current().has_role(Role.DPO) and request.user.pk not in {r.signed_by_id for r in signed}
    )
    actions = [Action("Revue faite", reverse("havre_review:sign", args=[year, month]), True)] if may_sign else []
    return block_page(
        request,
        title=f"Accès de {month_long(first)}",
        intro="Ce mois n’est pas fini : il se signe le mois suivant." if not is_over else _signed_words(signed),
        blocks=_review_blocks(review, signed),
        actions=actions,
        trail=[{"url": reverse("havre_review:index"), "label": "Revue des accès"}],
    )


def _signed_words(signed: list[AccessReview]) -> str:
    if not signed:
        return "Lisez ce qui sort de l’ordinaire, demandez des explications s’il le faut, puis signez la revue."
    return " ".join(f"Revue signée par {row.signed_by} le {moment(row.signed_at)}." for row in signed)


def _review_blocks(review: Review, signed: list[AccessReview]) -> list[Facts | Listing]:
    figures = review.figures()
    totals = [
        ("Ouvertures de dossiers", figures["readings"]),
        ("Identités et adresses ouvertes", figures["reveals"]),
        ("Bris de glace", figures["break_glass"]),
        ("Accès refusés", figures["refused"]),
        ("Exports", figures["exports"]),
        ("Ouvertures entre 22 h et 6 h", figures["night"]),
    ]
    glass = [
        (moment(row.starts_at), row.user, reference, row.get_reason_display(), row.words, row.necessity)
        for row, reference in review.glass
    ]
    exports = [
        (moment(line.at), who, action_words(line.action), line.details.get("rows", "")) for line, who in review.exports
    ]
    remarks = [(f"{row.signed_by}, le {moment(row.signed_at)}", row.remarks or "sans remarque") for row in signed]
    return [
        Facts("En tout", totals),
        _people("À regarder", review.unusual(), "Personne n’a ouvert beaucoup plus de dossiers que d’habitude."),
        Listing(
            "Bris de glace",
            ("Quand", "Qui", "Dossier", "Motif", "Ce qu’il fallait vérifier", "Pourquoi rien d’autre ne suffisait"),
            glass,
            "Personne n’a brisé la glace.",
        ),
        Listing("Exports", ("Quand", "Qui", "Quoi", "Lignes"), exports, "Rien n’a été exporté."),
        _people("Chaque personne", review.people, "Aucun dossier n’a été ouvert."),
        *([Facts("Remarques", remarks)] if remarks else []),
    ]


def _people(title: str, people: list[Activity], empty: str) -> Listing:
    headings = (
        *("Qui", "Dossiers", "D’habitude", "Ouvertures", "La nuit", "Sans y avoir rien fait"),
        *("Identités", "Refus", "Exports"),
    )
    lines = [
        (
            one.person,
            one.files,
            "premier mois" if one.median is None else f"{one.median:g}".replace(".", ","),
            one.readings,
            one.night,
            one.strange,
            one.reveals,
            one.refused,
            one.exports,
        )
        for one in people
    ]
    return Listing(title, headings, lines, empty)


def sign_page(request: UserRequest, year: int, month: int) -> HttpResponse:
    if not scope.current().has_role(Role.DPO):
        raise Http404
    first = month_or_404(year, month)

    def run(cleaned: dict[str, Any]) -> None:
        if first > last_month():
            raise ValidationError("Ce mois n’est pas fini.")
        review_sign(month=first, by=request.user, figures=review_of(first).figures(), remarks=cleaned["remarks"])

    return action_page(
        request,
        form=ReviewForm(posted(request)),
        run=run,
        title="Revue faite",
        subtitle=f"Accès de {month_long(first)}",
        intro="Votre signature, vos remarques et les chiffres du mois sont gardés et ne changent plus.",
        done="La revue est signée.",
        back_url=review_url(first),
        submit_label="Signer la revue",
    )
