"""The report of a period as a tagged PDF, stamped with its trace code."""

from pathlib import Path
from typing import Any

from django.conf import settings

from cms.kit.papers import pdf_write
from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.words import FigureLine, Page, Part, Table, page_of

TEMPLATE = Path(__file__).resolve().parent.parent / "data" / "rapport.typ"
TITLE = "Rapport d’activité du réseau"


def release_pdf(release: Release) -> bytes:
    page = page_of(release)
    return pdf_write(TEMPLATE, data_of(page))


def data_of(page: Page) -> dict[str, Any]:
    is_year = page.has_targets
    has_beside = any(figure.target if is_year else figure.before for part in page.parts for figure in part.headline)
    published = f"Publié le {page.published_on:%d/%m/%Y}. " if page.published_on else "Projet, non publié. "
    return {
        "title": f"{TITLE} – {page.title}",
        "network": settings.WAGTAIL_SITE_NAME,
        "stamp": f"Code de trace {page.trace}",
        "lead": f"{page.title}, {page.days}. {published}{page.legend}",
        "summary_title": "Les indicateurs",
        "summary_headers": [
            *("Indicateur", "Chiffre", "Valeur"),
            *([("Cible" if is_year else "Période précédente")] if has_beside else []),
        ],
        "summary": [
            [
                part.code if place == 0 else "",
                figure.label,
                figure.text,
                *([figure.target if is_year else figure.before] if has_beside else []),
            ]
            for part in page.parts
            for place, figure in enumerate(part.headline)
        ],
        "unmet_title": "Besoins non couverts",
        "unmet": [_table(table) for table in page.unmet],
        "parts": [_part(part) for part in page.parts],
        "rules_title": "Règles communes",
        "rules": list(page.common_rules),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": f"{part.code} – {part.label}",
        "comment": [line for line in part.comment.splitlines() if line.strip()],
        "counted": f"On compte {part.unit}. Date retenue : {part.dating}. Définition en version {part.version}.",
        "figures": [[figure.label, _value(figure)] for figure in (*part.headline, *part.figures)],
        "notes": list(part.notes),
        "tables": [_table(table) for table in (*part.drawn, *part.tables) if table.code not in LEFT_TO_UNMET],
    }


LEFT_TO_UNMET = {"missing", "missing_total", "region_outcome", "form_outcome"}


def _value(figure: FigureLine) -> str:
    return f"{figure.text} {figure.note}".strip()


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "headers": list(table.headers),
        "rows": [[line.label, *line.cells] for line in table.lines],
        "note": table.note,
    }
