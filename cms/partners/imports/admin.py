"""Importing partners in the admin: first what a workbook would do, then the same lines, entered together."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy

from cms.files.rules.antivirus import scan
from cms.kit.constraints import sentence_for
from cms.kit.forms.admin import AdminForm
from cms.kit.xlsx.lists import workbook_response
from cms.partners.imports.rules import MOST_ROWS, ImportReport, Line, book_lines, lines_check, template_book
from cms.partners.imports.services import partners_import
from cms.wall import scope

TITLE = "Importer des partenaires"
SHOWN = 100
GOOD_FOR_SECONDS = 3600


class BookForm(AdminForm):
    file = forms.FileField(
        label="Classeur",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=f"Le modèle rempli, {MOST_ROWS} lignes et 2 Mo au plus. Sans nom réel ni adresse de structure.",
        error_messages={"required": "Choisissez un classeur.", "empty": "Ce fichier est vide."},
    )

    def clean_file(self) -> list[Line]:
        data = self.cleaned_data["file"].read()
        scan(data)
        return book_lines(data)


def import_page(request: HttpRequest) -> HttpResponse:
    """Two presses. The first writes nothing, not even the file: its lines come back signed, for an hour."""
    _managers_only()
    if "lines" in request.POST:
        return _confirm(request)
    form = BookForm(request.POST, request.FILES) if request.method == "POST" else BookForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, {"form": form}, status=422 if form.is_bound else 200)
    lines = form.cleaned_data["file"]
    report = lines_check(lines)
    return _page(request, {"form": BookForm(), **_shown(request, lines, report)}, status=422 if report.errors else 200)


def _confirm(request: HttpRequest) -> HttpResponse:
    form = BookForm()
    try:
        lines = signing.loads(request.POST["lines"], salt=_salt(request), max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return _page(request, {"form": form, "sentences": ["Cette page a trop attendu : reprenez le classeur."]}, 422)
    try:
        with transaction.atomic():
            count = partners_import(lines=[(number, cells) for number, cells in lines])
    except ValidationError as error:
        return _page(request, {"form": form, "sentences": error.messages[:SHOWN]}, 422)
    except IntegrityError as error:
        return _page(request, {"form": form, "sentences": [sentence_for(error)]}, 422)
    many = f"{count} partenaires sont entrés" if count > 1 else f"{count} partenaire est entré"
    messages.success(request, f"{many} au carnet.")
    return redirect("partners_partner:list")


def import_template(request: HttpRequest) -> FileResponse:
    _managers_only()
    return workbook_response(template_book(), "modele-partenaires")


def _shown(request: HttpRequest, lines: list[Line], report: ImportReport) -> dict[str, Any]:
    context: dict[str, Any] = {"report": report, "shown": SHOWN}
    if report.new and not report.errors:
        context["lines"] = signing.dumps(lines, salt=_salt(request), compress=True)
    return context


def _salt(request: HttpRequest) -> str:
    return f"partners.import.{request.user.pk}"


def _managers_only() -> None:
    if not scope.current().sees_all_cases():
        raise Http404


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    crumbs = [
        {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"},
        {"url": reverse("partners_partner:list"), "label": "Partenaires"},
        {"url": "", "label": TITLE},
    ]
    frame = {"page_title": TITLE, "header_title": TITLE, "breadcrumbs_items": crumbs, "header_buttons": []}
    return TemplateResponse(request, "partners/admin/import.html", context | frame, status=status)
