"""Documents to keep, print or read without network: tagged PDF. Data go in as JSON and are shown as text."""

import io
import json
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.http import HttpResponse

from cms.kit.templatetags.french import spaced

FICTITIOUS = "Réseau fictif : tout y est inventé."


def pdf_write(template: Path, data: dict[str, Any]) -> bytes:
    """Write a tagged PDF/UA. On a fictitious instance every page says so."""
    content = data | {"notice": FICTITIOUS if settings.HAVRE_FICTITIOUS else ""}
    return typst.compile(
        template.read_bytes(), format="pdf", sys_inputs={"data": json.dumps(_spaced(content))}, pdf_standards=["ua-1"]
    )


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
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type="application/pdf", headers=headers)
