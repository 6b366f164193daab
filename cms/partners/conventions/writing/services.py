"""Write the text of a convention from the template in force, and freeze it."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.partners.conventions.models import Convention
from cms.partners.conventions.writing.models import ConventionVersion
from cms.partners.conventions.writing.rules import text_fill
from cms.partners.conventions.writing.selectors import field_values, versions_of
from cms.partners.conventions.writing.settings import TEXT
from cms.partners.enums import Stage
from cms.users.models import User
from cms.values.settings import setting_value
from cms.wall import scope

OVER = (Stage.ENDED, Stage.DENOUNCED)


@transaction.atomic
def convention_write(
    *, convention: Convention, starts_on: dt.date, by: User, ends_on: dt.date | None = None
) -> ConventionVersion:
    """Freeze the text of a convention, its fields filled in for these dates. The same text is never written twice: the
    last version is returned.

    Raises `ValidationError` for a convention that is over, and for dates out of order.
    """
    if not scope.current().sees_all_cases():
        raise ValidationError("La coordination seule écrit une convention.", code="scope")
    if convention.stage in OVER:
        raise ValidationError("Cette convention est finie : ouvrez-en une autre.")
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": "La convention prend fin avant de prendre effet."})
    Convention.objects.select_for_update().get(pk=convention.pk)
    text = text_fill(setting_value(TEXT), field_values(convention, starts_on=starts_on, ends_on=ends_on))
    latest = next(iter(versions_of(convention)), None)
    if latest and latest.text == text:
        return latest
    version = ConventionVersion(
        convention=convention,
        number=latest.number + 1 if latest else 1,
        text=text,
        text_hash=text_hash(text),
        written_at=timezone.now(),
        written_by=by,
    )
    row_clean(version)
    version.save(force_insert=True)
    details = {"number": [None, version.number], "text_hash": [None, version.text_hash]}
    journal_append(action="partners.convention.write", kind="convention", object_id=convention.pk, details=details)
    return version


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
