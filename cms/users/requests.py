"""The request of somebody signed in, for the types of views that only they reach."""

from django.http import HttpRequest

from cms.users.models import User


class UserRequest(HttpRequest):
    """A request that the middleware let through because somebody is signed in: `user` is never anonymous."""

    user: User
