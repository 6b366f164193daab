"""What was scheduled: when its day comes, a page goes online and a version is frozen, under the name of who asked."""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.actions.unpublish import UnpublishPermissionError
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.documents.enums import OPEN_PROPOSALS, ProposalState
from cms.documents.proposals.models import VersionProposal
from cms.documents.proposals.services import proposal_holds, proposal_publish
from cms.documents.versions.policies import may_publish
from cms.documents.versions.services.versions import document_lock
from cms.journal.services import journal_append
from cms.notify.inbox.services.obligations import Recipient, notification_owe
from cms.users.models import User
from cms.wall import scope

MISSED = "version_missed"
PAGE_MISSED = "page_missed"
NOT_VALIDATED = "Le jour prévu est venu sans validation. Choisissez un autre jour, et proposez-la de nouveau."
CHANGED_SINCE = "Les pages, ou la version en vigueur, ont changé depuis sa validation : proposez-la de nouveau."
NO_RIGHT = "La personne qui l’a proposée ne publie plus les documents du réseau."


def versions_publish_due(on: dt.date) -> list[uuid.UUID]:
    """Freeze each version whose day has come, as if its author did it; answers the proposals that were published.

    One that may not be published (not validated, its words changed) lapses, and its author is told why.
    """
    with scope.acting(scope.DOCUMENTS):
        rows = VersionProposal.objects.filter(scheduled_on__lte=on, state__in=OPEN_PROPOSALS)
        due = list(rows.select_related("proposed_by").order_by("scheduled_on", "pk"))
    return [row.pk for row in due if _publish(row)]


def _publish(row: VersionProposal) -> bool:
    try:
        with scope.acting(row.proposed_by):
            return _publish_as_author(row)
    except ValidationError as error:
        _lapse(row, " ".join(error.messages))
    except PermissionDenied:
        _lapse(row, NO_RIGHT)
    return False


def _publish_as_author(row: VersionProposal) -> bool:
    author = row.proposed_by
    if not author.is_active or not may_publish(row.document.kind):
        raise PermissionDenied
    # The lock of a publication by hand: a second worker, or the author, waits here, then reads what was done.
    document_lock(row.document)
    proposal = VersionProposal.objects.select_related("document").filter(pk=row.pk, state__in=OPEN_PROPOSALS).first()
    if proposal is None:
        return False
    if proposal.state != ProposalState.VALIDATED:
        raise ValidationError(NOT_VALIDATED)
    if not proposal_holds(proposal):
        raise ValidationError(CHANGED_SINCE)
    proposal_publish(proposal=proposal, by=author)
    return True


def _lapse(row: VersionProposal, reason: str) -> None:
    with scope.acting(scope.DOCUMENTS):
        rows = VersionProposal.objects.select_for_update(of=("self",)).filter(state__in=OPEN_PROPOSALS)
        proposal = rows.select_related("document").filter(pk=row.pk).first()
        if proposal is None:
            return
        proposal.state, proposal.answer, proposal.decided_at = ProposalState.LAPSED, reason, timezone.now()
        proposal.save(update_fields=["state", "answer", "decided_at"])
        journal_append(
            action="documents.proposal.lapse",
            kind="version_proposal",
            object_id=proposal.pk,
            details={"document": proposal.document.kind, "number": proposal.number},
        )
        notification_owe(kind=MISSED, owed=_owed(proposal.pk, row.proposed_by))


def pages_publish_due(at: dt.datetime) -> int:
    """Put online the pages whose moment has come, and take off those whose end has; answers how many of both.

    Each under the name of who asked, and in its own transaction: what one refuses stops no other. A page that may not
    go online is a draft again, its history says so, and its author is told.
    """
    revisions = Revision.objects.filter(approved_go_live_at__lt=at).order_by("approved_go_live_at")
    ending = Page.objects.filter(live=True, expire_at__lt=at).order_by("expire_at")
    done = [_page_start(pk, at) for pk in revisions.values_list("pk", flat=True)]
    done += [_page_end(pk, at) for pk in ending.values_list("pk", flat=True)]
    return sum(done)


def _page_start(pk: int, at: dt.datetime) -> bool:
    author = User.objects.filter(pk=Revision.objects.values_list("user", flat=True).get(pk=pk)).first()
    try:
        with scope.acting(author or scope.DOCUMENTS):
            # Locked: two workers put it online once.
            rows = Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lt=at)
            revision = rows.first()
            if revision is None:
                return False
            revision.publish(user=_active(author), log_action="wagtail.publish.scheduled")
            return True
    except (PublishPermissionError, PermissionDenied, ValidationError) as error:
        _page_missed(pk, author, str(error))
    return False


def _page_end(pk: int, at: dt.datetime) -> bool:
    page = Page.objects.select_related("live_revision__user").get(pk=pk)
    author = page.live_revision.user if page.live_revision else None
    try:
        with scope.acting(author or scope.DOCUMENTS):
            row = Page.objects.select_for_update(of=("self",)).filter(pk=pk, live=True, expire_at__lt=at).first()
            if row is None:
                return False
            row.specific.unpublish(set_expired=True, user=_active(author), log_action="wagtail.unpublish.scheduled")
            return True
    except (UnpublishPermissionError, PermissionDenied, ValidationError):
        Page.objects.filter(pk=pk).update(expire_at=None)
        _tell_of_page(page, author)
    return False


def _active(author: User | None) -> User:
    """Wagtail asks nothing of nobody: a page without author, or of somebody who left, is refused here."""
    if author is None or not author.is_active:
        raise PermissionDenied
    return author


@transaction.atomic
def _page_missed(pk: int, author: User | None, reason: str) -> None:
    revision = Revision.objects.select_for_update().get(pk=pk)
    page = Page.objects.get(pk=revision.object_id)
    when = revision.approved_go_live_at
    if when is None:
        return
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(
        instance=page,
        action="wagtail.schedule.cancel",
        user=author,
        revision=revision,
        data={
            "revision": {
                "id": revision.pk,
                "created": revision.created_at.isoformat(),
                "go_live_at": when.isoformat(),
                "has_live_version": page.live,
            }
        },
    )
    _tell_of_page(page, author)


def _tell_of_page(page: Page, author: User | None) -> None:
    if author is not None and author.is_active:
        with scope.acting(scope.DOCUMENTS):
            notification_owe(kind=PAGE_MISSED, owed=_owed(page.translation_key, author))


def _owed(object_id: uuid.UUID, person: User) -> list[Recipient]:
    return [Recipient(object_id=object_id, person_id=person.pk)]
