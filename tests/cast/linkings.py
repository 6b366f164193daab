"""The linking of a stay of the cast: each party agrees for itself, the coordination settles the rest."""

import datetime as dt

from cases.arrival.services.linking import linking_agree, linking_checks_set, linking_finance
from cases.models import Linking, Party, Placement
from cms.users.models import User
from cms.values.selectors import values_of
from cms.wall import scope


def linking_complete(linking: Linking, *, coordination: User, on: dt.date, parties=tuple(Party)) -> None:
    """By the coordination, which holds the papers: what every arrival waits for."""
    required = [item.pk for item in values_of("protocole_securite") if item.extra.get("is_required")]
    linking_checks_set(linking=linking, items=required, by=coordination)
    linking_finance(
        linking=linking,
        payer_kind_id="payeur:ASE",
        payer_id="59",
        daily_price_cents=18550,
        financed_on=on,
        by=coordination,
    )
    for party in parties:
        linking_agree(linking=linking, party=party, agreed_on=on, by=coordination)


def linking_agreed_by_each(linking: Linking, *, users: dict[str, User], director: str, requester: str) -> None:
    for key, party in ((director, Party.STRUCTURE), (requester, Party.REQUESTER)):
        with scope.acting(users[key]):
            linking_agree(linking=Linking.objects.get(pk=linking.pk), party=party, by=users[key])


def placement_let_in(placement: Placement, *, by: User) -> Placement:
    """The linking of a stay that a test wrote as a row: waived by whoever acts."""
    linking = Linking.objects.create(
        case_id=placement.case_id, partner_id=placement.partner_id, opened_at=placement.arrived_at
    )
    Linking.objects.filter(pk=linking.pk).update(
        waived_at=placement.arrived_at, waived_by=by, waiver_reason_id="motif_derogation:DANGER", placement=placement
    )
    return placement
