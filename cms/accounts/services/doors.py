"""What the doors of `cms.wall` close for us: the sessions of somebody, and a second factor that was lost."""

from cms.accounts.policies import actor_id
from cms.sessions.factors import factor_reset
from cms.sessions.services import sessions_end
from cms.users.models import User


def sessions_close(user: User) -> None:
    """End every session of an account at once, whoever it is with."""
    sessions_end(user=user)


def factors_remove(user: User) -> None:
    """Take away what the person has lost, whom the door tells. PostgreSQL has just recorded that two people agreed."""
    factor_reset(user=user, by=User.objects.get(pk=actor_id()), policy=lambda whose, by: True)
