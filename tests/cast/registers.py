"""The register of an earlier year, in a real workbook."""

import datetime as dt
import io

from openpyxl import Workbook

from cases.history.rules import TITLES

GOOD_LINE = {
    "Reçue le": dt.date(2022, 3, 4),
    "Service demandeur": "Brigade 12",
    "Nature": "PEC",
    "Urgence": "U2",
    "Canal": "TEL",
    "Forme principale": "SEX",
    "Sexe": "F",
    "Âge": 15,
    "Département d’exploitation": "59",
    "Suite donnée": "RESEAU",
    "Orientée le": "06/03/2022",
    "Niveau d’identification": "SUSP",
    "Mineur": "MARQUEUR-MINEUR",
}


def register_book(lines: list[dict], *, titles: tuple[str, ...] = TITLES) -> bytes:
    book = Workbook()
    book.active.append(list(titles))
    for line in lines:
        book.active.append([line.get(title) for title in TITLES])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
