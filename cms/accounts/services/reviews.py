"""The quarterly review: each account is looked at by somebody else, and confirmed or ended."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cms.accounts.models import AccountReview
from cms.accounts.policies import actor_id
from cms.accounts.selectors import quarter_of, review_due_on
from cms.journal.rows import row_clean
from cms.journal.services import journal_append
from cms.partners.models import Membership
from cms.sessions.mails import mail_send
from cms.users.models import User
from cms.wall import scope


@transaction.atomic
def review_confirm(*, user: User, membership: Membership | None = None, on: dt.date | None = None) -> AccountReview:
    """Confirm an account for the quarter, for a membership or, without one, for its roles of the network.

    Confirmed twice, it stays confirmed once. Raises `ValidationError` for one's own.
    """
    by = actor_id()
    if user.pk == by:
        raise ValidationError("Une autre personne revoit votre accès.")
    quarter = quarter_of(on or timezone.localdate())
    known = AccountReview.objects.filter(user=user, membership=membership, quarter=quarter).first()
    if known:
        return known
    review = AccountReview(user=user, membership=membership, quarter=quarter, confirmed_by_id=by)
    row_clean(review)
    review.save(force_insert=True)
    details = {"quarter": [None, quarter.isoformat()], "membership": [None, membership and str(membership.pk)]}
    journal_append(action="accounts.review.confirm", kind="user", object_id=user.pk, details=details)
    return review


def review_remind(on: dt.date) -> int:
    """Write to the directors whose team is not reviewed; answers how many. The message names nobody and no place."""
    with scope.acting(scope.ACCOUNTS), connection.cursor() as cursor:
        cursor.execute("SELECT email FROM review_awaited_from(%s, %s)", [on, quarter_of(on)])
        addresses = [email for (email,) in cursor.fetchall()]
        mail_send("review", addresses, day=review_due_on(on))
    return len(addresses)
