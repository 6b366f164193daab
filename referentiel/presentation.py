"""A frozen version as its readers see it."""

from dataclasses import dataclass
from typing import Any

from cms.documents.models import DocumentVersion
from referentiel.enums import Level, Mode


@dataclass(frozen=True)
class Exigence:
    code: str
    text: str
    level_label: str
    tone: str
    evidence: list[str]
    assessment: str
    checked_by: str
    module_codes: list[str]
    law: str


@dataclass(frozen=True)
class Chapter:
    code: str
    title: str
    introduction: str
    exigences: list[Exigence]


def chapters_of(version: DocumentVersion) -> list[Chapter]:
    """Chapters of a version read by `version_to_read`, in their order."""
    return [
        Chapter(
            chapter["code"],
            chapter["title"],
            chapter["introduction"],
            [
                exigence_of(clause.code, clause.content)
                for clause in version.ordered_clauses
                if clause.chapter == chapter["code"]
            ],
        )
        for chapter in version.content["chapters"]
    ]


def exigence_of(code: str, content: dict[str, Any]) -> Exigence:
    """An exigence, from the content of its clause."""
    is_imperative = content["level"] == Level.IMPERATIVE
    return Exigence(
        code=code,
        text=content["text"],
        level_label=Level(content["level"]).label,
        tone="warning" if is_imperative else "neutral",
        evidence=content["evidence"],
        assessment=content["assessment"],
        checked_by=", ".join(Mode(mode).label for mode in content["modes"]),
        module_codes=content["module_codes"],
        # A reference that nobody has read is not shown: it would be taken for certain.
        law=content["law"] if content["is_law_verified"] else "",
    )


def grouped(hash_: str) -> list[str]:
    """A hash by groups of eight characters, to be read aloud or compared by eye."""
    return [hash_[start : start + 8] for start in range(0, len(hash_), 8)]
