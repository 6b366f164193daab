"""A frozen version as its readers see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cms.documents.models import ClauseVersion, DocumentVersion, Reading
from cms.documents.versions.rules.differences import ClauseDifference, Difference, Part, difference, parts_changed
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
    reading: Reading | None = None

    @property
    def is_unread(self) -> bool:
        """A chapter without exigence asks for no reading."""
        return bool(self.exigences) and self.reading is None


def chapters_of(version: DocumentVersion, readings: Mapping[str, Reading] | None = None) -> list[Chapter]:
    """List the chapters of a version read by `version_to_read`, in their order. `readings`: chapters read, by code."""
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
            (readings or {}).get(chapter["code"]),
        )
        for chapter in version.content["chapters"]
    ]


def exigence_of(code: str, content: Mapping[str, Any]) -> Exigence:
    """Return an exigence, from the content of its clause."""
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
        # A legal reference that nobody has checked is not shown.
        law=content["law"] if content["is_law_verified"] else "",
    )


def readable(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what a reader sees of an exigence: label → text. Two versions are compared by it."""
    item = exigence_of("", content)
    return {
        "Exigence": item.text,
        "Niveau": item.level_label,
        "Preuves attendues": "\u00a0; ".join(item.evidence),
        "Ce que regarde l’évaluateur": item.assessment,
        "Comment on le vérifie": item.checked_by,
        "Modules de formation": ", ".join(item.module_codes),
        "Texte de loi": item.law,
    }


def readable_head(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands around the exigences: title, introduction, chapters."""
    texts = {"Titre": content["title"], "Introduction": content["introduction"]}
    for chapter in content["chapters"]:
        texts[f"Chapitre {chapter['code']}"] = chapter["title"]
        texts[f"Présentation du chapitre {chapter['code']}"] = chapter["introduction"]
    return texts


def changes_between(before: DocumentVersion, after: DocumentVersion) -> Difference:
    """Return what changed for readers; both versions are read by `versions_of`."""
    return difference(before, after, readable=readable, head=readable_head)


@dataclass(frozen=True)
class ChangedChapter:
    """A chapter with what changed in it, and the exigences that did not, which stay folded."""

    code: str
    title: str
    changed: list[ClauseDifference] = field(default_factory=list)
    same: list[ClauseDifference] = field(default_factory=list)


def chapters_changed(changes: Difference) -> list[ChangedChapter]:
    titles = {
        row["code"]: row["title"] for row in [*changes.before.content["chapters"], *changes.after.content["chapters"]]
    }
    chapters = {code: ChangedChapter(code, title) for code, title in titles.items()}
    for clause in changes.clauses:
        chapter = chapters[clause.chapter]
        (chapter.same if clause.change == "same" else chapter.changed).append(clause)
    order = list(dict.fromkeys(clause.chapter for clause in changes.clauses))
    return [chapters[code] for code in order]


@dataclass(frozen=True)
class Wording:
    """An exigence as a version wrote it; `parts`: what that version changed, nothing for the first one."""

    version: DocumentVersion
    text: str
    parts: tuple[Part, ...]


def exigence_past(rows: Sequence[ClauseVersion]) -> list[Wording]:
    """List the versions that changed an exigence, latest first, from its rows in every version, oldest first."""
    wordings: list[Wording] = []
    before: dict[str, str] = {}
    for row in rows:
        texts = readable(row.content)
        if texts != before:
            parts = parts_changed(before, texts) if before else ()
            wordings.append(Wording(row.version, texts["Exigence"], parts))
        before = texts
    return wordings[::-1]


def grouped(hash_: str) -> list[str]:
    """Split a hash in groups of eight characters, to be read aloud or compared by eye."""
    return [hash_[start : start + 8] for start in range(0, len(hash_), 8)]


def chapter_address(code: str) -> str:
    """Return the address of a chapter, whether the page shows the whole or one chapter."""
    return f"{reverse('referentiel:read')}?{urlencode({'chapitre': code})}#chapitre-{code.lower()}"
