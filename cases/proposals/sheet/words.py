"""How a structure reads the anonymous sheet, on a telephone first: what is not known is said, never left out."""

import datetime as dt
from typing import Any

from django.utils.dateparse import parse_datetime

from cases.common.words import item, soon, years
from cases.enums import Urgency
from cases.proposals.sheet.enums import WishedStay
from cases.requests.tonight.words import NOT_KNOWN, YES_NO, order_words, parquet_words, yes_no_rows

WHO = {"sexe:F": "une fille", "sexe:M": "un garçon"}
WHEN = {Urgency.DANGER.value: " sans attendre", Urgency.NIGHT.value: " cette nuit"}
STATES = {True: "is-yes", False: "is-no", None: "is-unknown"}


def sheet_question(sheet: dict[str, Any]) -> str:
    """Return what is asked, as somebody would say it: « Pouvez-vous accueillir une fille de 15 ans cette nuit ? »."""
    who = WHO.get((sheet.get("sex") or {}).get("code", ""), "un jeune")
    age = sheet.get("age")
    aged = f" de {years(age)}" if age is not None else " d’âge inconnu"
    return f"Pouvez-vous accueillir {who}{aged}{WHEN.get((sheet.get('urgency') or {}).get('code', ''), '')} ?"


def sheet_essentials(sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of the frozen sheet, as it was sent."""
    told = sheet.get("tonight") or {}
    forms = sorted(sheet.get("forms") or [], key=lambda form: not form.get("is_main"))
    rows = [
        ("Âge", years(sheet.get("age"))),
        ("Précision de l’âge", _label(sheet.get("age_precision"))),
        ("Sexe", _label(sheet.get("sex"))),
        ("Formes d’exploitation, la principale d’abord", _labels(forms)),
        ("Urgence", _label(sheet.get("urgency"))),
        ("Arrivée possible", _arrival(sheet.get("arrival_from"))),
        ("Durée souhaitée", _stay(sheet.get("wished_stay"))),
        ("Langues", _labels(sheet.get("languages"))),
        ("Besoins", _labels(sheet.get("needs"))),
        ("Contenance requise", _label(sheet.get("containment"))),
        ("Adhésion du jeune", _label(sheet.get("adhesion"))),
        ("Cadre juridique", _label(sheet.get("legal_frame"))),
        ("Placement ordonné", order_words(told.get("placement_order") or "")),
        ("Parquet informé", parquet_words(told.get("parquet_told") or "")),
    ]
    return [item(label, value or NOT_KNOWN) for label, value in rows]


def sheet_yes_no(sheet: dict[str, Any]) -> list[dict[str, str]]:
    """Return the questions answered by yes, no or not known: the word, and the mark that repeats it."""
    rows = [
        *yes_no_rows(sheet.get("tonight") or {}),
        ("Mineur non accompagné", sheet.get("is_unaccompanied")),
    ]
    return [{"label": label, "words": YES_NO[value], "state": STATES[value]} for label, value in rows]


def _arrival(text: str | None) -> str:
    at = parse_datetime(text) if text else None
    return f"dès le {soon(at)}" if isinstance(at, dt.datetime) else ""


def _stay(code: str | None) -> str:
    return WishedStay(code).label if code else ""


def _label(coded: dict[str, str] | None) -> str:
    return coded["label"] if coded else ""


def _labels(coded: list[dict[str, Any]] | None) -> str:
    return "\n".join(each["label"] for each in coded or [])
