"""A lost second factor: removed by somebody else, under a policy that the caller names."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from cms.journal.services import journal_append
from cms.sessions.tokens import tokens_end
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
    transaction.on_commit(lambda: _tell(user))
    return len(kinds)


def _tell(user: User) -> None:
    context = {"timestamp": timezone.now()}
    subject = render_to_string("mfa/email/factors_reset_subject.txt").strip()
    message = render_to_string("mfa/email/factors_reset_message.txt", context)
    send_mail(subject, message, settings.DEFAULT_FROM_EMAIL, [user.email])
