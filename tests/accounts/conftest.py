import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from cms.accounts.models import Invitation
from cms.accounts.services.invitations import invitation_send
from cms.partners.models import Membership, Partner
from cms.users.roles import Role
from tests.notify.steps import messages_leave

LINK = re.compile(r"https?://[^/\s]+(/invitation/[\w-]+/)")
SOON = timezone.localdate() + dt.timedelta(days=200)


@pytest.fixture
def house(acting_as):
    with acting_as("coordination"):
        return Partner.objects.get(code_name="Les Tilleuls")


@pytest.fixture
def member(cast, acting_as):
    """`member("educator_a")` is the membership in force of somebody."""

    def find(key: str) -> Membership:
        with acting_as("coordination"):
            return Membership.objects.get(user=cast[key])

    return find


@pytest.fixture
def invited(acting_as, house):
    """Invite an address to A, as the director; answers the invitation and the path of the link that was mailed."""

    def invite(email: str, *, by: str = "director_a", role: Role = Role.STRUCTURE_EDUCATOR, ends_on=SOON):
        mail.outbox.clear()
        with acting_as(by):
            invitation = invitation_send(partner=house, email=email, role=role, ends_on=ends_on)
        messages_leave()
        [message] = [one for one in mail.outbox if one.to == [email.lower()] and LINK.search(one.body)]
        return invitation, LINK.search(message.body)[1]

    return invite


def state_of(invitation: Invitation) -> Invitation:
    return Invitation.objects.get(pk=invitation.pk)
