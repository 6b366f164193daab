"""Documents as rows: what they say, whom a signature would bind, what waits for a second person."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cms.documents.enums import KindStep, VisibilityLevel
from cms.documents.kinds.models import KindDecision
from cms.documents.signatures.models import Acknowledgement
from cms.documents.signatures.policies import memberships_signing
from cms.documents.signatures.selectors import partners_asked
from cms.documents.versions.models import Document
from cms.documents.visibility.selectors import reach_of
from cms.users.models import User
from cms.wall import scope

FACTS = ("title", "ack_days", "is_reminded", "is_on_home")
"""What one person may change."""


def manages() -> bool:
    return scope.current().sees_all_cases()


def kind_facts(document: Document) -> dict[str, Any]:
    """Return a document as its versions and the file of configuration keep it. What is open to everybody is decided in
    each network: the file says what is kept to some roles alone.
    """
    reach = reach_of(document)
    names = (*FACTS, "signed_by", "is_validated")
    return {name: getattr(document, name) for name in names} | {
        "is_builtin": document.is_builtin,
        "is_retired": document.retired_on is not None,
        "read_by": sorted(reach.roles) if reach.level == VisibilityLevel.ROLES else [],
    }


@dataclass(frozen=True)
class Bound:
    """Whom a signature binds: partners, those of them where nobody signs, and people who would be told."""

    partners: int
    without: int
    people: int


def bound_by(signed_by: str, day: dt.date | None = None) -> Bound:
    day = day or timezone.localdate()
    asked = set(partners_asked(signed_by, day).values_list("pk", flat=True))
    signers = memberships_signing(signed_by, day).filter(partner__in=asked, user__is_active=True)
    rows = set(signers.values_list("partner_id", "user_id"))
    return Bound(len(asked), len(asked - {partner for partner, _ in rows}), len({person for _, person in rows}))


def signatures_held(document: Document) -> int:
    """How many partners have signed a version of this document, whichever."""
    rows = Acknowledgement.objects.filter(version__document=document)
    return rows.values("partner_id").distinct().count()


def concerned(document: Document, step: str, signed_by: str = "") -> int:
    """How many partners a step binds or frees."""
    return bound_by(signed_by).partners if step == KindStep.SIGN else signatures_held(document)


def decision_waiting(document: Document) -> KindDecision | None:
    return KindDecision.objects.waiting().filter(document=document).select_related("asked_by", "document").first()


def decisions_to_agree(user: User) -> list[KindDecision]:
    """List what `user` may agree to: somebody else asked."""
    rows = KindDecision.objects.waiting().exclude(asked_by=user).select_related("document", "asked_by")
    return list(rows)
