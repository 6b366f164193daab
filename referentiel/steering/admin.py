"""The steering screen of the coordination: the heat map, its table of structures, its workbook."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.generic import View

from cms.documents.models import DocumentKind
from cms.documents.versions.admin import DocumentScreen
from cms.documents.versions.selectors import version_in_force
from cms.journal.services import journal_append
from cms.kit.templatetags.french import date
from cms.kit.xlsx.lists import workbook_response, workbook_write
from cms.kit.xlsx.sheets import cell_of
from cms.users.roles import SEES_ALL_CASES
from referentiel.enums import MarkValue
from referentiel.signing.words import adherence_words
from referentiel.steering.forms import SteeringFilterSet
from referentiel.steering.selectors import HeatMap, Row, adherence_by_version, heat_map, structures_watched, summary_of

PER_PAGE = 50
"""Structures on a page: two hundred exigences each, and the page stays under half a megabyte."""
SHORT = {
    "": "–",
    MarkValue.NOT_AT_ALL: "1",
    MarkValue.RATHER_NOT: "2",
    MarkValue.RATHER: "3",
    MarkValue.FULLY: "4",
    MarkValue.BEYOND: "4+",
    MarkValue.NOT_CONCERNED: "NC",
}
MARK_CELLS = {mark: cell_of(int(words) if words.isdigit() else words) for mark, words in SHORT.items()}
CONFIRMED = "C"
"""Stands before a confirmed mark: « 3 C2 », the structure says 3, the coordination confirmed 2."""
HEADINGS = [
    "Structure", "Région", "Forme d’accueil", "Engagement", "Version signée", "Tout lu", "Professionnels",
    "Auto-évaluation", "Impératives sous 3 (structure)", "Impératives sous 3 (confirmées)", "Actions en retard",
    "Preuve la plus ancienne", "Preuves périmées",
]  # fmt: skip


def cell_text(own: str, confirmed: str) -> str:
    """Return what a cell says: the page never says it by colour alone."""
    if not confirmed:
        return SHORT[own]
    return f"{SHORT[own]} {CONFIRMED}{SHORT[confirmed]}" if own else f"{CONFIRMED}{SHORT[confirmed]}"


def _cell(own: str, confirmed: str) -> SafeString:
    tone = SHORT[confirmed or own].rstrip("+").lower().replace("–", "0")
    held = " is-held" if confirmed else ""
    return format_html('<td class="m-{}{}">{}</td>', tone, held, cell_text(own, confirmed))


CELLS = {(own, held): _cell(own, held) for own in SHORT for held in SHORT}
"""Every cell that may be, written once: a page has ten thousand of them."""


def cells_of(row: Row, codes: Sequence[str]) -> SafeString:
    own, held = row.own.get, row.confirmed.get
    # Made of nothing but the cells above, already safe.
    return mark_safe("".join([CELLS[own(code, ""), held(code, "")] for code in codes]))  # noqa: S308


class SteeringView(DocumentScreen, View):
    page_title = "Pilotage du référentiel"
    template_name = "referentiel/steering/admin/steering.html"
    roles = tuple(sorted(SEES_ALL_CASES))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        filters = self.filters()
        heat = heat_map(structures=filters.qs, **filters.criteria())
        if request.GET.get("export"):
            return self.export(heat, filters)
        return self.render_to_response(self.get_context_data(heat=heat, filters=filters))

    def filters(self) -> SteeringFilterSet:
        # Chapters are those of the version in force; another campaign's exigences are then all shown.
        version = version_in_force(DocumentKind.REFERENTIEL)
        chapters = [(row["code"], row["title"]) for row in version.content["chapters"]] if version else []
        queryset = structures_watched(timezone.localdate())
        return SteeringFilterSet(self.request.GET, queryset=queryset, request=self.request, chapters=chapters)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heat: HeatMap = kwargs["heat"]
        page = Paginator(heat.rows, PER_PAGE).get_page(self.request.GET.get("p"))
        codes = [column.code for column in heat.columns]
        query = self.request.GET.copy()
        query.pop("p", None)
        export = query.copy()
        export["export"] = "xlsx"
        return super().get_context_data(
            page=page,
            lines=[(row, cells_of(row, codes), words_of(row)) for row in page],
            own_low=[heat.own_low[code] for code in codes],
            confirmed_low=[heat.confirmed_low[code] for code in codes],
            summary=summary_of(heat.rows),
            by_version=adherence_by_version(heat.rows),
            export_url=f"{reverse('referentiel_steering')}?{export.urlencode()}",
            query=query.urlencode(),
            **kwargs,
        )

    def export(self, heat: HeatMap, filters: SteeringFilterSet) -> HttpResponseBase:
        headings = headings_of(heat)
        prefetch_related_objects([row.partner for row in heat.rows], "territory__region", "structure_type")
        # Two hundred thousand marks, of seven kinds: each kind of cell is written once.
        marks = [MARK_CELLS.__getitem__] * (len(headings) - len(HEADINGS))
        output, count = workbook_write(
            headings, export_rows(heat), title=self.page_title, renders=[*[cell_of] * len(HEADINGS), *marks]
        )
        known = set(filters.filters)
        journal_append(
            action="referentiel.steering.export",
            details={
                "rows": count,
                "filters": {name: value for name, value in self.request.GET.items() if name in known and value},
            },
        )
        return workbook_response(output, "pilotage-referentiel")


def words_of(row: Row) -> dict[str, Any]:
    """Return what a line says of a structure, in words."""
    if row.assessment is None:
        assessment = "pas commencée"
    elif row.assessment.submitted_at:
        assessment = f"envoyée le {date(timezone.localtime(row.assessment.submitted_at), 'j F Y')}"
    else:
        assessment = "en cours"
    return {
        "adherence": adherence_words(row.adherence) if row.adherence else "",
        "rate": row.adherence.rate.words if row.adherence and row.adherence.rate else "",
        "assessment": assessment,
    }


def headings_of(heat: HeatMap) -> list[str]:
    codes = [column.code for column in heat.columns]
    return [*HEADINGS, *(f"{code} ({who})" for code in codes for who in ("structure", "confirmée"))]


def export_rows(heat: HeatMap) -> Iterator[list[Any]]:
    """Yield the same figures as the page, one line per structure, both marks of each exigence side by side."""
    codes = [column.code for column in heat.columns]
    for row in heat.rows:
        partner, words = row.partner, words_of(row)
        signed, rate = (row.adherence.signed, row.adherence.rate) if row.adherence else (None, None)
        own, held = row.own.get, row.confirmed.get
        marks = [mark for code in codes for mark in (own(code, ""), held(code, ""))]
        yield [
            partner.code_name,
            str(partner.territory.region) if partner.territory else "",
            str(partner.structure_type),
            words["adherence"],
            signed.version.number if signed else "aucune",
            rate.readers if rate else None,
            rate.people if rate else None,
            words["assessment"],
            row.low_own,
            row.low_confirmed,
            row.late_steps,
            row.oldest_evidence,
            row.expired,
            *marks,
        ]
