"""The request of somebody signed in, as views behind the login see it."""

from django.http import HttpRequest

from cms.users.models import User


class SignedInRequest(HttpRequest):
    """A request that `LoginRequiredMiddleware` let through: its user is an account. For annotations only."""

    user: User
