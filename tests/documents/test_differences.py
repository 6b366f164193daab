"""What differs between two versions: which clauses, which words, and how fast."""

import time

import pytest

from cms.documents.models import ClauseVersion, DocumentVersion
from cms.documents.versions.rules.canonical import content_hash
from cms.documents.versions.rules.differences import Change, difference, words_changed

NIGHT = "Un adulte éveillé et formé est présent chaque nuit dans chaque lieu où dort un jeune du réseau."


class Version(DocumentVersion):
    """A version out of the database, with its clauses."""

    class Meta:
        proxy = True
        app_label = "documents"

    @property
    def ordered_clauses(self):
        return self.listed


def version(texts: dict[str, dict], **content) -> Version:
    built = Version(content=content)
    built.listed = [
        ClauseVersion(code=code, chapter=code[0], position=rank, content=text, content_hash=content_hash(text))
        for rank, (code, text) in enumerate(texts.items(), 1)
    ]
    return built


def shown(runs) -> str:
    signs = {Change.ADDED: "+{}+", Change.REMOVED: "-{}-", Change.SAME: "{}"}
    return "".join(signs[run.change].format(run.text) for run in runs)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Deux adultes veillent.", "Deux adultes veillent.", "Deux adultes veillent."),
        ("Un adulte veille la nuit.", "Un adulte formé veille la nuit.", "Un adulte +formé +veille la nuit."),
        ("Il dort chaque nuit ici.", "Il dort ici.", "Il dort -chaque nuit -ici."),
        ("sous 24 h", "sous 12 h", "sous -24 -+12 +h"),
        ("", "Nouveau.", "+Nouveau.+"),
        ("Ancien.", "", "-Ancien.-"),
        ("Le jeune choisit.", "Aucune image en ligne", "-Le jeune choisit.-+Aucune image en ligne+"),
        ("l'eau d’ici", "l'eau d’ailleurs", "l'eau -d’ici-+d’ailleurs+"),
    ],
)
def test_the_words_that_changed_and_no_other(old, new, expected):
    assert shown(words_changed(old, new)) == expected


def test_clauses_added_removed_changed_and_kept_in_the_order_of_the_newer_version():
    before = version({"E1": {"text": "Un."}, "E2": {"text": "Deux."}, "P1": {"text": "Trois."}}, title="Référentiel")
    after = version(
        {"E1": {"text": "Un."}, "E3": {"text": "Nouveau."}, "P1": {"text": "Trois bis."}},
        title="Référentiel du réseau",
    )
    found = difference(before, after)
    assert [(clause.code, clause.change) for clause in found.clauses] == [
        ("E1", Change.SAME), ("E3", Change.ADDED), ("E2", Change.REMOVED), ("P1", Change.CHANGED),
    ]  # fmt: skip
    assert found.counts == dict.fromkeys(Change, 1)
    assert [part.label for part in found.head] == ["title"]
    assert shown(found.clauses[-1].parts[0].runs) == "Trois +bis+."
    assert not found.is_empty
    assert difference(after, after).is_empty


def test_what_the_reader_does_not_see_is_no_change():
    before, after = version({"E1": {"text": "Un.", "note": "a"}}), version({"E1": {"text": "Un.", "note": "b"}})
    found = difference(before, after, readable=lambda content: {"Exigence": content["text"]})
    assert [clause.change for clause in found.clauses] == [Change.SAME]


def test_two_hundred_clauses_all_changed_take_less_than_fifty_milliseconds():
    """Processor time of this thread alone, best of three: what else the machine does is not counted."""
    old = {f"E{n}": {"text": NIGHT} for n in range(200)}
    new = {f"E{n}": {"text": NIGHT.replace("formé", "qualifié").replace("nuit", f"soirée {n}")} for n in range(200)}
    before, after = version(old), version(new)

    def spent() -> float:
        start = time.thread_time()
        assert difference(before, after).counts[Change.CHANGED] == 200
        return time.thread_time() - start

    assert min(spent() for _ in range(3)) < 0.05
