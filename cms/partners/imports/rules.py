"""Reading partners from a workbook: what is accepted, line by line, before anything is written.

The real name and the address of a structure are not asked: a workbook that holds them must not travel.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from openpyxl.utils import get_column_letter

from cms.files.rules.workbooks import headings_check, is_formula, sheet_open, text_of
from cms.kit.xlsx.blanks import blank_book
from cms.partners.book.models import Partner
from cms.partners.enums import PartnerKind
from cms.territory.models import AseAuthority, Territory
from cms.values.selectors import values_by_list
from cms.vault.hashing import normalise

MOST_ROWS, MOST_LINES = 500, 5000
MOST_BYTES = 2 * 1024 * 1024
LONGEST_CELL = 200
SHEET = "Partenaires"
COLUMNS = (
    "Nature",
    "Nom d’usage",
    "Type",
    "Département",
    "Autorité ASE",
    "Organisme gestionnaire",
    "FINESS ou SIRET",
    "Entrée au carnet",
    "Contact : nom",
    "Contact : fonction",
    "Contact : téléphone",
    "Contact : courriel",
)
KIND, NAME, TYPE, TERRITORY, AUTHORITY, MANAGER, NUMBER, OPENED, CONTACT, POSITION, PHONE, EMAIL = range(len(COLUMNS))

Line = tuple[int, list[str]]
"""Number of the line in the workbook, and its cells as text."""


@dataclass
class ImportReport:
    """What a workbook would do. `new` holds what the services take; nothing is written while `errors` has a line."""

    new: list[tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def book_lines(data: bytes) -> list[Line]:
    """Cells of a workbook as text, blank lines apart. Raises `ValidationError` for a file that is not one."""
    sheet = sheet_open(data, most_bytes=MOST_BYTES, name=SHEET)
    lines: list[Line] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=len(COLUMNS)), 1):
        if number == 1:
            headings_check([cell.value for cell in cells], COLUMNS)
            continue
        texts = [_text(cell, number, column) for column, cell in enumerate(cells)]
        if any(texts):
            lines.append((number, [*texts, *[""] * (len(COLUMNS) - len(texts))]))
        if len(lines) > MOST_ROWS or number > MOST_LINES:
            raise ValidationError(f"Un classeur tient en {MOST_ROWS} lignes : découpez-le.")
    if not lines:
        raise ValidationError("Ce classeur ne contient aucune ligne sous les titres.")
    return lines


def _text(cell: Any, number: int, column: int) -> str:
    if cell.data_type == "f" or is_formula(cell.value):
        raise ValidationError(f"{place(number, column)} : cette case contient une formule. Collez sa valeur.")
    if isinstance(cell.value, dt.datetime):
        return f"{cell.value:%d/%m/%Y}"
    text = text_of(cell.value)
    if len(text) > LONGEST_CELL:
        raise ValidationError(f"{place(number, column)} : {LONGEST_CELL} caractères au plus.")
    return text


def place(number: int, column: int) -> str:
    """« Ligne 5, colonne D (Département) »."""
    return f"Ligne {number}, colonne {get_column_letter(column + 1)} ({COLUMNS[column]})"


class LineError(Exception):
    """A cell that cannot be read: its column, and what to do."""

    def __init__(self, column: int, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


@dataclass
class Codes:
    """What the cells may say, read once: values by their code or their label, the book as it stands."""

    kinds: dict[str, str]
    structure_types: dict[str, str]
    service_types: dict[str, str]
    territories: dict[str, str]
    authorities: dict[str, str]
    names: dict[str, str]
    numbers: dict[str, str]
    held: dict[str, str]

    @classmethod
    def load(cls) -> "Codes":
        lists = values_by_list("type_structure", "acteur")
        partners = list(Partner.objects.only("code_name", "establishment_number", "ase_authority_id"))
        authorities = AseAuthority.objects.prefetch_related("names")
        today = timezone.localdate()
        return cls(
            kinds={normalise(label): value for value, label in PartnerKind.choices},
            structure_types=_by_words((row.pk, (row.code, row.label)) for row in lists["type_structure"]),
            service_types=_by_words((row.pk, (row.code, row.label)) for row in lists["acteur"]),
            territories=_by_words((row.pk, (row.pk, row.name)) for row in Territory.objects.all()),
            authorities=_by_words((row.pk, (row.pk, row.name_on(today))) for row in authorities),
            names={normalise(row.code_name): row.code_name for row in partners},
            numbers={row.establishment_number: row.code_name for row in partners if row.establishment_number},
            held={row.ase_authority_id: row.code_name for row in partners if row.ase_authority_id},
        )


def _by_words(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {normalise(word): pk for pk, words in rows for word in words}


def lines_check(lines: Sequence[Line]) -> ImportReport:
    """Return what these lines would do to the book as it stands today. Read only."""
    codes, report = Codes.load(), ImportReport()
    seen: dict[str, int] = {}
    for number, cells in lines:
        try:
            facts, contact = _facts(cells, codes), _contact(cells)
        except LineError as wrong:
            report.errors.append(f"{place(number, wrong.column)} : {wrong.sentence}")
            continue
        marks = _marks(facts)
        if twice := next((seen[mark] for mark in marks if mark in seen), 0):
            report.errors.append(f"Ligne {number} : le même partenaire est déjà à la ligne {twice}.")
        elif known := _known(facts, codes):
            report.known.append(f"Ligne {number} : « {known} » est déjà au carnet, cette ligne est laissée de côté.")
        else:
            report.new.append((number, facts, contact))
        seen |= dict.fromkeys(marks, number)
    return report


def _marks(facts: dict[str, Any]) -> list[str]:
    """Return what no two partners share."""
    marks = [f"name:{normalise(facts['code_name'])}"]
    marks += [f"number:{facts['establishment_number']}"] if facts["establishment_number"] else []
    return marks + ([f"ase:{facts['ase_authority_id']}"] if facts.get("ase_authority_id") else [])


def _known(facts: dict[str, Any], codes: Codes) -> str:
    return (
        codes.names.get(normalise(facts["code_name"]), "")
        or codes.numbers.get(facts["establishment_number"], "")
        or codes.held.get(facts.get("ase_authority_id") or "", "")
    )


def _facts(cells: Sequence[str], codes: Codes) -> dict[str, Any]:
    kind = _choice(cells, KIND, codes.kinds, "choisissez une nature de la feuille « Codes »", is_needed=True)
    is_structure = kind == PartnerKind.STRUCTURE
    if not normalise(cells[NAME]) or len(cells[NAME]) > 120:
        raise LineError(NAME, "donnez un nom d’usage, de 120 caractères au plus.")
    number = cells[NUMBER].replace(" ", "")
    if number and not (number.isalnum() and len(number) <= 14):
        raise LineError(NUMBER, "un numéro FINESS ou SIRET a 14 chiffres au plus.")
    types = codes.structure_types if is_structure else codes.service_types
    needs_type = kind in (PartnerKind.STRUCTURE, PartnerKind.REQUESTER)
    chosen = _choice(
        cells, TYPE, types if needs_type else {}, "choisissez un type de la feuille « Codes »", needs_type
    )
    facts = {
        "kind": kind,
        "code_name": cells[NAME],
        "structure_type_id": chosen if is_structure else None,
        "requester_type_id": chosen if kind == PartnerKind.REQUESTER else None,
        "territory_id": _choice(
            cells, TERRITORY, codes.territories, "donnez le code ou le nom d’un département", is_structure, _code
        ),
        "ase_authority_id": _choice(
            cells, AUTHORITY, codes.authorities, "donnez le code d’une autorité ASE", kind == PartnerKind.ASE, _code
        ),
        "manager_name": cells[MANAGER][:160],
        "establishment_number": number,
        "opened_on": _day(cells[OPENED]),
    }
    if facts["ase_authority_id"] and kind != PartnerKind.ASE:
        raise LineError(AUTHORITY, "seule une autorité ASE en porte une : videz la case.")
    return facts


def _code(text: str) -> str:
    """« 1 » is the Ain, typed as a number: the code is « 01 »."""
    return text.zfill(2) if text.isdecimal() else text


def _choice(
    cells: Sequence[str],
    column: int,
    choices: dict[str, str],
    sentence: str,
    is_needed: bool = False,
    read: Callable[[str], str] = str,
) -> str | None:
    text = cells[column]
    if not text:
        if is_needed:
            raise LineError(column, f"{sentence}.")
        return None
    value = choices.get(normalise(read(text)))
    if value is None:
        raise LineError(column, f"« {text} » n’est pas connu, {sentence}." if choices else "videz la case.")
    return value


def _day(text: str) -> dt.date:
    if not text:
        return timezone.localdate()
    try:
        return dt.datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        raise LineError(OPENED, f"« {text} » n’est pas une date, écrivez-la 31/12/2026.") from None


def _contact(cells: Sequence[str]) -> dict[str, str]:
    contact = {"name": cells[CONTACT], "position": cells[POSITION], "phone": cells[PHONE], "email": cells[EMAIL]}
    if not any(contact.values()):
        return {}
    if not contact["name"]:
        raise LineError(CONTACT, "donnez le nom de ce contact.")
    if not contact["phone"] and not contact["email"]:
        raise LineError(PHONE, "donnez un téléphone ou un courriel pour ce contact.")
    if len(contact["phone"]) > 30:
        raise LineError(PHONE, "un téléphone a 30 caractères au plus.")
    if contact["email"]:
        try:
            validate_email(contact["email"])
        except ValidationError:
            raise LineError(EMAIL, f"« {contact['email']} » n’est pas une adresse électronique.") from None
    return contact


def template_book() -> io.BytesIO:
    """Return the workbook to fill in: its titles, and on another sheet what the cells may say."""
    # A département code is text: 01 must not become 1.
    return blank_book(SHEET, COLUMNS, _codes(), texts=(TERRITORY, AUTHORITY, NUMBER, PHONE), lines=MOST_ROWS)


def _codes() -> Iterable[tuple[str, str, str]]:
    lists = values_by_list("type_structure", "acteur")
    for label in PartnerKind.labels:
        yield COLUMNS[KIND], "", label
    for heading, rows in (("Type de structure", lists["type_structure"]), ("Type de service", lists["acteur"])):
        for row in rows:
            yield heading, row.code, row.label
    for territory in Territory.objects.all():
        yield COLUMNS[TERRITORY], territory.pk, territory.name
    for authority in AseAuthority.objects.prefetch_related("names"):
        yield COLUMNS[AUTHORITY], authority.pk, authority.name_on(timezone.localdate())
