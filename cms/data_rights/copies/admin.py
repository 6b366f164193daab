"""Finding a file by an exact name, reading it through, agreeing on the copy, making it."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from cms.data_rights.copies.papers import copy_json, copy_pdf
from cms.data_rights.copies.rules import Item
from cms.data_rights.copies.services import LEAVES, copy_agree, copy_items, copy_make, copy_prepare
from cms.data_rights.enums import WithheldReason
from cms.data_rights.forms import AgreeForm, NameForm, ReadThroughForm
from cms.data_rights.models import FileCopy, RightsRequest
from cms.data_rights.register.admin import HOME, answers, page_of, posted, prepares_copies, request_or_404
from cms.data_rights.selectors import cases_by_name, searches_left
from cms.kit.blocks import Action, Cell, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.sessions.step_up import fresh_required
from cms.users.requests import UserRequest
from cms.wall.models import Reveal
from cms.wall.reveals.admin import reveal_page, until
from cms.wall.reveals.services import reveal_live

NAME = "copie"
"""Of the file handed out: nothing of the person, nor of the network."""
SPENT = (
    "Vous avez fait toutes les recherches de cette heure. Attendez un peu : une recherche par nom ne se fait pas en "
    "série."
)


class MakeForm(AdminForm):
    format = forms.ChoiceField(
        label="Sous quelle forme ?",
        choices=[("pdf", "À lire ou à imprimer (PDF)"), ("json", "À relire par un logiciel (JSON)")],
        widget=forms.RadioSelect,
        initial="pdf",
        error_messages={"required": "Choisissez une forme."},
    )


def names_page(request: HttpRequest) -> HttpResponse:
    if not prepares_copies(request):
        raise Http404
    return _names(request, None)


def request_names_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _names(request, request_or_404(request, pk, allowed=prepares_copies))


def _names(request: HttpRequest, row: RightsRequest | None) -> HttpResponse:
    """Search by a name that is posted and never enters an address; what is found shows the reference alone."""
    form, matches = NameForm(posted(request)), None
    if form.is_valid():
        matches = cases_by_name(text=form.cleaned_data["name"])
        if matches is None:
            form.add_error("name", SPENT)
    context = {
        "form": form,
        "left": searches_left(),
        "listing": _found(matches, row) if matches is not None else None,
        "page_title": "Recherche par nom exact",
        "header_title": "Recherche par nom exact",
        "breadcrumbs_items": [HOME, *_trail(row), {"url": "", "label": "Recherche par nom exact"}],
        "header_buttons": [],
        "media": form.media,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "rights/admin/names.html", context, status=status)


def _trail(row: RightsRequest | None) -> list[dict[str, Any]]:
    return [{"url": page_of(row), "label": str(row)}] if row else []


def _found(cases: list, row: RightsRequest | None) -> Listing:
    lines = [
        (
            Cell(case, reverse("cases_case:inspect", args=[case.pk])),
            f"{case.opened_on:%d/%m/%Y}",
            f"close le {case.closed_on:%d/%m/%Y}" if case.closed_on else "ouverte",
        )
        for case in cases
    ]
    actions = []
    if row and row.is_open and not row.case_id:
        link = reverse("havre_rights:link", args=[row.pk])
        actions = [[Action("Rapprocher", f"{link}?situation={case.pk}", True)] for case in cases]
    empty = "Aucune situation ne porte exactement ce nom. Essayez le nom seul, ou une autre identité connue."
    return Listing("Situations trouvées", ("Situation", "Ouverte le", "État"), lines, empty, actions)


def copy_page(request: UserRequest, pk: UUID) -> HttpResponse:
    """First the identity, opened with a reason; then every passage, one by one."""
    row = request_or_404(request, pk, allowed=prepares_copies)
    if answer := fresh_required(request):
        return answer
    try:
        items = copy_items(request=row)
    except ValidationError as error:
        if error.code == "reveal":
            return _reveal(request, row)
        return _refused(request, row, error)
    form = ReadThroughForm(posted(request), items=items)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: copy_prepare(request=row, by=request.user, choices=form.chosen()),
        title="Relire le dossier",
        subtitle=str(row),
        intro="Les noms de professionnels et de structures connus de Havre sont déjà remplacés. Lisez chaque passage "
        ": s’il parle d’une autre personne ou fait reconnaître un lieu, il reste. Rien n’est coché d’avance. "
        f"L’identité est ouverte pour vous jusqu’à {_until(row)} : gardez vos choix avant.",
        done="Le dossier est relu. Une seconde personne doit autoriser la copie.",
        back_url=page_of(row),
        submit_label="Garder ces choix",
        listing=_automatic(items),
    )


def _until(row: RightsRequest) -> str:
    return until(cast(Reveal, reveal_live(kind="case", object_id=cast(UUID, row.case_id))))


def _automatic(items: Iterable[Item]) -> Listing:
    lines = [(item.section, item.label, item.value) for item in items if not item.is_read_through]
    return Listing("Ce qui part de toute façon", ("Partie", "Ligne", "Contenu"), lines, "Rien.")


def _reveal(request: UserRequest, row: RightsRequest) -> HttpResponse:
    """Draw the ordinary opening, with its reason; it comes back here once open."""
    if row.case_id is None:
        raise Http404
    return reveal_page(
        request,
        kind="case",
        object_id=row.case_id,
        read=list,
        title="Ouvrir l’identité",
        subtitle=str(row),
        back_url=page_of(row),
    )


def _refused(request: HttpRequest, row: RightsRequest, error: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(error.messages))
    return redirect(page_of(row))


def _copy(row: RightsRequest, copy_id: UUID) -> FileCopy:
    return get_object_or_404(FileCopy.objects.select_related("request"), pk=copy_id, request=row)


def copy_agree_page(request: UserRequest, pk: UUID, copy_id: UUID) -> HttpResponse:
    """Show by its name what leaves and what stays: data protection agrees without reading the file."""
    row = request_or_404(request, pk, allowed=answers)
    if answer := fresh_required(request):
        return answer
    copy = _copy(row, copy_id)
    return action_page(
        request,
        form=AgreeForm(posted(request)),
        run=lambda cleaned: copy_agree(copy=copy, by=request.user),
        title="Autoriser la copie",
        subtitle=str(row),
        intro=f"Dossier relu par {copy.asked_by} le {timezone.localtime(copy.asked_at):%d/%m/%Y}. Les faits "
        "codés partent tous ; les passages ci-dessous ont été lus un par un.",
        done="La copie est autorisée : la coordination peut la produire.",
        back_url=page_of(row),
        submit_label="Autoriser",
        listing=_decisions(copy),
    )


def _decisions(copy: FileCopy) -> Listing:
    parts = {"identity": "Identité", "case": "Situation", "asked": "Demande", "incident": "Événement"}
    lines = [
        (
            parts.get(key.split(".")[0], ""),
            key.rsplit(".", 1)[-1],
            "part" if choice == LEAVES else WithheldReason(choice).label,
        )
        for key, choice in copy.choices.items()
    ]
    return Listing("Passages relus", ("Partie", "Passage", "Décision"), lines, "Aucun passage n’était à relire.")


def copy_make_page(request: UserRequest, pk: UUID, copy_id: UUID) -> HttpResponse:
    row = request_or_404(request, pk, allowed=prepares_copies)
    if answer := fresh_required(request):
        return answer
    copy = _copy(row, copy_id)
    if row.case_id is None or reveal_live(kind="case", object_id=row.case_id) is None:
        return _reveal(request, row)
    form = MakeForm(posted(request))
    if form.is_valid():
        try:
            return _file(copy, copy_make(copy=copy, by=request.user), form.cleaned_data["format"])
        except ValidationError as error:
            form.add_service_error(error)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: None,
        title="Produire la copie",
        subtitle=str(row),
        intro="La copie est faite à l’instant et Havre n’en garde pas d’exemplaire. Remettez-la en main propre ou par "
        "un moyen sûr, et effacez le fichier de votre ordinateur.",
        done="",
        back_url=page_of(row),
        submit_label="Produire",
    )


def _file(copy: FileCopy, items: list[Item], kind: str) -> HttpResponse:
    make, content_type = {"pdf": (copy_pdf, "application/pdf"), "json": (copy_json, "application/json")}[kind]
    response = HttpResponse(make(copy, items), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}.{kind}"'
    return response
