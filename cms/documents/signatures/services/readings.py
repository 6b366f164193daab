"""Who read what: written once, never removed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.documents.signatures.models import Reading
from cms.documents.signatures.policies import may_read_for_structure
from cms.documents.versions.models import DocumentVersion
from cms.documents.versions.selectors import WHAT_CHANGES, chapters_of_version
from cms.journal.services import journal_append
from cms.users.models import User
from cms.wall import scope


@transaction.atomic
def part_read(*, version: DocumentVersion, chapter: str, by: User, at: dt.datetime | None = None) -> Reading:
    """Record that a professional read a chapter of a version, or what changes in it (empty `chapter`).

    Said twice, it stays said once, at the first moment. Raises `ValidationError` for somebody else, for a person who
    belongs to no structure, and for a chapter that the version does not have.
    """
    if scope.current().user_id != by.pk or not may_read_for_structure():
        raise ValidationError("La lecture se note pour les professionnels des structures, en leur propre nom.")
    if chapter != WHAT_CHANGES and chapter not in chapters_of_version(version):
        raise ValidationError({"chapter": "Ce chapitre n’est pas dans cette version. Rechargez la page."})
    known = Reading.objects.filter(user=by, version=version, chapter=chapter)
    if reading := known.first():
        return reading
    row = Reading(user=by, version=version, chapter=chapter, read_at=at or timezone.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Two windows of one person, at once: the other one has written it.
        return known.get()
    journal_append(
        action="documents.reading.record",
        kind="version",
        object_id=version.pk,
        details={"number": version.number, "chapter": chapter},
    )
    return row
