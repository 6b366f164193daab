"""A release on paper and in files: PDF, text to edit, workbooks, plain text. All read the same page."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.papers.printed import release_pdf
from dashboards.reporting.releases.papers.spreadsheet import release_csv, release_ods, release_xlsx
from dashboards.reporting.releases.papers.text import release_docx


@dataclass(frozen=True)
class Paper:
    label: str
    content_type: str
    write: Callable[[Release], bytes]


PAPERS = {
    "pdf": Paper("Rapport d’activité (PDF)", "application/pdf", release_pdf),
    "docx": Paper(
        "Rapport à compléter (.docx)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        release_docx,
    ),
    "xlsx": Paper(
        "Classeur (.xlsx)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", release_xlsx
    ),
    "ods": Paper("Tableaux (.ods)", "application/vnd.oasis.opendocument.spreadsheet", release_ods),
    "csv": Paper("Tableaux (.csv)", "text/csv; charset=utf-8", release_csv),
}


def file_name(release: Release, kind: str) -> str:
    return f"havre-{release.first}-{release.last}.{kind}"
