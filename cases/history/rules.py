"""Registers of earlier years, kept in a workbook before Havre: what each line would do, before anything is written."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.enums import Decision
from cms.files.rules.workbooks import headings_check, is_formula, sheet_open, text_of
from cms.partners.enums import PartnerKind
from cms.partners.models import Partner
from cms.territory.models import Territory
from cms.values.models import Value
from cms.vault.hashing import normalise

MOST_LINES = 5000
MOST_BYTES = 10 * 1024 * 1024
COLUMNS = (
    "Reçue le",
    "Service demandeur",
    "Nature",
    "Urgence",
    "Canal",
    "Forme principale",
    "Sexe",
    "Âge",
    "Département d’exploitation",
    "Département d’origine",
    "Suite donnée",
    "Orientée le",
    "Niveau d’identification",
    "Mineur",
)
STAY_COLUMNS = (
    "Structure d’accueil",
    "Arrivée le",
    "Âge à l’arrivée",
    "Cadre juridique",
    "Sortie le",
    "Motif de sortie",
)
"""Titles of a register that also tells the stays; all of them, or none."""
TITLES = (*COLUMNS, *STAY_COLUMNS)
RECEIVED, REQUESTER, NATURE, URGENCY, CHANNEL, FORM, SEX, AGE, PLACE, ORIGIN, OUTCOME, ORIENTED, LEVEL, MINOR = range(
    len(COLUMNS)
)
HOST, ARRIVED, ARRIVAL_AGE, FRAME, LEFT, LEFT_WHY = range(len(COLUMNS), len(TITLES))
DAYS = (RECEIVED, ORIENTED, ARRIVED, LEFT)
LISTS = {
    NATURE: "nature",
    URGENCY: "urgence",
    CHANNEL: "canal",
    FORM: "forme",
    SEX: "sexe",
    OUTCOME: "decision",
    LEVEL: "niveau_identification",
    FRAME: "cadre_juridique",
    LEFT_WHY: "motif_fin",
}
NEEDED = (RECEIVED, REQUESTER, NATURE, URGENCY, CHANNEL, OUTCOME)
OF_A_STAY = (HOST, ARRIVED, FRAME, LEFT, LEFT_WHY)
"""What a stay cannot do without: it is over, and a register loads no minor who is still there."""


@dataclass(frozen=True)
class HistoryLine:
    """One line of a register: what it says, or why it cannot be read."""

    number: int
    said: str
    facts: dict[int, Any] = field(default_factory=dict)
    is_wrong: bool = False
    key: str = ""
    """Hash of what it says: the same line of any other file is the same request."""


def history_read(data: bytes) -> list[HistoryLine]:
    """Return the lines under the titles; writes nothing.

    Raises `ValidationError` for a file that is not such a register.
    """
    rows = sheet_open(data, most_bytes=MOST_BYTES).iter_rows(max_col=len(TITLES), values_only=True)
    titles = next(rows, ())
    headings_check(titles, TITLES if any(titles[len(COLUMNS) :]) else COLUMNS)
    words = _Words()
    lines: list[HistoryLine] = []
    for number, cells in enumerate(rows, start=2):
        if not any(cell not in (None, "") for cell in cells):
            continue
        if len(lines) >= MOST_LINES:
            raise ValidationError(f"Un registre tient en {MOST_LINES} lignes : découpez-le. Rien n’a été lu.")
        lines.append(_line(number, [*cells, *[None] * len(TITLES)][: len(TITLES)], words))
    if not lines:
        raise ValidationError("Ce registre ne contient aucune ligne sous les titres.")
    return _without_doubles(lines)


def _without_doubles(lines: list[HistoryLine]) -> list[HistoryLine]:
    """Mark as wrong a line that repeats another, which would count a minor twice. A number tells two minors apart."""
    first: dict[str, int] = {}
    checked = []
    for line in lines:
        same = None if line.is_wrong else first.setdefault(line.key, line.number)
        if same not in (None, line.number):
            problem = f"même contenu que la ligne {same}. Pour deux mineurs, numérotez-les dans « Mineur »."
            line = HistoryLine(line.number, problem, is_wrong=True)
        checked.append(line)
    return checked


def lines_freeze(lines: list[HistoryLine]) -> list[list[Any]]:
    """Return the facts of lines as JSON.

    An order number replaces the word under « Mineur », which only groups lines.
    """
    minors: dict[str, str] = {}

    def plain(column: int, fact: Any) -> Any:
        if column == MINOR and fact:
            return minors.setdefault(fact, str(len(minors) + 1))
        return fact.isoformat() if column in DAYS and fact else str(fact.pk) if isinstance(fact, Partner) else fact

    return [
        [line.number, line.said, line.key, {str(column): plain(column, fact) for column, fact in line.facts.items()}]
        for line in lines
    ]


def lines_thaw(frozen: list[list[Any]]) -> list[HistoryLine]:
    """Return frozen lines as `history_load` takes them.

    A line whose partner left the address book meanwhile is marked as wrong.
    """
    partners = {str(row.pk): row for row in Partner.objects.all()}
    lines = []
    for number, words, key, plain in frozen:
        facts: dict[int, Any] = {int(column): fact for column, fact in plain.items()}
        for column in DAYS:
            facts[column] = dt.date.fromisoformat(facts[column]) if facts[column] else None
        names = [column for column in (REQUESTER, HOST) if facts[column]]
        if any(facts[column] not in partners for column in names):
            lines.append(HistoryLine(number, "ce partenaire n’est plus au carnet.", is_wrong=True))
            continue
        lines.append(HistoryLine(number, words, facts | {name: partners[facts[name]] for name in names}, key=key))
    return lines


class _Words:
    """What cells may say, read once: labels and codes of lists, names of services and of territories."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, str]] = {}
        for value in Value.objects.filter(list__in=LISTS.values()):
            known = self.values.setdefault(value.list_id, {})
            known |= {normalise(value.label): value.pk, normalise(value.code): value.pk}
        self.services = {normalise(row.code_name): row for row in Partner.objects.all()}
        self.places: dict[str, str] = {}
        for row in Territory.objects.all():
            self.places |= {normalise(row.pk): row.pk, normalise(row.name): row.pk}


