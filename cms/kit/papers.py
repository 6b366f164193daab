"""Documents to keep, print or read without network: tagged PDF. Data go in as JSON and are shown as text."""

import io
import json
from pathlib import Path
from typing import Any

import docx
import segno
import typst
from django.conf import settings
from django.http import HttpResponse
from docx.shared import Pt

from cms.kit.templatetags.french import spaced

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FICTITIOUS = "Réseau fictif : tout y est inventé."


def pdf_write(template: Path, data: dict[str, Any]) -> bytes:
    """Write a tagged PDF/UA. On a fictitious instance every page says so."""
    content = data | {"notice": FICTITIOUS if settings.HAVRE_FICTITIOUS else ""}
    return typst.compile(
        template.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(_spaced(content))}, pdf_standards=["ua-1"]
    )


def docx_write(data: dict[str, Any]) -> bytes:
    """Write the same data as a text to edit: title, lead, then parts of lines, a label and its words.

    `data` has the shape that the templates of the PDF take: `title`, `stamp`, `number`, `lead`, `parts`.
    """
    content = _spaced(data)
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = content["title"], "Havre", "fr-FR"
    document.styles["Normal"].font.size = Pt(11)
    section = document.sections[0]
    section.header.paragraphs[0].text = content["stamp"]
    section.footer.paragraphs[0].text = content["number"]
    document.add_heading(content["title"], 0)
    if settings.HAVRE_FICTITIOUS:
        document.add_paragraph(_spaced(FICTITIOUS))
    document.add_paragraph(content["lead"])
    for heading, lines in content["parts"]:
        document.add_heading(heading, 1)
        for label, words in lines:
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{label}\u00a0: ").bold = True
            paragraph.add_run(words)
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def _spaced(value: Any) -> Any:
    """Every text with the no-break spaces that French wants."""
    if isinstance(value, dict):
        return {key: _spaced(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_spaced(item) for item in value]
    return spaced(value)


def drawing_of(address: str) -> bytes:
    """Draw the code of an address, to be scanned, as a picture of its own (SVG)."""
    buffer = io.BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", scale=8, border=2, light="#fff", xmldecl=False)
    return buffer.getvalue()


def pdf_response(body: bytes, name: str) -> HttpResponse:
    """`name` holds no name of a person nor of a structure."""
    return _response(body, f"{name}.pdf", "application/pdf")


def docx_response(body: bytes, name: str) -> HttpResponse:
    """`name` holds no name of a person nor of a structure."""
    return _response(body, f"{name}.docx", DOCX)


def _response(body: bytes, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type=content_type, headers=headers)
