"""Who opens the screens of the on-call. The wall decides again of every row."""

from django.http import Http404

from cms.wall import scope


def manages_rota() -> bool:
    return scope.current().sees_all_cases()


def takes_calls() -> bool:
    """Say whether the actor takes calls, which binds the network; the others only say that they have read."""
    return scope.current().sees_all_cases()


def rota_or_404() -> None:
    if not manages_rota():
        raise Http404
