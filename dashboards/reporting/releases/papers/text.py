"""The report as an editable text: headings, tables and comments."""

import io

import docx
from django.conf import settings
from docx.document import Document
from docx.shared import Pt

from dashboards.reporting.releases.models import Release
from dashboards.reporting.releases.papers.printed import data_of
from dashboards.reporting.releases.words import page_of

TABLE_STYLE = "Light Grid Accent 1"


def release_docx(release: Release) -> bytes:
    data = data_of(page_of(release))
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = data["title"], "Havre"
    document.core_properties.language = "fr-FR"
    document.styles["Normal"].font.size = Pt(10)
    document.add_heading(data["title"], 0)
    if settings.HAVRE_FICTITIOUS:
        document.add_paragraph("Réseau fictif : tout y est inventé.")
    document.add_paragraph(data["lead"])
    document.sections[0].footer.paragraphs[0].text = data["stamp"]
    document.add_heading(data["summary_title"], 1)
    _table(document, data["summary_headers"], data["summary"])
    if data["unmet"]:
        document.add_heading(data["unmet_title"], 1)
        _tables(document, data["unmet"])
    for part in data["parts"]:
        document.add_heading(part["title"], 1)
        for words in part["comment"] or ["Commentaire à compléter."]:
            document.add_paragraph(words)
        document.add_paragraph(part["counted"])
        _table(document, ["Chiffre", "Valeur"], part["figures"])
        for words in part["notes"]:
            document.add_paragraph(words)
        _tables(document, part["tables"])
    document.add_heading(data["rules_title"], 1)
    for words in data["rules"]:
        document.add_paragraph(words, style="List Bullet")
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def _tables(document: Document, tables: list[dict]) -> None:
    for item in tables:
        document.add_heading(item["title"], 2)
        _table(document, item["headers"], item["rows"])
        if item["note"]:
            document.add_paragraph(item["note"])


def _table(document: Document, headers: list[str], rows: list[list[str]]) -> None:
    table = document.add_table(rows=1, cols=len(headers), style=TABLE_STYLE)
    for cell, words in zip(table.rows[0].cells, headers, strict=True):
        cell.text = words
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.add_paragraph()
