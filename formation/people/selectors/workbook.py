"""Reading people to enrol from a workbook: what each line would do, before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cms.files.rules.workbooks import headings_check, is_formula, sheet_open, text_of
from cms.kit.xlsx.blanks import blank_book
from cms.territory.models import Territory
from cms.values.selectors import values_by_list
from cms.vault.hashing import normalise
from formation.people.rules import PersonFacts
from formation.people.selectors.people import people_seen
from formation.sessions.models.sessions import Enrolment, Session

MOST_LINES = 1000
MOST_BYTES = 2 * 1024 * 1024
LONGEST_CELL = 160
SHEET = "Inscriptions"
COLUMNS = (
    "Nom",
    "Prénom",
    "Adresse électronique",
    "Profession",
    "Type d’employeur",
    "Employeur",
    "Département",
)
LAST, FIRST, EMAIL, PROFESSION, EMPLOYER_TYPE, EMPLOYER, TERRITORY = range(len(COLUMNS))

Cells = tuple[int, list[str], str]
"""Number of the line in the workbook, its cells as text, and what is wrong with one of them."""


@dataclass(frozen=True)
class LineOutcome:
    """What one line would do, or did, in words (`outcome`). `facts`: what the service takes, None to do nothing."""

    number: int
    person: str
    outcome: str
    facts: PersonFacts | None = None
    is_wrong: bool = False


def book_read(data: bytes) -> list[Cells]:
    """Read the lines under the titles, without blank ones. Raise `ValidationError` for a file that cannot be read."""
    lines: list[Cells] = []
    sheet = sheet_open(data, most_bytes=MOST_BYTES, name=SHEET)
    for number, cells in enumerate(sheet.iter_rows(max_col=len(COLUMNS)), 1):
        if number == 1:
            headings_check([cell.value for cell in cells], COLUMNS)
            continue
        texts, wrong = _texts(cells)
        if any(texts):
            lines.append((number, texts, wrong))
        if len(lines) > MOST_LINES or number > 10 * MOST_LINES:
            raise ValidationError(f"Un classeur tient en {MOST_LINES} lignes : découpez-le. Rien n’a été lu.")
    if not lines:
        raise ValidationError("Ce classeur ne contient personne sous les titres.")
    return lines


def _texts(cells: Sequence[Any]) -> tuple[list[str], str]:
    texts, wrong = [], ""
    for column, cell in enumerate(cells):
        text = text_of(cell.value)
        if cell.data_type == "f" or is_formula(cell.value):
            wrong = wrong or f"la case « {COLUMNS[column]} » contient une formule, collez sa valeur."
            text = "formule"
        if len(text) > LONGEST_CELL:
            wrong = wrong or f"la case « {COLUMNS[column]} » a plus de {LONGEST_CELL} caractères."
        if "\ufffd" in text or "Ã" in text:
            wrong = wrong or f"les accents de la case « {COLUMNS[column]} » sont abîmés, tapez-la à nouveau."
        texts.append(text[:LONGEST_CELL])
    return texts + [""] * (len(COLUMNS) - len(texts)), wrong


def lines_check(session: Session, lines: Sequence[Cells]) -> list[LineOutcome]:
    """Return what these lines would do to the session as it stands. Nothing is written."""
    codes = _Codes(session)
    seen: dict[str, int] = {}
    return [_line(number, cells, wrong, codes, seen) for number, cells, wrong in lines]


class _Codes:
    """What the cells may say, and who is known already, read once."""

    def __init__(self, session: Session) -> None:
        lists = values_by_list("profession", "type_employeur")
        self.professions = _by_words((row.pk, (row.code, row.label)) for row in lists["profession"])
        self.employer_types = _by_words((row.pk, (row.code, row.label)) for row in lists["type_employeur"])
        self.territories = _by_words((row.pk, (row.pk, row.name)) for row in Territory.objects.all())
        people = list(people_seen())
        self.by_email = {row.email.lower(): row for row in people if row.email}
        self.by_name = {normalise(f"{row.last_name} {row.first_name}"): row for row in people}
        rows = Enrolment.objects.live().filter(session=session)
        self.enrolled = set(rows.values_list("professional_id", flat=True))


def _by_words(rows: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {normalise(word): pk for pk, words in rows for word in words}


def _line(number: int, cells: list[str], wrong: str, codes: _Codes, seen: dict[str, int]) -> LineOutcome:
    person = f"{cells[FIRST]} {cells[LAST]}".strip()
    facts = wrong or _facts(cells, codes)
    if isinstance(facts, str):
        return LineOutcome(number, person, facts, is_wrong=True)
    marks = [normalise(f"{cells[LAST]} {cells[FIRST]}|{cells[EMPLOYER]}|{cells[EMAIL]}")]
    marks += [f"@{facts.email}"] if facts.email else []
    if twice := next((seen[mark] for mark in marks if mark in seen), 0):
        return LineOutcome(number, person, f"la même personne est déjà à la ligne {twice}.", is_wrong=True)
    name = normalise(f"{cells[LAST]} {cells[FIRST]}")
    # Two people may bear one name; without an address, nobody can tell.
    if (twice := seen.get(f"#{name}", 0)) and not facts.email:
        return LineOutcome(
            number, person, f"même nom qu’à la ligne {twice} : donnez une adresse à chacune.", is_wrong=True
        )
    marks.append(f"#{name}")
    seen |= dict.fromkeys(marks, number)
    known = codes.by_email.get(facts.email)
    if known and known.pk in codes.enrolled:
        return LineOutcome(number, person, "déjà inscrite, rien ne change.")
    namesake = codes.by_name.get(name)
    is_of_a_file = (
        namesake and namesake.employer_id is None and normalise(namesake.employer_name) == normalise(cells[EMPLOYER])
    )
    if known is None and namesake and is_of_a_file and not facts.email and namesake.pk in codes.enrolled:
        return LineOutcome(number, person, "déjà inscrite sous ce nom, rien ne change.")
    if known is None and namesake and (not facts.email or not namesake.email):
        return LineOutcome(
            number,
            person,
            "une personne connue porte ce nom : inscrivez-la depuis la page de la session, ou donnez son adresse.",
            is_wrong=True,
        )
    return LineOutcome(number, person, f"à inscrire, connue sous « {known} »." if known else "à inscrire.", facts)


def _facts(cells: list[str], codes: _Codes) -> PersonFacts | str:
    """Return what the service takes, or a sentence that says what to correct."""
    if not normalise(cells[LAST]) or not normalise(cells[FIRST]):
        return "donnez le nom et le prénom."
    if len(cells[LAST]) > 100 or len(cells[FIRST]) > 100:
        return "un nom et un prénom ont 100 caractères au plus."
    if cells[EMAIL]:
        try:
            validate_email(cells[EMAIL])
        except ValidationError:
            return f"« {cells[EMAIL]} » n’est pas une adresse électronique."
    profession = codes.professions.get(normalise(cells[PROFESSION]))
    if profession is None:
        return f"la profession « {cells[PROFESSION]} » n’est pas dans la feuille « Codes »."
    employer_type = codes.employer_types.get(normalise(cells[EMPLOYER_TYPE]))
    if employer_type is None:
        return f"le type d’employeur « {cells[EMPLOYER_TYPE]} » n’est pas dans la feuille « Codes »."
    code = cells[TERRITORY].zfill(2) if cells[TERRITORY].isdecimal() else cells[TERRITORY]
    if cells[TERRITORY] and normalise(code) not in codes.territories:
        return f"le département « {cells[TERRITORY]} » n’est pas connu."
    return PersonFacts(
        last_name=cells[LAST],
        first_name=cells[FIRST],
        email=cells[EMAIL].lower(),
        profession_id=profession,
        employer_type_id=employer_type,
        employer_name=cells[EMPLOYER],
        territory_id=codes.territories.get(normalise(code)) if cells[TERRITORY] else None,
    )


def template_book() -> bytes:
    """Return the workbook to fill in: its titles, and on another sheet what the cells may say."""
    return blank_book(SHEET, COLUMNS, _allowed(), texts=(TERRITORY,), lines=MOST_LINES).getvalue()


def _allowed() -> Iterable[tuple[str, str, str]]:
    lists = values_by_list("profession", "type_employeur")
    for column, rows in ((PROFESSION, lists["profession"]), (EMPLOYER_TYPE, lists["type_employeur"])):
        for row in rows:
            yield COLUMNS[column], row.code, row.label
    for territory in Territory.objects.all():
        yield COLUMNS[TERRITORY], territory.pk, territory.name
