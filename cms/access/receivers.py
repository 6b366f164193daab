"""Sign-in changes who acts in the middle of a request."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from cms.access import scope
from cms.journal.services import journal_append


@receiver(user_logged_in, dispatch_uid="access.signed_in")
def signed_in(sender, request, user, **kwargs):
    if not getattr(request, "has_scope", False):
        return  # signed in by a command or a test, outside any request
    scope.enter(user)
    journal_append(action="auth.signed_in", kind="user", object_id=user.pk)
