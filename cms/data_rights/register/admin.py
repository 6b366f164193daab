"""The register of requests: list, page of a request, one page for each action."""

import uuid
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from cases.files.access.selectors import case_reference
from cms.data_rights.enums import Right, StepKind
from cms.data_rights.forms import CloseForm, EntrustForm, ExtendForm, IdentityForm, LinkForm, NoteForm, RegisterForm
from cms.data_rights.models import FileCopy, RightsRequest
from cms.data_rights.register.rules import time_left
from cms.data_rights.register.services import (
    ANSWERS,
    REGISTERS,
    request_close,
    request_entrust,
    request_extend,
    request_identity,
    request_link,
    request_note,
    request_register,
)
from cms.data_rights.selectors import request_get
from cms.journal.services import journal_read, refusal_queue
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import moment
from cms.users.requests import UserRequest
from cms.wall import scope

PER_PAGE = 50
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
REGISTER = {"url": reverse_lazy("havre_rights:index"), "label": "Droits des personnes"}


def keeps_register(request: HttpRequest) -> bool:
    return scope.current().has_role(*REGISTERS)


def answers(request: HttpRequest) -> bool:
    return scope.current().has_role(*ANSWERS)


def prepares_copies(request: HttpRequest) -> bool:
    return scope.current().sees_all_cases()


