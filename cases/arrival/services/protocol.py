"""The security protocol of one minor: a sentence or more for each point, agreed with the structure."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from cases.arrival.convention.services import convention_follow
from cases.arrival.models import Linking, LinkingCheck
from cases.arrival.services.live import KIND, lock_live
from cases.common.services import manager_only
from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.users.models import User
from cms.values.models import Value

LONGEST = 1500


@transaction.atomic
def protocol_write(*, linking: Linking, words: Mapping[str, str], by: User) -> None:
    """Write the points of the protocol, by the id of their value, in place of what they said. An empty text leaves a
    point to be settled; a point left out stays as it was.

    Raises `ValidationError` for what is not in the list, and for a point emptied once the minor has arrived.
    """
    manager_only()
    lock_live(linking)
    if Value.objects.of_list("protocole_securite").filter(pk__in=words).count() != len(words):
        raise ValidationError("Choisissez des points de la liste proposée.")
    rows = {row.item_id: row for row in linking.checks.all()}
    before = sorted(rows)
    told = []
    for item_id, text in sorted(words.items()):
        text = text.strip()
        row = rows.get(item_id)
        if row is None and text:
            rows[item_id] = row = LinkingCheck(linking=linking, item_id=item_id, words=text)
            row_clean(row)
            row.save(force_insert=True)
        elif row is not None and not text:
            if linking.placement_id:
                raise ValidationError("Le séjour a commencé : un point réglé se réécrit, il ne s’efface plus.")
            rows.pop(item_id).delete()
        elif row is not None and text != row.words:
            row.words = text
            row_clean(row, changed={"words"})
            row.save(update_fields=["words"])
        else:
            continue
        told.append(item_id)
    if told:
        details = changes({"items": before}, {"items": sorted(rows)}, ["items"]) | {"written": [None, told]}
        journal_append(action="cases.linking.checks", kind=KIND, object_id=linking.pk, details=details)
        convention_follow(linking=linking, by=by)
