"""The poster that a structure puts on a wall: an address and a code to scan. It says neither who nor where."""

from pathlib import Path
from typing import Any

from cms.kit.addresses import address_of
from cms.kit.papers import drawing_of, pdf_write

TEMPLATE = Path(__file__).resolve().parent / "data" / "affiche.typ"


def poster_pdf() -> bytes:
    return pdf_write(TEMPLATE, poster_data())


def poster_data() -> dict[str, Any]:
    """Return what the poster prints: the same in every structure."""
    address = address_of("voice:say")
    return {
        "title": "Dire ce qui ne va pas",
        "danger": "Tu es en danger maintenant ?",
        "calls": [("17", "la police"), ("119", "Enfance en danger")],
        "free": "Appeler est gratuit, le jour et la nuit.",
        "lead": "Quelque chose ne va pas ici ? Tu peux l’écrire.",
        "lines": [
            "Scanne ce code avec un téléphone.",
            "Ou écris cette adresse sur internet.",
            "Tu n’as pas besoin de compte.",
            "Tu ne donnes pas ton nom si tu ne veux pas.",
            "Les adultes de ta maison ne lisent pas ton message.",
        ],
        "address": address.partition("://")[2].rstrip("/"),
        "code": drawing_of(address).decode(),
        "code_label": "Code à scanner : il ouvre la page où écrire",
    }
