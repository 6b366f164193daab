"""« Autorités chargées de l’ASE »: names, days, territories; what a change moves, and its versions."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ForeignObjectRel
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse, reverse_lazy
from wagtail.admin.viewsets.base import ViewSet

from cms.configuration.admin.viewsets import HOME, SETTINGS_MENU, manages_settings
from cms.configuration.words import versions_listing
from cms.kit.blocks import Action, Cell, Listing
from cms.kit.filters import DayInput
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import day_iso
from cms.navigation.menu import RoleMenuItem
from cms.territory.enums import AseKind, Portion
from cms.territory.models import AseAuthority
from cms.territory.rules import authority_counts
from cms.territory.services import ase_authority_facts, ase_authority_put
from cms.values.settings import moved_words

TITLE = "Autorités chargées de l’ASE"


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=DayInput, help_text=help_text)


class AuthorityForm(AdminForm):
    """A name with another first day is another name: the one before ends the day before. With the same, it is put
    right.
    """

    code = forms.CharField(
        label="Code", max_length=3, help_text="Celui du département, ou 67A, 20R… Il ne change plus."
    )
    kind = forms.ChoiceField(label="Nature", choices=AseKind.choices)
    name = forms.CharField(label="Nom", max_length=120)
    named_from = _day("Porté depuis le", "Un autre jour garde l’ancien nom jusqu’à la veille.")
    whole = forms.CharField(
        label="Départements couverts en entier", required=False, help_text="Codes séparés par des virgules : 67, 68."
    )
    partial = forms.CharField(
        label="Départements couverts en partie", required=False, help_text="Partagés avec une autre autorité : 69."
    )
    active_from = _day("Compétente depuis le", "Vide : depuis toujours.")
    active_to = _day("Compétente jusqu’au", "Dernier jour. Vide : encore aujourd’hui. Une autorité ne s’efface pas.")
    reason = forms.CharField(
        label="Pourquoi ce changement", max_length=300, help_text="Gardé avec la version. Sans nom de personne."
    )

    def __init__(self, *args: Any, authority: AseAuthority | None = None, **kwargs: Any) -> None:
        self.authority_code = authority.pk if authority else ""
        self.facts = ase_authority_facts(authority) if authority else None
        super().__init__(*args, initial=_initial(self.facts), **kwargs)
        if authority:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._try(cleaned)
        return cleaned

    def _try(self, cleaned: dict[str, Any]) -> None:
        """Refuse at its field what cannot be, before showing what it would move."""
        try:
            cleaned["content"] = self._content(cleaned)
            with transaction.atomic():
                ase_authority_put(code=self.authority_code or cleaned["code"], content=cleaned["content"])
                transaction.set_rollback(True)
        except ValidationError as error:
            self.add_service_error(error)

    def _content(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        portions = (("whole", Portion.ENTIER), ("partial", Portion.PARTIEL))
        return {
            "kind": cleaned["kind"],
            "active_from": day_iso(cleaned["active_from"]),
            "active_to": day_iso(cleaned["active_to"]),
            "names": names_after(self.facts["names"] if self.facts else [], cleaned["name"], cleaned["named_from"]),
            "coverages": [
                [code, portion.value]
                for field, portion in portions
                for code in re.split(r"[\s,;]+", cleaned[field].upper())
                if code
            ],
        }


def _initial(facts: dict[str, Any] | None) -> dict[str, Any]:
    if facts is None:
        return {}
    name, named_from, _ = facts["names"][-1]
    covered = {portion: [code for code, held in facts["coverages"] if held == portion] for portion in Portion.values}
    return {
        **{key: facts[key] for key in ("kind", "active_from", "active_to")},
        "name": name,
        "named_from": named_from,
        "whole": ", ".join(covered[Portion.ENTIER]),
        "partial": ", ".join(covered[Portion.PARTIEL]),
    }


def names_after(names: list, name: str, since: dt.date | None) -> list:
    """Return the names with their days, once the last one is changed."""
    if not names:
        return [[name, day_iso(since), None]]
    *earlier, (last, first, ends) = names
    if name == last or day_iso(since) == first:
        if earlier and since:
            earlier[-1] = [*earlier[-1][:2], day_iso(since - dt.timedelta(days=1))]
        return [*earlier, [name, day_iso(since), ends]]
    if since is None:
        raise ValidationError(
            {"named_from": "Dites depuis quand ce nom est porté : l’ancien reste jusqu’à la veille."}
        )
    return [*names[:-1], [last, first, day_iso(since - dt.timedelta(days=1))], [name, day_iso(since), None]]


def authority_impact(code: str, content: dict[str, Any]) -> list[str]:
    """Apply the change, count what it moves, then roll back; return the differences in sentences."""
    before = authority_counts()
    with transaction.atomic():
        ase_authority_put(code=code, content=content)
        after = authority_counts()
        transaction.set_rollback(True)
    return [*(moved_words(label, now, after[label]) for label, now in before.items()), _used(code)]


def _used(code: str) -> str:
    """List what names it: its page in the book, files whose placement it pays, notices of incidents."""
    fields = AseAuthority._meta.get_fields(include_hidden=True)
    relations = [
        (rel.related_model, rel.field.name)
        for rel in fields
        if isinstance(rel, ForeignObjectRel) and rel.related_model._meta.app_label != "territory"
    ]
    counts = {
        str(model._meta.verbose_name_plural): model._default_manager.filter(**{name: code}).count()
        for model, name in relations
    }
    usages = ", ".join(f"{label} : {n}" for label, n in counts.items() if n)
    return f"Ce qui la nomme et gardera son code : {usages}." if usages else "Rien ne la nomme encore."


def _page(request: HttpRequest, title: str, context: dict) -> HttpResponse:
    crumbs = [HOME, {"url": "", "label": title}]
    context |= {"page_title": title, "header_title": title, "breadcrumbs_items": crumbs, "header_icon": "site"}
    return TemplateResponse(request, "configuration/config.html", context)


def index_page(request: HttpRequest) -> HttpResponse:
    if not manages_settings(request):
        raise Http404
    rows = [
        (
            Cell(row.name, reverse("havre_authorities:edit", args=[row.pk])),
            row.pk,
            row.get_kind_display(),
            ", ".join(
                f"{one.territory_id}{' (en partie)' if one.portion == Portion.PARTIEL else ''}"
                for one in row.coverages.all()
            ),
            row.active_from and f"{row.active_from:%d/%m/%Y}",
            row.active_to and f"{row.active_to:%d/%m/%Y}",
        )
        for row in AseAuthority.objects.prefetch_related("names", "coverages")
    ]
    headings = ("Autorité", "Code", "Nature", "Départements", "Depuis le", "Jusqu’au")
    context = {
        "intro": "Qui exerce la protection de l’enfance dans chaque département. Chaque document porte le nom du jour "
        "dont il parle. Une mise à jour de Havre ne revient pas sur ce que vous avez changé ici.",
        "actions": [
            Action("Nouvelle autorité", reverse("havre_authorities:add"), is_main=True),
            Action("Versions", reverse("havre_config:versions", args=["ase-authorities"])),
        ],
        "blocks": [Listing(TITLE, headings, rows, "Aucune autorité.")],
    }
    return _page(request, TITLE, context)


def edit_page(request: HttpRequest, code: str = "") -> HttpResponse:
    if not manages_settings(request):
        raise Http404
    row = AseAuthority.objects.prefetch_related("names", "coverages").filter(pk=code).first() if code else None
    if code and row is None:
        raise Http404
    form = AuthorityForm(request.POST or None, authority=row)
    return action_page(
        request,
        form=form,
        run=lambda cleaned: ase_authority_put(
            code=code or cleaned["code"], content=cleaned["content"], reason=cleaned["reason"]
        ),
        title=row.name if row else "Nouvelle autorité",
        subtitle=TITLE,
        intro=_before(row) if row else "Une autorité nouvelle entre dans le nombre de celles qui sont possibles.",
        done="L’autorité est enregistrée.",
        back_url=reverse("havre_authorities:index"),
        submit_label="Mettre en vigueur",
        impact=lambda cleaned: authority_impact(code or cleaned["code"], cleaned["content"]),
        listing=versions_listing("ase-authorities", code) if code else None,
    )


def _before(row: AseAuthority) -> str:
    earlier = [f"« {one.name} » jusqu’au {one.valid_to:%d/%m/%Y}" for one in row.names.all() if one.valid_to]
    return f"Noms d’avant : {' ; '.join(earlier)}." if earlier else ""


class AuthoritiesViewSet(ViewSet):
    name = "havre_authorities"
    url_prefix = "reglages/autorites-ase"
    icon = "site"
    menu_label = TITLE
    menu_order = 12
    menu_hook = SETTINGS_MENU

    def get_menu_item(self, order: int | None = None) -> Any:
        return RoleMenuItem(
            self.menu_label,
            reverse_lazy("havre_authorities:index"),
            name="autorites-ase",
            icon_name=self.icon,
            order=self.menu_order,
            shown=manages_settings,
        )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", index_page, name="index"),
            path("nouvelle/", edit_page, name="add"),
            path("<str:code>/", edit_page, name="edit"),
        ]
