"""The grille de repérage in the admin: joined to a request, and published version after version."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy

from cases.common.admin.views import data_of, file_url, row_or_404
from cases.common.admin.words import moment
from cases.common.forms.fields import refuse
from cases.common.rules.states import SOLLICITATION
from cases.grid.enums import GridReading, SignWeight
from cases.grid.forms import AttachedGridForm, is_filling
from cases.grid.models import FilledGrid, GridVersion
from cases.grid.rules import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_SIGNS,
    GridContent,
    Sign,
    Thresholds,
    Wording,
    content_changes,
    content_check,
    next_code,
)
from cases.grid.selectors import codes_ever_used, content_of, grid_get, grid_in_force, grid_numbered, grids_of, read_of
from cases.grid.services import grid_attach, grid_publish
from cases.requests.models import Sollicitation
from cms.admin.actions import RowAction
from cms.admin.parts import FilePart
from cms.kit.blocks import Action, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.forms.fields import choices_offer
from cms.users.requests import UserRequest
from cms.wall import scope

HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
TITLE = "Grille de repérage"
BLANK_LINES = 4


def has_grid() -> Exists:
    """Return whether a grid is joined to a request, to be read in its query."""
    return Exists(FilledGrid.objects.filter(sollicitation=OuterRef("pk")))


def grids_block(row: Sollicitation) -> Listing:
    grids = list(grids_of(row))
    rows = [
        (moment(grid.filled_at), grid.filled_by, grid.get_reading_display().capitalize(), f"n° {grid.version_id}")
        for grid in grids
    ]
    actions = [(Action("Lire", _read_url(grid)),) for grid in grids]
    headings = ("Remplie le", "Par", "Lecture", "Version")
    return Listing("Grilles de repérage", headings, rows, "Aucune grille jointe.", actions)


def _read_url(grid: FilledGrid) -> str:
    return reverse("cases_sollicitation:grid_read", args=[grid.sollicitation_id, grid.pk])


def sollicitation_grid_view(request: UserRequest, pk: uuid.UUID) -> HttpResponse:
    """Fill the grid in during a call, show its result, then join it."""
    row = row_or_404(Sollicitation.objects, pk)
    form = AttachedGridForm(data_of(request), row=grid_in_force())
    step = request.POST.get("step")
    is_read = request.method == "POST" and not is_filling(step) and form.is_valid()
    if is_read and step == "attach" and (grid := _attach(request, row, form)):
        messages.success(request, "La grille est jointe à la demande.")
        return redirect(_read_url(grid))
    context = {
        "form": form,
        "version": form.row,
        "key": request.POST.get("key") or uuid.uuid4(),
        "is_read": is_read and not form.errors,
        **_page("Remplir la grille de repérage", file_url(row), str(row)),
    }
    if context["is_read"]:
        context |= {"read": form.read(), "given": form.given()}
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "cases/grid/admin/grid_fill.html", context, status=status)


def _attach(request: UserRequest, row: Sollicitation, form: AttachedGridForm) -> FilledGrid | None:
    try:
        return grid_attach(
            sollicitation=row,
            key=form.cleaned_data["key"],
            number=form.row.number,
            answers=form.answers(),
            by=request.user,
        )
    except ValidationError as error:
        refuse(form, error)
    return None


def sollicitation_grid_read_view(request: UserRequest, pk: uuid.UUID, grid_pk: uuid.UUID) -> HttpResponse:
    row = row_or_404(Sollicitation.objects, pk)
    grid = grid_get(sollicitation=row, pk=grid_pk)
    context = {"grid": grid, "version": grid.version, "read": read_of(grid)}
    context |= _page(TITLE, file_url(row), str(row))
    return TemplateResponse(request, "cases/grid/admin/grid_read.html", context)


REQUEST_PARTS = (FilePart(order=10, tab="Pièces", blocks=lambda row: [grids_block(row)]),)

REQUEST_ACTIONS = (
    RowAction(
        "grid",
        route="grille",
        label="Remplir la grille de repérage",
        when=lambda row: (row.state, "correct") in SOLLICITATION,
        order=90,
        view=sollicitation_grid_view,
    ),
    RowAction(
        "grid_read",
        route="grille/<uuid:grid_pk>",
        permission="view",
        view=sollicitation_grid_read_view,
    ),
)


def grid_settings_page(request: UserRequest, number: int | None = None) -> HttpResponse:
    """Show the version in force, or an earlier one: signs, weights, thresholds, wording."""
    _managers_only()
    version = grid_numbered(number)
    content = content_of(version)
    latest = grid_in_force()
    context = {
        "version": version,
        "is_in_force": version.pk == latest.pk,
        "content": content,
        "themes": [
            (theme, [(sign, [content.forms[code] for code in sign.forms]) for sign in signs])
            for theme, signs in content.themes().items()
        ],
        "thresholds": [
            (item.metadata["label"], getattr(content.thresholds, item.name)) for item in _threshold_fields()
        ],
        "history": GridVersion.objects.select_related("published_by").defer("content"),
        **_page(TITLE if number is None else str(version), "", ""),
    }
    return TemplateResponse(request, "cases/grid/admin/grid_version.html", context)


def grid_new_page(request: UserRequest) -> HttpResponse:
    """Prepare a version. The first press shows what changes; the second publishes it for good."""
    _managers_only()
    version = grid_in_force()
    content = content_of(version)
    form = GridVersionForm(data_of(request), content=content, base=version.number)
    changed: list[str] | None = None
    if form.is_bound and form.is_valid():
        changed = content_changes(content, form.content)
        if "save" in request.POST and _publish(request, form):
            messages.success(request, "La nouvelle version de la grille est publiée.")
            return redirect("havre_grid")
    context = {
        "form": form,
        "changed": changed,
        "version": version,
        "themes": list(content.themes()),
        **_page("Nouvelle version de la grille", reverse("havre_grid"), TITLE),
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "cases/grid/admin/grid_new.html", context, status=status)


def _publish(request: UserRequest, form: "GridVersionForm") -> bool:
    cleaned = form.cleaned_data
    try:
        grid_publish(content=form.content, reason=cleaned["reason"], base=cleaned["base"], by=request.user)
    except ValidationError as error:
        form.add_service_error(error)
        return False
    return True


def _managers_only() -> None:
    if not scope.current().sees_all_cases():
        raise Http404


def _threshold_fields() -> list[Any]:
    return list(Thresholds.__dataclass_fields__.values())


class SignLineForm(forms.Form):
    """One sign. Its code comes from the version that is being changed, or is drawn when it is new."""

    code = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4)
    theme = forms.CharField(
        label="Thème", max_length=60, widget=forms.TextInput(attrs={"list": "themes"}), required=False
    )
    label = forms.CharField(label="Signe", max_length=LONGEST_LABEL, required=False)
    weight = forms.ChoiceField(label="Poids", choices=SignWeight.choices, initial=SignWeight.MEDIUM)
    forms_pointed = forms.MultipleChoiceField(
        label="Formes désignées", required=False, widget=forms.CheckboxSelectMultiple
    )
    removed = forms.BooleanField(label="Retirer", required=False)

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_offer(self, "forms_pointed", names.items())

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("label") and not cleaned.get("theme"):
            self.add_error("theme", "Indiquez le thème de ce signe.")
        return cleaned

    def is_kept(self) -> bool:
        return bool(self.cleaned_data.get("label")) and not self.cleaned_data.get("removed")


SignFormSet = forms.formset_factory(SignLineForm, extra=BLANK_LINES, max_num=MOST_SIGNS, absolute_max=MOST_SIGNS)


class GridVersionForm(AdminForm):
    """Wording, thresholds and signs of the version to come; `content` once it is valid."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    intro = forms.CharField(label="Introduction", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label="Pourquoi cette version", max_length=300, help_text="Gardé avec la version. Sans nom de personne."
    )

    def __init__(self, data: QueryDict | None = None, *, content: GridContent, base: int) -> None:
        super().__init__(data, initial=self._initial(content, base))
        self.before = content
        own = {**self._wording_fields(), **self._limit_fields()}
        reason = self.fields.pop("reason")
        self.fields |= {**own, "reason": reason}
        self.signs = SignFormSet(
            data,
            prefix="signe",
            initial=[
                {"code": sign.code, "theme": sign.theme, "label": sign.label, "weight": sign.weight,
                 "forms_pointed": list(sign.forms)}
                for sign in content.signs
            ],
            form_kwargs={"names": content.forms},
        )  # fmt: skip

    @staticmethod
    def _initial(content: GridContent, base: int) -> dict[str, Any]:
        initial: dict[str, Any] = {"base": base, "intro": content.intro}
        for reading, words in content.words.items():
            initial |= {f"title_{reading}": words.title, f"text_{reading}": words.text}
        return initial | {item.name: getattr(content.thresholds, item.name) for item in _threshold_fields()}

    @staticmethod
    def _wording_fields() -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for reading in GridReading:
            label = str(reading.label).capitalize()
            fields[f"title_{reading}"] = forms.CharField(label=f"{label} : titre", max_length=80)
            fields[f"text_{reading}"] = forms.CharField(
                label=f"{label} : que faire", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
            )
        return fields

    @staticmethod
    def _limit_fields() -> dict[str, forms.Field]:
        return {
            item.name: forms.IntegerField(
                label=item.metadata["label"], min_value=item.metadata["least"], max_value=item.metadata["most"]
            )
            for item in _threshold_fields()
        }

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.signs.is_valid():
            self.add_error(None, "Des signes sont à corriger : voyez les lignes marquées.")
        if not self.errors:
            self.content = self._content(cleaned)
            content_check(self.content)
        return cleaned

    def _content(self, cleaned: dict[str, Any]) -> GridContent:
        known, used = {sign.code for sign in self.before.signs}, codes_ever_used()
        signs: list[Sign] = []
        for line in self.signs:
            if not line.is_kept():
                continue
            row = line.cleaned_data
            code = row["code"] if row["code"] in known else next_code(used)
            used.add(code)
            signs.append(
                Sign(code, row["theme"].strip(), row["label"].strip(), SignWeight(row["weight"]),
                     tuple(row["forms_pointed"]))
            )  # fmt: skip
        by_theme = {theme: rank for rank, theme in enumerate(dict.fromkeys(sign.theme for sign in signs))}
        return GridContent(
            intro=cleaned["intro"],
            forms=self.before.forms,
            signs=tuple(sorted(signs, key=lambda sign: by_theme[sign.theme])),
            thresholds=Thresholds(**{item.name: cleaned[item.name] for item in _threshold_fields()}),
            words={
                reading: Wording(cleaned[f"title_{reading}"], cleaned[f"text_{reading}"]) for reading in GridReading
            },
        )


def _page(title: str, back_url: str, back: str) -> dict[str, Any]:
    crumbs = [HOME, *([{"url": back_url, "label": back}] if back_url else []), {"url": "", "label": title}]
    return {
        "page_title": title,
        "header_title": title,
        "breadcrumbs_items": crumbs,
        "header_buttons": [],
        "back_url": back_url,
    }
