"""Setting the line of a structure, and who may answer for its direction."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from cms.journal.rows import row_clean
from cms.journal.services import changes, journal_append
from cms.partners.book.models import Partner
from cms.partners.common.services import structure_only
from cms.partners.oncall.models import OnCallLine, OnCallMember
from cms.partners.oncall.policies import sets_line
from cms.partners.oncall.selectors import people_of
from cms.partners.people.models import Membership
from cms.partners.people.services import membership_delegate
from cms.users.roles import Role

CODED = ("days", "starts_at", "ends_at")


@dataclass(frozen=True)
class LineFacts:
    """`members` answer the line; `delegates` answer for the direction: ids of memberships of the structure."""

    phone: str
    days: Collection[int]
    starts_at: dt.time = dt.time()
    ends_at: dt.time = dt.time()
    members: Collection[uuid.UUID] = ()
    delegates: Collection[uuid.UUID] = ()


@transaction.atomic
def line_set(*, partner: Partner, facts: LineFacts) -> OnCallLine:
    """Set the line of a structure, its people and its delegations, in place of what was set before.

    Raises `ValidationError` for somebody of another structure, and for who answers the line and not for the direction:
    they would be called at night for what they may not answer.
    """
    structure_only(partner)
    if not sets_line(partner.pk):
        raise ValidationError("Cette action n’est pas ouverte à votre compte.", code="scope")
    people = {row.pk: row for row in people_of(partner.pk)}
    members, delegates = _known(people, facts)
    line = OnCallLine.objects.select_for_update().filter(pk=partner.pk).first()
    is_new = line is None
    line = line or OnCallLine(partner=partner)
    before = {} if is_new else {name: _plain(getattr(line, name)) for name in (*CODED, "phone")}
    line.phone, line.days = facts.phone.strip(), sorted(set(facts.days))
    line.starts_at, line.ends_at = facts.starts_at, facts.ends_at
    row_clean(line)
    line.save(force_insert=is_new)
    after = {name: _plain(getattr(line, name)) for name in (*CODED, "phone")}
    details = changes(before, after, CODED, ("phone",)) | _members_set(line, members)
    journal_append(action="partners.oncall.set", kind="partner", object_id=partner.pk, details=details)
    for pk, row in people.items():
        if row.role == Role.STRUCTURE_EDUCATOR:
            membership_delegate(membership=row, may_answer=pk in delegates)
    return line


def _known(people: dict[uuid.UUID, Membership], facts: LineFacts) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    members, delegates = set(facts.members), set(facts.delegates)
    if not members <= people.keys():
        raise ValidationError({"members": "Choisissez des personnes de la structure."})
    if not delegates <= {pk for pk, row in people.items() if row.role == Role.STRUCTURE_EDUCATOR}:
        raise ValidationError({"delegates": "Choisissez des personnes de l’équipe."})
    unable = [str(people[pk].user) for pk in members - delegates if people[pk].role == Role.STRUCTURE_EDUCATOR]
    if unable:
        raise ValidationError(
            {"delegates": f"Donnez aussi la délégation à {', '.join(sorted(unable))} : appelée la nuit sans elle, "
             "cette personne ne pourrait pas répondre."}
        )  # fmt: skip
    return members, delegates


def _members_set(line: OnCallLine, wanted: set[uuid.UUID]) -> dict[str, list[list[str]]]:
    before = set(line.members.values_list("membership_id", flat=True))
    line.members.filter(membership_id__in=before - wanted).delete()
    for pk in sorted(wanted - before):
        OnCallMember(line=line, membership_id=pk).save(force_insert=True)
    return {} if before == wanted else {"members": [sorted(map(str, before)), sorted(map(str, wanted))]}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.time) else value
