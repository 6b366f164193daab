"""A unit on the list of the protocol; it has not signed it."""

import datetime as dt

from cms.documents.units.services import unit_list
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope


def units() -> None:
    by = User.objects.get(email="coordination@havre.example")
    with scope.acting(by):
        unit_list(
            partner=Partner.objects.get(code_name="Brigade 12"),
            network_contact=by,
            contact_name="MARQUEUR-CONTACT-UNITE",
            contact_position="Commandant de brigade",
            review_on=dt.date.today() + dt.timedelta(days=90),
            by=by,
        )
