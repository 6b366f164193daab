"""Rows of the workbooks that training gives out."""

from collections.abc import Iterator, Sequence
from typing import Any

from formation.enums import QuestionKind
from formation.questions.selectors import Results

HEADINGS = ("Partie", "Question", "Réponse", "Bonne réponse", "Avant", "Après")


def results_rows(results: Results) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    """Return the headings and the rows of the workbook: one row per choice, mark or text, totals alone."""
    return HEADINGS, _rows(results)


def _rows(results: Results) -> Iterator[Sequence[Any]]:
    yield ("Réponses", "Personnes inscrites", "", "", len(results.people), len(results.people))
    yield ("Réponses", "Personnes qui ont répondu", "", "", results.before, results.after)
    for label, gain in (("Bonnes réponses", results.knowledge), ("Aisance ressentie", results.confidence)):
        if gain.people:
            yield ("Gain", f"{label}, en %, {gain.people} réponses aux deux", "", "", gain.before, gain.after)
    for row in results.questions:
        for word in row.words:
            yield ("Module", row.question.text, word, "", "", "")
        if row.question.kind != QuestionKind.TEXT:
            for label, is_right, before, after in row.lines():
                yield ("Module", row.question.text, label, is_right, before, after)
    if results.opinion:
        for label, mean, counts in results.opinion.lines:
            yield ("Satisfaction", label, "Moyenne sur 5", "", "", round(mean, 2))
            for mark, count in enumerate(counts, 1):
                yield ("Satisfaction", label, mark, "", "", count)
        for comment in results.opinion.comments:
            yield ("Satisfaction", "En quelques mots", comment, "", "", "")