def _line(number: int, cells: list[Any], words: _Words) -> HistoryLine:
    facts: dict[int, Any] = {}
    try:
        for column, cell in enumerate(cells):
            facts[column] = _fact(column, cell, words)
        _check(facts)
    except ValidationError as error:
        return HistoryLine(number, " ".join(error.messages), is_wrong=True)
    content = repr([str(getattr(fact, "pk", fact)) for fact in facts.values()])
    key = hashlib.sha256(content.encode()).hexdigest()
    return HistoryLine(number, f"demande du {facts[RECEIVED]:%d/%m/%Y}", facts, key=key)


def _fact(column: int, cell: Any, words: _Words) -> Any:
    text = text_of(cell)
    title = TITLES[column]
    if is_formula(text):
        raise ValidationError(f"« {title} » contient une formule : collez sa valeur.")
    if not text:
        if column in NEEDED:
            raise ValidationError(f"« {title} » est vide.")
        return None
    if column in DAYS:
        return _day(cell, title)
    if column in LISTS:
        return _known(words.values.get(LISTS[column], {}), text, title)
    if column in (REQUESTER, HOST):
        return _known(words.services, text, title)
    if column in (PLACE, ORIGIN):
        return _known(words.places, text, title)
    if column in (AGE, ARRIVAL_AGE):
        if not text.isdecimal() or int(text) > 25:
            raise ValidationError(f"« {title} » n’est pas un âge en années.")
        return int(text)
    return text[:40]


def _day(cell: Any, title: str) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(str(cell).strip(), shape).date()
        except ValueError:
            continue
    raise ValidationError(f"« {title} » n’est pas un jour : écrivez-le 31/01/2024.")


def _known(known: dict[str, Any], text: str, title: str) -> Any:
    value = known.get(normalise(text))
    if value is None:
        raise ValidationError(f"« {title} » : « {text[:60]} » n’est pas connu.")
    return value


def _check(facts: dict[int, Any]) -> None:
    if facts[RECEIVED] > timezone.localdate():
        raise ValidationError("« Reçue le » est un jour à venir.")
    if facts[ORIENTED] and facts[ORIENTED] < facts[RECEIVED]:
        raise ValidationError("« Orientée le » précède la réception.")
    if facts[ORIENTED] and not facts[LEVEL]:
        raise ValidationError("« Niveau d’identification » est vide : une orientation le demande.")
    if any(facts[column] for column in (*OF_A_STAY, ARRIVAL_AGE)):
        _check_stay(facts)


def _check_stay(facts: dict[int, Any]) -> None:
    for column in (*OF_A_STAY, ORIENTED):
        if not facts[column]:
            raise ValidationError(f"« {TITLES[column]} » est vide : un séjour le demande.")
    if facts[HOST].kind != PartnerKind.STRUCTURE:
        raise ValidationError("« Structure d’accueil » : ce partenaire n’est pas une structure d’accueil.")
    if facts[OUTCOME] != Decision.NETWORK:
        raise ValidationError("« Suite donnée » n’oriente pas dans le réseau : elle n’ouvre pas de séjour.")
    if facts[ARRIVED] < facts[ORIENTED]:
        raise ValidationError("« Arrivée le » précède l’orientation.")
    if facts[LEFT] < facts[ARRIVED]:
        raise ValidationError("« Sortie le » précède l’arrivée.")
    if facts[LEFT] > timezone.localdate():
        raise ValidationError("« Sortie le » est un jour à venir : un séjour en cours s’ouvre dans Havre.")
