"""Screens of the documents as rows: who signs each, its delay, whom it is shown to, and what waits for two people."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy

from cms.decisions.services import OVER, YOURS
from cms.documents.enums import DocumentKind, KindStep, Signer
from cms.documents.kinds.forms import ChangeKindForm, DecisionForm, KindReasonForm, NewKindForm, SignForm
from cms.documents.kinds.models import KindDecision
from cms.documents.kinds.selectors import manages, signatures_held
from cms.documents.kinds.services import (
    document_change,
    document_create,
    document_retire,
    document_return,
    document_unsign,
    document_validate,
    kind_agree,
    kind_ask,
    kind_dismiss,
)
from cms.documents.kinds.words import SHORT, bound_words, decision_words, step_words
from cms.documents.signatures.selectors import State, adherence_list
from cms.documents.versions.models import Document
from cms.documents.versions.selectors import delay_days, version_in_force
from cms.kit.blocks import Action, Cell, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import moment
from cms.users.requests import UserRequest

TITLE = "Documents à lire ou à signer"
BACK = reverse_lazy("documents_kinds")


def _document(kind: str) -> Document:
    row = Document.objects.filter(kind=kind).first() if manages() else None
    if row is None:
        raise Http404
    return row


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def kinds_view(request: UserRequest) -> HttpResponse:
    if not manages():
        raise Http404
    rows = list(Document.objects.order_by("-is_builtin", "title"))
    waiting = {row.document_id: row for row in KindDecision.objects.waiting()}
    days = delay_days()
    listing = Listing(
        TITLE,
        ("Document", "Qui signe", "Délai", "Rappels", "Validation à deux", "État"),
        [
            (
                Cell(row.title, reverse("documents_kind", args=[row.kind])),
                "demandé, à accorder" if row.pk in waiting and not row.must_be_acknowledged else _signer(row),
                f"{row.ack_days or days} jours" if row.must_be_acknowledged else "",
                row.must_be_acknowledged and row.is_reminded,
                row.is_validated,
                f"retiré le {row.retired_on:%d/%m/%Y}" if row.retired_on else "en service",
            )
            for row in rows
        ],
        "Aucun document.",
        [_actions(row, request.user.pk, waiting.get(row.pk)) for row in rows],
    )
    intro = (
        "Chaque document du réseau : qui le signe, dans quel délai, où il se montre. Un document que vous ajoutez se "
        "rédige, se fige en versions, se compare et se signe comme les autres. Le faire signer, ou le retirer quand "
        "des signatures en tiennent, se décide à deux."
    )
    actions = [
        Action("Nouveau document", reverse("documents_kind_new"), is_main=True),
        Action("Versions", reverse("havre_config:versions", args=["documents"])),
    ]
    return _page(request, TITLE, intro=intro, actions=actions, blocks=[listing])


def _page(request: UserRequest, title: str, **context: Any) -> HttpResponse:
    crumbs = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
        {"url": BACK if title != TITLE else "", "label": TITLE},
    ]
    context["breadcrumbs_items"] = crumbs if title == TITLE else [*crumbs, {"url": "", "label": title}]
    context |= {"header_title": title, "page_title": title, "header_icon": "doc-full"}
    return TemplateResponse(request, "configuration/config.html", context)


def _signer(row: Document) -> str:
    return SHORT[Signer(row.signed_by)]


def _actions(row: Document, user_id: UUID, decision: KindDecision | None) -> list[Action]:
    def to(name: str) -> str:
        return reverse(f"documents_kind_{name}", args=[row.kind])

    actions = []
    if decision is not None:
        url, is_mine = reverse("documents_kind_decision", args=[decision.pk]), decision.asked_by_id == user_id
        actions.append(Action("Votre demande" if is_mine else "Décider", url, is_main=not is_mine))
    if row.retired_on:
        return [*actions, Action("Remettre en service", to("return"))]
    if row.must_be_acknowledged:
        actions.append(Action("Signatures", to("signatures")))
    if row.kind != DocumentKind.CURRICULUM:
        actions += [Action("Publier à une personne" if row.is_validated else "Valider à deux", to("validation"))]
    if not row.is_builtin:
        actions += [Action("Ne plus faire signer", to("unsign"))] if row.must_be_acknowledged else []
        actions += [Action("Faire signer", to("sign"))] if not row.must_be_acknowledged and not decision else []
        actions.append(Action("Retirer", to("retire")))
    return actions


def new_view(request: UserRequest) -> HttpResponse:
    if not manages():
        raise Http404
    form = NewKindForm(_data(request))
    return action_page(
        request,
        form=form,
        run=lambda cleaned: document_create(by=request.user, **form.given()),
        title="Nouveau document",
        subtitle=TITLE,
        intro="Une charte, un protocole, une procédure : une introduction et des articles. On le rédige ensuite, puis "
        "une publication fige la première version.",
        done="Le document est ajouté : écrivez ses articles, puis publiez sa première version.",
        back_url=str(BACK),
        submit_label="Ajouter le document",
        impact=_new_words,
    )


def _new_words(cleaned: dict[str, Any]) -> list[str]:
    if cleaned["signed_by"] == Signer.NOBODY:
        return ["Personne n’a rien à signer. Le document se lit quand sa première version est en vigueur."]
    return [
        bound_words(cleaned["signed_by"]),
        "Le faire signer attend l’accord d’une autre personne : d’ici là, il se lit.",
    ]


def kind_view(request: UserRequest, kind: str) -> HttpResponse:
    row = _document(kind)
    form = ChangeKindForm(_data(request), instance=row)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: document_change(document=_document(kind), by=request.user, **form.given()),
        title=row.title,
        subtitle=TITLE,
        intro=_kind_words(row),
        done="Le document est modifié.",
        back_url=str(BACK),
        impact=lambda cleaned: [_change_words(Document.objects.get(pk=row.pk), cleaned)],
        submit_label="Mettre en vigueur",
    )


def _kind_words(row: Document) -> str:
    origin = "Ce document vient avec le produit : son titre et qui le signe ne se changent pas. "
    since = f", depuis le {row.signed_from:%d/%m/%Y}" if row.signed_from else ""
    return f"{origin if row.is_builtin else ''}Qui signe : {_signer(row)}{since}."


def _change_words(row: Document, cleaned: dict[str, Any]) -> str:
    """Say who would be late on the day when the delay is saved, and who is today."""
    version = version_in_force(row.kind)
    if not row.must_be_acknowledged or version is None:
        return "Rien n’est à signer aujourd’hui : ce changement ne touche personne."
    now = sum(one.state == State.LATE for one in adherence_list(version))
    version.document.ack_days = cleaned.get("ack_days", row.ack_days)
    after = sum(one.state == State.LATE for one in adherence_list(version))
    return f"Partenaires à régulariser aujourd’hui : {now}. Avec ce changement : {after}."


def _decide(
    request: UserRequest,
    kind: str,
    *,
    run: Callable[[Document, dict[str, Any]], object],
    form: AdminForm | None = None,
    **texts: Any,
) -> HttpResponse:
    row = _document(kind)
    return action_page(
        request,
        form=form or KindReasonForm(_data(request)),
        run=lambda cleaned: run(row, cleaned),
        subtitle=TITLE,
        back_url=str(BACK),
        **texts,
    )


ASKED = "C’est demandé : une autre personne décide. Rien ne change d’ici là."


def sign_view(request: UserRequest, kind: str) -> HttpResponse:
    return _decide(
        request,
        kind,
        form=SignForm(_data(request)),
        run=lambda row, cleaned: kind_ask(document=row, step=KindStep.SIGN, by=request.user, **cleaned),
        title="Faire signer ce document",
        intro="Le délai court du jour de l’accord. Rien ne change tant qu’une autre personne de la coordination ou de "
        "la direction ne l’a pas accordé.",
        impact=lambda cleaned: [bound_words(cleaned["signed_by"])],
        done=ASKED,
        submit_label="Demander",
    )


def unsign_view(request: UserRequest, kind: str) -> HttpResponse:
    return _decide(
        request,
        kind,
        run=lambda row, cleaned: document_unsign(document=row, by=request.user, **cleaned),
        title="Ne plus faire signer ce document",
        intro="Plus personne n’a à le signer, dès maintenant ; les rappels s’arrêtent. Les signatures données "
        "restent, avec leurs reçus.",
        done="Plus personne n’a à signer ce document.",
        submit_label="Ne plus faire signer",
    )


def validation_view(request: UserRequest, kind: str) -> HttpResponse:
    """Ask that another person validate each version: at once. Asking no more takes two people."""
    row = _document(kind)
    if row.is_validated:
        return _decide(
            request,
            kind,
            run=lambda row, cleaned: kind_ask(document=row, step=KindStep.ALONE, by=request.user, **cleaned),
            title="Publier sans seconde personne",
            intro=f"{step_words(row, KindStep.ALONE)} Une autre personne doit l’accorder.",
            done=ASKED,
            submit_label="Demander",
        )
    return _decide(
        request,
        kind,
        run=lambda row, cleaned: document_validate(document=row, by=request.user, **cleaned),
        title="Faire valider chaque version",
        intro="Une autre personne, qui n’a rien écrit de ce qui change, valide chaque version à venir.",
        done="Chaque version à venir sera validée par une autre personne.",
        submit_label="Faire valider",
    )


def retire_view(request: UserRequest, kind: str) -> HttpResponse:
    row = _document(kind)
    is_signed = bool(signatures_held(row))
    free = "Personne ne l’a signé. Il ne se lit plus dans la liste du portail et ne se publie plus."
    return _decide(
        request,
        kind,
        run=lambda row, cleaned: document_retire(document=row, by=request.user, **cleaned),
        title="Retirer ce document",
        intro=f"{step_words(row, KindStep.RETIRE)} Une autre personne doit l’accorder." if is_signed else free,
        done=ASKED if is_signed else "Le document est retiré.",
        submit_label="Demander" if is_signed else "Retirer",
    )


def return_view(request: UserRequest, kind: str) -> HttpResponse:
    return _decide(
        request,
        kind,
        run=lambda row, cleaned: document_return(document=row, by=request.user, **cleaned),
        title="Remettre ce document en service",
        intro="Il se lit et se publie de nouveau. Le faire signer se décide à deux.",
        done="Le document est de nouveau en service.",
        submit_label="Remettre en service",
    )


def decision_view(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show what somebody asked, with partners counted again, and ask for a decision."""
    rows = KindDecision.objects.select_related("document", "asked_by")
    row = rows.filter(pk=pk).first() if manages() else None
    if row is None:
        raise Http404
    if not row.is_waiting:
        messages.info(request, OVER)
        return redirect(str(BACK))
    is_mine = row.asked_by_id == request.user.pk
    asked = f"Demandé par {row.asked_by} le {moment(row.asked_at)} : {row.reason}"
    return action_page(
        request,
        form=DecisionForm(_data(request), is_mine=is_mine),
        run=lambda cleaned: _run(request, row, cleaned["verb"]),
        title=f"Décider : {row.document.title}",
        subtitle=TITLE,
        intro=f"{decision_words(row)} {asked}{f' {YOURS}' if is_mine else ''}",
        done=lambda done: "C’est accordé." if done.is_agreed else "La demande est écartée : rien ne change.",
        back_url=str(BACK),
        submit_label="Décider",
    )


