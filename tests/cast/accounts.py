"""What waits in the accounts of the cast: an invitation, a right to decide, a factor declared lost."""

import datetime as dt

from django.utils import timezone

from cms.accounts.services.factors import factor_reset_ask
from cms.accounts.services.invitations import invitation_send
from cms.accounts.services.rights import rights_change_ask
from cms.partners.models import Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope


def accounts() -> None:
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    with scope.acting(people["director-a"]):
        invitation_send(
            partner=Partner.objects.get(code_name="Les Tilleuls"),
            email="invite@havre.example",
            role=Role.STRUCTURE_EDUCATOR,
            ends_on=timezone.localdate() + dt.timedelta(days=300),
        )
    with scope.acting(people["coordination"]):
        rights_change_ask(user=people["trainee"], role=Role.EDITOR, is_given=True, reason="prise de fonction")
        factor_reset_ask(user=people["gendarme"])
