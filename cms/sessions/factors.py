"""A lost second factor: removed by somebody else, under a policy that the caller names."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from cms.journal.services import journal_append
from cms.sessions.tokens import tokens_end
from cms.users.adapter import notice_queue
from cms.users.models import User

Policy = Callable[[User, User], bool]
"""(whose factor, who acts) → whether the one may remove the factor of the other."""


@transaction.atomic
def factor_reset(*, user: User, by: User, policy: Policy) -> int:
    """Remove every factor of an account, whose holder sets one up at the next sign-in; return how many.

    Ends the tokens with them. Raises `ValidationError` for oneself, whatever the policy says, and `PermissionDenied`
    when the policy refuses.
    """
    if user.pk == by.pk:
        raise ValidationError("On ne retire pas sa propre double authentification : une autre personne le fait.")
    if not policy(user, by):
        raise PermissionDenied
    kinds = sorted(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    Authenticator.objects.filter(user_id=user.pk).delete()
    ended = tokens_end(user=user)
    journal_append(
        action="auth.factor.reset", kind="user", object_id=user.pk, details={"means": kinds, "tokens": ended}
    )
    notice_queue("mfa/email/factors_reset", user)
    return len(kinds)
