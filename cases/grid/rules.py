"""What one version of the grid holds, frozen once published, and what the answers to it say, in words.

No score leaves this module: it could be quoted as one.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from cases.grid.enums import GridReading, SignAnswer, SignWeight

FIRST = Path(__file__).parent / "data" / "grid.json"
MOST_SIGNS = 120
"""A form with more lines than that is refused by the server."""
LONGEST_LABEL, LONGEST_TEXT = 160, 900
CODE = re.compile(r"^S[0-9]{2,3}$")
NOTED = (SignAnswer.SEEN, SignAnswer.TOLD)
"""What a third party reported counts as observed: who fills the grid in was often not present."""
MOST_FORMS = 3


@dataclass(frozen=True)
class Sign:
    """One sign. `forms`: codes of the forms of exploitation that it points to; none when it points to all of them."""

    code: str
    theme: str
    label: str
    weight: SignWeight
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thresholds:
    """How signs add up to a reading."""

    strong_for_strong: int = field(
        metadata={"label": "Signes forts qui font une suspicion forte", "least": 1, "most": 5}
    )
    medium_for_suspicion: int = field(
        metadata={"label": "Signes moyens qui font une suspicion", "least": 1, "most": 20}
    )
    themes_for_suspicion: int = field(
        metadata={"label": "Thèmes différents où ils se trouvent, au moins", "least": 1, "most": 10}
    )
    faint_for_medium: int = field(
        metadata={"label": "Signes faibles qui valent un signe moyen (0 : jamais)", "least": 0, "most": 20}
    )


@dataclass(frozen=True)
class Wording:
    title: str
    text: str


@dataclass(frozen=True)
class GridContent:
    intro: str
    forms: dict[str, str]
    signs: tuple[Sign, ...]
    thresholds: Thresholds
    words: dict[GridReading, Wording]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "GridContent":
        return cls(
            intro=data["intro"],
            forms={form["code"]: form["label"] for form in data["forms"]},
            signs=tuple(
                Sign(
                    code=row["code"],
                    theme=row["theme"],
                    label=row["label"],
                    weight=SignWeight(row["weight"]),
                    forms=tuple(row["forms"]),
                )
                for row in data["signs"]
            ),
            thresholds=Thresholds(**data["thresholds"]),
            words={GridReading(key): Wording(**words) for key, words in data["words"].items()},
        )

    def as_data(self) -> dict[str, Any]:
        """Return the content as it is stored, always in the same order."""
        return {
            "intro": self.intro,
            "forms": [{"code": code, "label": label} for code, label in self.forms.items()],
            "signs": [asdict(sign) | {"weight": sign.weight.value, "forms": list(sign.forms)} for sign in self.signs],
            "thresholds": asdict(self.thresholds),
            "words": {key.value: asdict(words) for key, words in self.words.items()},
        }

    def themes(self) -> dict[str, list[Sign]]:
        """Return the signs by theme, in the order in which each theme first appears."""
        by_theme: dict[str, list[Sign]] = {}
        for sign in self.signs:
            by_theme.setdefault(sign.theme, []).append(sign)
        return by_theme


def first_content() -> GridContent:
    """Return the grid with which a network begins."""
    return GridContent.from_data(json.loads(FIRST.read_text()))


def next_code(known: Iterable[str]) -> str:
    """Return the code of one more sign. A code is never used twice: the meaning of old grids would change."""
    return f"S{max((int(code[1:]) for code in known), default=0) + 1:02d}"


def content_check(content: GridContent) -> None:
    """Raise `ValidationError` for what a version may not be."""
    if not content.signs:
        raise ValidationError("La grille garde au moins un signe.")
    if len(content.signs) > MOST_SIGNS:
        raise ValidationError(f"La grille tient en {MOST_SIGNS} signes : retirez-en.")
    codes = [sign.code for sign in content.signs]
    if len(set(codes)) != len(codes) or not all(CODE.match(code) for code in codes):
        raise ValidationError("Deux signes portent le même code : rechargez la page.")
    labels = [sign.label.casefold() for sign in content.signs]
    if twice := next((sign.label for sign in content.signs if labels.count(sign.label.casefold()) > 1), ""):
        raise ValidationError(f"Ce signe est écrit deux fois : « {twice} ».")
    for sign in content.signs:
        if not sign.label.strip() or not sign.theme.strip() or len(sign.label) > LONGEST_LABEL:
            raise ValidationError(f"Chaque signe a un thème et un libellé de {LONGEST_LABEL} caractères au plus.")
        if unknown := set(sign.forms) - set(content.forms):
            raise ValidationError(f"Formes inconnues : {', '.join(sorted(unknown))}.")
    for words in content.words.values():
        if not words.title.strip() or not words.text.strip() or len(words.text) > LONGEST_TEXT:
            raise ValidationError(f"Chaque lecture a un titre et un texte de {LONGEST_TEXT} caractères au plus.")


def content_changes(before: GridContent, after: GridContent) -> list[str]:
    """List what a new version changes, a sentence each."""
    old = {sign.code: sign for sign in before.signs}
    new = {sign.code: sign for sign in after.signs}
    sentences = [f"Signe ajouté : {sign.label}." for code, sign in new.items() if code not in old]
    sentences += [f"Signe retiré : {sign.label}." for code, sign in old.items() if code not in new]
    for code in old.keys() & new.keys():
        sentences += _sign_changes(old[code], new[code], after.forms)
    if before.thresholds != after.thresholds:
        sentences.append("Les seuils changent.")
    sentences += [
        f"Le texte « {after.words[reading].title} » change."
        for reading in GridReading
        if before.words[reading] != after.words[reading]
    ]
    if before.intro != after.intro:
        sentences.append("Le texte d’introduction change.")
    return sorted(sentences)


def _sign_changes(old: Sign, new: Sign, names: Mapping[str, str]) -> list[str]:
    sentences = []
    if old.label != new.label:
        sentences.append(f"Signe réécrit : « {old.label} » devient « {new.label} ».")
    if old.theme != new.theme:
        sentences.append(f"Thème changé pour « {new.label} » : {old.theme} → {new.theme}.")
    if old.weight != new.weight:
        sentences.append(f"Poids changé pour « {new.label} » : {old.weight.label} → {new.weight.label}.")
    if set(old.forms) != set(new.forms):
        listed = ", ".join(names[code] for code in new.forms) or "toutes"
        sentences.append(f"Formes changées pour « {new.label} » : {listed}.")
    return sentences


@dataclass(frozen=True)
class GridResult:
    """The words of a grid: its reading, the forms that stand out, the signs noted with their answer, by theme."""

    reading: GridReading
    words: Wording
    forms: list[str]
    noted: dict[str, list[tuple[str, str]]]


def grid_read(content: GridContent, answers: Mapping[str, str]) -> GridResult:
    noted = [sign for sign in content.signs if answers.get(sign.code) in NOTED]
    reading = _reading(content, noted)
    by_theme: dict[str, list[tuple[str, str]]] = {}
    for sign in noted:
        by_theme.setdefault(sign.theme, []).append((sign.label, str(SignAnswer(answers[sign.code]).label)))
    return GridResult(reading=reading, words=content.words[reading], forms=_forms(content, noted), noted=by_theme)


def _reading(content: GridContent, noted: list[Sign]) -> GridReading:
    limits = content.thresholds
    of = {weight: [sign for sign in noted if sign.weight == weight] for weight in SignWeight}
    if not noted:
        return GridReading.NONE
    if len(of[SignWeight.STRONG]) >= limits.strong_for_strong:
        return GridReading.STRONG
    # A strong sign that does not reach its own threshold still counts as a medium one.
    counted = [*of[SignWeight.STRONG], *of[SignWeight.MEDIUM]]
    faint = of[SignWeight.FAINT]
    extra = len(faint) // limits.faint_for_medium if limits.faint_for_medium else 0
    themes = {sign.theme for sign in [*counted, *(faint if extra else [])]}
    if len(counted) + extra >= limits.medium_for_suspicion and len(themes) >= limits.themes_for_suspicion:
        return GridReading.SUSPICION
    return GridReading.WATCH


def _forms(content: GridContent, noted: list[Sign]) -> list[str]:
    """List forms to which a strong sign, or two signs, point, most first. One faint sign alone names none."""
    pull = {SignWeight.STRONG: 4, SignWeight.MEDIUM: 2, SignWeight.FAINT: 1}
    pulls = {code: [pull[sign.weight] for sign in noted if code in sign.forms] for code in content.forms}
    codes = [code for code, weights in pulls.items() if len(weights) > 1 or 4 in weights]
    codes.sort(key=lambda code: -sum(pulls[code]))
    return [content.forms[code] for code in codes[:MOST_FORMS]]
