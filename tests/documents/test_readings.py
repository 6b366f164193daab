"""Reading before signing, on paper, and the reminders of those who have still to sign."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from cms.documents.models import Acknowledgement, Document, Reading
from cms.documents.signatures.selectors import State, adherence_list, team_readings
from cms.documents.signatures.services.readings import part_read
from cms.documents.signatures.services.reminders import signatures_follow
from cms.documents.signatures.services.signatures import acknowledgement_record, acknowledgement_sign
from cms.documents.versions.integrity import acknowledgements_check
from cms.documents.versions.selectors import acknowledgements_holding, parts_left, version_in_force
from cms.documents.versions.services.versions import ClauseContent, version_publish
from cms.files.models import Attachment
from cms.files.services import attachment_remove
from cms.journal.models import JournalLine
from cms.notify.inbox.services.messages import notifications_send
from cms.partners.models import Partner
from cms.users.models import User
from tests.cast.files import pdf, upload
from tests.cast.readings import read_whole
from tests.notify.steps import obligations_end

TODAY = dt.date.today()


@pytest.fixture
def version(acting_as):
    with acting_as("coordination"):
        return version_in_force("referentiel")


@pytest.fixture
def house(acting_as):
    with acting_as("coordination"):
        return Partner.objects.get(code_name="Les Tilleuls")


def next_version(by: User, *, number: str = "2.0", is_major: bool = True):
    """The référentiel with one clause more, under the scope of `by`."""
    document = Document.objects.get(kind="referentiel")
    last = document.versions.order_by("-sequence").first()
    clauses = [ClauseContent(row.code, row.content, row.chapter) for row in last.clauses.order_by("position")]
    return version_publish(
        document=document,
        clauses=[*clauses, ClauseContent(f"S9.{number}", clauses[0].content, "S")],
        content=last.content,
        number=number,
        effective_on=TODAY,
        is_major=is_major,
        change_note="Une exigence de plus.",
        published_by=by,
    )


def test_a_director_reads_each_chapter_before_signing(version, house, cast, acting_as):
    director, facts = cast["director_a"], {"version": version, "partner": house, "position": "Directrice"}
    with acting_as("director_a"):
        with pytest.raises(ValidationError, match="lisez chaque chapitre"):
            acknowledgement_sign(signed_by=director, **facts)
        for chapter in ("E", "P", "E"):
            part_read(version=version, chapter=chapter, by=director)
        assert parts_left(director, version, house) == ["S"]
        with pytest.raises(ValidationError, match="pas dans cette version"):
            part_read(version=version, chapter="Z", by=director)
        part_read(version=version, chapter="S", by=director)
        first = acknowledgement_sign(signed_by=director, **facts)
    with acting_as("direction"):
        assert JournalLine.objects.filter(action="documents.reading.record").count() == 3
    with acting_as("coordination"):
        minor = next_version(cast["coordination"], number="1.1", is_major=False)
        major = next_version(cast["coordination"])
    with acting_as("director_a"):
        assert parts_left(director, minor, house) == [""]  # a minor version leaves what was read as it is
        assert parts_left(director, major, house) == ["", "E", "P", "S"]
        read_whole(director, major, house)
        assert acknowledgement_sign(signed_by=director, **(facts | {"version": major})).previous == first


def test_a_reading_is_written_by_its_reader_and_seen_by_who_directs(version, house, cast, acting_as):
    educator = cast["educator_a"]
    for key in ("coordination", "gendarme", "director_a"):
        with acting_as(key), pytest.raises(ValidationError, match="en leur propre nom"):
            part_read(version=version, chapter="E", by=educator if key == "director_a" else cast[key])
    forged = Reading(user=educator, version=version, chapter="E", read_at=dt.datetime.now(dt.UTC))
    with acting_as("director_a"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        forged.save(force_insert=True)
    with acting_as("educator_a"):
        for chapter in ("E", "P", "S"):
            part_read(version=version, chapter=chapter, by=educator)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Reading.objects.all().delete()
    for key, count in {"director_a": 3, "coordination": 3, "director_b": 0, "gendarme": 0, "editor": 0}.items():
        with acting_as(key):
            assert Reading.objects.count() == count, key
    with acting_as("director_a"):
        lines = {line.membership.user_id: line.chapters for line in team_readings(version, house)}
        assert lines == {educator.pk: [True] * 3, cast["director_a"].pk: [False] * 3}
    with acting_as("coordination"):
        rates = {row.partner.code_name: row.rate.words for row in adherence_list(version)}
    assert rates == {"Les Tilleuls": "1 sur 2 a tout lu", "Aubépine": "0 sur 1 a tout lu"}


def record(house, version, by, **changes):
    facts = {
        "signer_name": "Alice Martin",
        "signer_position": "Directrice",
        "signed_on": TODAY,
        "scan": upload("papier.pdf", pdf()),
    }
    return acknowledgement_record(version=version, partner=house, by=by, **(facts | changes))


def test_the_coordination_records_a_paper_with_its_scan(version, house, cast, acting_as):
    by = cast["coordination"]
    with acting_as("director_a"), pytest.raises(ValidationError, match="La coordination seule"):
        record(house, version, cast["director_a"])
    with acting_as("coordination"):
        for changes, sentence in (
            ({"signer_name": " "}, "Recopiez"),
            ({"signed_on": TODAY + dt.timedelta(days=1)}, "futur"),
            ({"signed_on": dt.date(2020, 1, 1)}, "pas celle en vigueur ce jour-là"),
            ({"scan": upload("rien.pdf", b"rien")}, "fichier"),
        ):
            with pytest.raises(ValidationError, match=sentence), transaction.atomic():
                record(house, version, by, **changes)
        assert not Acknowledgement.objects.exists()
        row = record(house, version, by)
        assert (row.signed_by, row.recorded_by, row.is_on_paper) == (None, by, True)
        assert acknowledgements_check() == []
    with acting_as("educator_a"):
        assert Attachment.objects.filter(object_kind="acknowledgement", object_id=row.pk).count() == 1
    with acting_as("director_b"):
        assert not Attachment.objects.filter(object_kind="acknowledgement").exists()
        assert not Acknowledgement.objects.exists()
    forged = Acknowledgement(
        version=version, partner=house, recorded_by=by, recorded_at=row.recorded_at, signer_name="x",
        signer_position="y", signed_at=row.signed_at, version_hash=version.content_hash, clause_hashes={},
    )  # fmt: skip
    with acting_as("director_a"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        forged.save(force_insert=True)
    with acting_as("coordination"):
        attachment_remove(attachment=Attachment.objects.get(object_id=row.pk), by=by, reason="mistake")
        assert [problem.rpartition(" : ")[2] for problem in acknowledgements_check()] == [
            "le papier signé n’est plus joint"
        ]


def test_a_signature_holds_until_the_delay_of_the_next_major_version_ends(version, house, cast, acting_as):
    with acting_as("director_a"):
        read_whole(cast["director_a"], version, house)
        acknowledgement_sign(version=version, partner=house, signed_by=cast["director_a"], position="Directrice")
    with acting_as("coordination"):
        major = next_version(cast["coordination"])
        last = TODAY + dt.timedelta(days=59)
        for day, holds, state in (
            (TODAY, True, State.TO_SIGN),
            (last, True, State.TO_SIGN),
            (last + dt.timedelta(days=1), False, State.LATE),
        ):
            assert acknowledgements_holding("referentiel", day).exists() == holds, day
            assert {row.partner.code_name: row.state for row in adherence_list(major, day)}["Les Tilleuls"] == state


def test_who_signs_is_reminded_until_the_structure_has_signed(cast, acting_as, house):
    with acting_as("coordination"):
        version = next_version(cast["coordination"])
        # They sign the circuit of incidents too: only the référentiel is followed here.
        Document.objects.filter(kind="incident-circuit").update(is_reminded=False)
    obligations_end()

    def on(days: int) -> list[str]:
        day = TODAY + dt.timedelta(days=days)
        signatures_follow(day)
        mail.outbox.clear()
        notifications_send(at=dt.datetime.combine(day, dt.time(12), dt.UTC))
        return sorted(message.to[0] for message in mail.outbox)

    both = ["director-a@havre.example", "director-b@havre.example"]
    assert [on(days) for days in (28, 29, 30)] == [[], both, []]
    assert on(51) == []
    with acting_as("director_a"):
        read_whole(cast["director_a"], version, house)
        acknowledgement_sign(version=version, partner=house, signed_by=cast["director_a"], position="Directrice")
    assert [on(days) for days in (52, 60, 61)] == [["director-b@havre.example"], ["director-b@havre.example"], []]
