"""How a screen says what is known at the hour of the request: « Pas su » is said, never left out."""

from collections.abc import Mapping
from typing import Any

from cases.enums import ParquetTold, PlacementOrder
from cases.requests.tonight.models import TonightFacts

NOT_KNOWN = "pas su"
YES_NO = {True: "oui", False: "non", None: NOT_KNOWN}
LABELS = {
    "accepts_leaving": "Accepte de partir",
    "is_exploiter_near": "Exploiteur à proximité",
    "has_phone": "Téléphone sur lui",
    "needs_care": "Blessure ou soin urgent",
    "has_treatment": "Traitement à prendre",
    "uses_substances": "Alcool, drogue ou médicaments",
    "is_pregnant": "Grossesse",
}


def yes_no_rows(facts: Mapping[str, Any]) -> list[tuple[str, bool | None]]:
    """Return each question answered by yes, no or not known, in the order in which a team reads them."""
    return [(label, facts.get(name)) for name, label in LABELS.items()]


def parquet_words(code: str) -> str:
    return ParquetTold(code).label if code else NOT_KNOWN


def order_words(code: str) -> str:
    return PlacementOrder(code).label if code else NOT_KNOWN


def tonight_rows(row: TonightFacts) -> list[tuple[str, Any]]:
    """Return what is known, a line a question."""
    told = {name: getattr(row, name) for name in LABELS}
    return [
        ("Langue qu’il comprend", row.language or NOT_KNOWN),
        *((label, YES_NO[value]) for label, value in yes_no_rows(told)),
        ("Parquet informé", parquet_words(row.parquet_told)),
        ("Placement ordonné", order_words(row.placement_order)),
    ]
