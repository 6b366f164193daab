"""Pictures of codes: drawn here, in black on white, without a style of their own."""

import io

import segno
from django.conf import settings
from django.urls import reverse


def code_drawing(token: str) -> bytes:
    """The code that a trainee scans."""
    return drawing_of(address_of("formation:signing-scan", token))


def drawing_of(address: str) -> bytes:
    """As a picture of its own (SVG)."""
    buffer = io.BytesIO()
    segno.make(address, error="m").save(buffer, kind="svg", scale=8, border=2, light="#fff", xmldecl=False)
    return buffer.getvalue()


def address_of(name: str, *arguments: object) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(name, args=arguments)