def request_or_404(
    request: HttpRequest, pk: UUID, *, allowed: Callable[[HttpRequest], bool] = keeps_register
) -> RightsRequest:
    if not allowed(request):
        refusal_queue("rights_request", pk, "rights.request.refused")
        raise Http404
    return request_get(pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def page_of(row: RightsRequest) -> str:
    return reverse("havre_rights:page", args=[row.pk])


def register_page(request: HttpRequest) -> HttpResponse:
    if not keeps_register(request):
        raise Http404
    page = Paginator(RightsRequest.objects.by_deadline(), PER_PAGE).get_page(request.GET.get("p"))
    today = timezone.localdate()
    rows = [
        (
            Cell(row, page_of(row)),
            row.get_right_display(),
            row.get_asker_display(),
            f"{row.received_on:%d/%m/%Y}",
            f"{row.due_on:%d/%m/%Y} ({time_left(row.due_on, today)})" if row.is_open else "",
            row.get_state_display() if row.is_open else f"{row.get_state_display()} le {row.closed_on:%d/%m/%Y}",
        )
        for row in page
    ]
    journal_read("rights_request", None, details={"count": page.paginator.count})
    headings = ("Demande", "Objet", "Qui demande", "Reçue le", "Réponse avant le", "État")
    context = {
        "next_step": "La loi donne un mois pour répondre. Les demandes en retard sont en tête.",
        "actions": [Action("Inscrire une demande", reverse("havre_rights:add"), True)],
        "blocks": [Listing("Registre des demandes", headings, rows, "Aucune demande n’est inscrite.")],
        "page": page,
        "page_title": "Droits des personnes",
        "header_title": "Droits des personnes",
        "breadcrumbs_items": [HOME, {"url": "", "label": "Droits des personnes"}],
        "header_buttons": [],
    }
    return TemplateResponse(request, "rights/admin/listing.html", context)


def add_page(request: UserRequest) -> HttpResponse:
    if not keeps_register(request):
        raise Http404
    return action_page(
        request,
        form=RegisterForm(posted(request), is_coordination=not answers(request)),
        run=lambda cleaned: request_register(by=request.user, **cleaned),
        title="Inscrire une demande",
        subtitle="Droits des personnes",
        intro="Une demande peut être orale : notez-la comme elle vient. La réponse est due un mois après sa "
        "réception.",
        done="La demande est inscrite au registre.",
        back_url=reverse("havre_rights:index"),
        submit_label="Inscrire",
    )


def request_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = request_or_404(request, pk)
    context = {
        "next_step": next_step(row),
        "actions": _actions(request, row),
        "blocks": [_facts(row), _words(row), _copies(request, row), _steps(row)],
        "page_title": "Demande de droits",
        "header_title": "Demande de droits",
        "breadcrumbs_items": [HOME, REGISTER, {"url": "", "label": str(row)}],
        "header_buttons": [],
    }
    return TemplateResponse(request, "kit/inspect.html", context)


def next_step(row: RightsRequest) -> str:
    if not row.is_open:
        return f"Cette demande est close depuis le {row.closed_on:%d/%m/%Y}."
    due = f"Réponse avant le {row.due_on:%d/%m/%Y}, {time_left(row.due_on, timezone.localdate())}."
    if not row.identity_check:
        return f"{due} Prochaine étape : vérifiez qui demande."
    if row.case_id is None:
        return f"{due} Prochaine étape : rapprochez la demande d’une situation, s’il y en a une."
    if row.right == Right.ACCESS:
        return f"{due} Prochaine étape : relisez le dossier, faites autoriser la copie, puis remettez-la."
    return f"{due} Prochaine étape : faites ce qui est demandé dans le dossier, notez-le, puis répondez."


def _facts(row: RightsRequest) -> Facts:
    checked = (
        f"{row.get_identity_check_display()}, le {row.identity_checked_on:%d/%m/%Y}" if row.identity_check else ""
    )
    extended = f"{row.get_extension_reason_display()}, le {row.extended_on:%d/%m/%Y}" if row.extended_on else "non"
    return Facts(
        "Demande",
        [
            ("Objet", row.get_right_display()),
            ("Qui demande", row.get_asker_display()),
            ("Reçue le", f"{row.received_on:%d/%m/%Y}"),
            ("Réponse avant le", f"{row.due_on:%d/%m/%Y}"),
            ("Délai prolongé", extended),
            ("Identité vérifiée", checked),
            ("Situation", _case(row)),
            ("Confiée à la coordination", row.is_with_coordination),
            ("État", row.get_state_display()),
            ("Motif du refus", row.get_refusal_reason_display() or "sans objet"),
        ],
    )


def _case(row: RightsRequest) -> Cell | str:
    if row.case_id is None:
        return ""
    return Cell(case_reference(row.case_id), reverse("havre_file:page", args=[row.case_id]))


def _words(row: RightsRequest) -> Facts:
    detail = row.detail
    lines = [("Nom du demandeur", detail.name), ("Où lui répondre", detail.contact)]
    lines += [("Ce qui est demandé", detail.words), ("Ce qui a été répondu", detail.answer)]
    return Facts("Sous scellé", lines)


def _steps(row: RightsRequest) -> Listing:
    steps = row.steps.select_related("by")
    rows = [(moment(step.at), step.get_kind_display(), step.by, step.words) for step in steps]
    return Listing("Ce qui a été fait", ("Quand", "Étape", "Par", "Précision"), rows, "")


def _copies(request: HttpRequest, row: RightsRequest) -> Listing:
    copies = list(row.copies.select_related("asked_by", "agreed_by"))
    lines, actions = [], []
    for copy in copies:
        state = f"autorisée par {copy.agreed_by}" if copy.is_agreed else "à autoriser"
        lines.append((moment(copy.asked_at), copy.asked_by, state))
        actions.append(_copy_actions(request, row, copy))
    headings = ("Relue le", "Par", "Autorisation")
    return Listing("Copie du dossier", headings, lines, "Aucune copie n’est préparée.", actions)


def _copy_actions(request: HttpRequest, row: RightsRequest, copy: FileCopy) -> list[Action]:
    if not row.is_open:
        return []
    if copy.is_agreed:
        make = reverse("havre_rights:copy_make", args=[row.pk, copy.pk])
        return [Action("Produire la copie", make, True)] if prepares_copies(request) else []
    if answers(request) and copy.asked_by_id != request.user.pk:
        return [Action("Autoriser", reverse("havre_rights:copy_agree", args=[row.pk, copy.pk]), True)]
    return []


def _actions(request: HttpRequest, row: RightsRequest) -> list[Action]:
    if not row.is_open:
        return []
    is_ready = bool(row.identity_check and row.case_id)
    offered = [
        ("Vérifier l’identité", "identity", not row.identity_check, True),
        ("Confier à la coordination", "entrust", answers(request) and not row.is_with_coordination, False),
        ("Chercher le dossier par le nom", "names", prepares_copies(request) and not row.case_id, True),
        ("Rapprocher d’une situation", "link", not row.case_id, False),
        ("Relire le dossier", "copy", is_ready and row.right == Right.ACCESS and prepares_copies(request), True),
        ("Noter ce qui est fait", "note", True, False),
        ("Prolonger le délai", "extend", answers(request) and not row.extended_on, False),
        ("Répondre", "close", answers(request), is_ready),
    ]
    return [
        Action(label, reverse(f"havre_rights:{name}", args=[row.pk]), is_main)
        for label, name, is_offered, is_main in offered
        if is_offered
    ]


def _step_page(
    request: UserRequest, row: RightsRequest, *, form: AdminForm, service: Callable[..., object], **texts: Any
) -> HttpResponse:
    return action_page(
        request,
        form=form,
        run=lambda cleaned: service(request=row, by=request.user, **cleaned),
        subtitle=str(row),
        back_url=page_of(row),
        **texts,
    )


def identity_page(request: UserRequest, pk: UUID) -> HttpResponse:
    return _step_page(
        request,
        request_or_404(request, pk),
        form=IdentityForm(posted(request)),
        service=request_identity,
        title="Vérifier l’identité du demandeur",
        intro="Demandez seulement ce qui lève le doute. Pour un mineur que son éducateur connaît, la parole de "
        "celui-ci suffit. Le délai de réponse court pendant ce temps.",
        done="L’identité du demandeur est vérifiée.",
    )


def entrust_page(request: UserRequest, pk: UUID) -> HttpResponse:
    return _step_page(
        request,
        request_or_404(request, pk, allowed=answers),
        form=EntrustForm(posted(request)),
        service=request_entrust,
        title="Confier à la coordination",
        intro="La coordination lira cette demande, cherchera le dossier par le nom et en préparera la copie.",
        done="La coordination voit cette demande.",
        submit_label="Confier",
    )


def link_page(request: UserRequest, pk: UUID) -> HttpResponse:
    row = request_or_404(request, pk)
    form = LinkForm(posted(request), initial={"reference": _proposed(request.GET.get("situation", ""))})
    return action_page(
        request,
        form=form,
        run=lambda cleaned: request_link(request=row, by=request.user, case_id=cast(UUID, form.case_id)),
        title="Rapprocher d’une situation",
        subtitle=str(row),
        intro="La coordination voit alors la demande, et le dossier en garde une ligne.",
        done="La demande est rapprochée de la situation.",
        back_url=page_of(row),
        submit_label="Rapprocher",
    )


def _proposed(case_id: str) -> str:
    """Return the reference of the situation found by name: an address carries an id, never a reference."""
    try:
        return case_reference(uuid.UUID(case_id)) if case_id else ""
    except ValueError:
        return ""


def extend_page(request: UserRequest, pk: UUID) -> HttpResponse:
    return _step_page(
        request,
        request_or_404(request, pk, allowed=answers),
        form=ExtendForm(posted(request)),
        service=request_extend,
        title="Prolonger le délai",
        intro="La loi permet deux mois de plus, une seule fois, si la demande est complexe ou s’il y en a plusieurs. "
        "La personne doit en être informée dans le premier mois.",
        done="Le délai est prolongé de deux mois.",
        submit_label="Prolonger",
    )


def note_page(request: UserRequest, pk: UUID) -> HttpResponse:
    return _step_page(
        request,
        request_or_404(request, pk),
        form=NoteForm(posted(request), initial={"kind": StepKind.NOTE.value}),
        service=request_note,
        title="Noter ce qui est fait",
        done="C’est noté.",
    )


def close_page(request: UserRequest, pk: UUID) -> HttpResponse:
    return _step_page(
        request,
        request_or_404(request, pk, allowed=answers),
        form=CloseForm(posted(request)),
        service=request_close,
        title="Répondre",
        intro="Notez ici la réponse envoyée à la personne : la demande se ferme.",
        done="La demande est close.",
        submit_label="Clore la demande",
    )