def _run(request: UserRequest, row: KindDecision, verb: str) -> KindDecision:
    run = kind_agree if verb == "agree" else kind_dismiss
    return run(decision=row, by=request.user)


def signatures_view(request: UserRequest, kind: str) -> HttpResponse:
    """Who signed, who has still to, and until when."""
    row = _document(kind)
    if not row.must_be_acknowledged:
        raise Http404
    version = version_in_force(row.kind)
    found = adherence_list(version) if version else []
    listing = Listing(
        "Signatures",
        ("Partenaire", "Où il en est", "Dernière signature", "Avant le"),
        [
            (
                one.partner.code_name,
                one.label,
                Cell(
                    f"version {one.signed.version.number}, le {one.signed.signed_at:%d/%m/%Y}",
                    reverse("referentiel:receipt", args=[one.signed.pk]),
                )
                if one.signed
                else "",
                "" if one.is_up_to_date else f"{one.due_on:%d/%m/%Y}",
            )
            for one in found
        ],
        "Aucune version n’est en vigueur, ou personne n’a à la signer.",
    )
    done = sum(one.is_up_to_date for one in found)
    facts = f"Version {version.number} : {done} sur {len(found)} ont signé." if version else ""
    return _page(request, f"Signatures : {row.title}", intro=facts, actions=[], blocks=[listing])
