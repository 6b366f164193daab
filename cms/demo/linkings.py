"""What comes between an acceptance and an arrival in the fictitious network. Nothing is drawn here: the figures of the
network do not depend on it.
"""

import datetime as dt

from cases.arrival.services.journeys import journey_set, journey_share
from cases.arrival.services.linking import linking_agree, linking_checks_set, linking_finance, linking_waive
from cases.models import Linking, Party
from cms.demo.plan import PARIS
from cms.territory.models import AseAuthority
from cms.users.models import User
from cms.values.selectors import values_of

MEETING = "Gare fictive, hall des arrivées, sous l’horloge."
RELAY = "Camille, éducatrice fictive : 01 99 00 45 10"


def linking_settle(linking: Linking, *, by: User, at: dt.datetime) -> None:
    """Settle everything before the arrival: agreements, checks, financing."""
    day = at.astimezone(PARIS).date()
    _secure_and_pay(linking, by=by, day=day)
    for party in Party:
        linking_agree(linking=linking, party=party, agreed_on=day, by=by)


def linking_hurry(linking: Linking, *, by: User, at: dt.datetime) -> None:
    """Settle what an arrival at night needs: the agreement of the service and the money come afterwards."""
    day = at.astimezone(PARIS).date()
    linking_agree(linking=linking, party=Party.STRUCTURE, agreed_on=day, by=by)
    linking_agree(linking=linking, party=Party.NETWORK, agreed_on=day, by=by)
    words = "Texte fictif : arrivée dans la nuit, l’accord écrit suit."
    linking_waive(linking=linking, reason_id="motif_derogation:DANGER", words=words, by=by, at=at)


def _secure_and_pay(linking: Linking, *, by: User, day: dt.date) -> None:
    required = [item.pk for item in values_of("protocole_securite") if item.extra.get("is_required")]
    linking_checks_set(linking=linking, items=required, by=by)
    payer = AseAuthority.objects.filter(pk=linking.case.origin_id).first()
    linking_finance(
        linking=linking,
        payer_kind_id="payeur:ASE" if payer else "payeur:PJJ",
        payer_id=payer.pk if payer else None,
        daily_price_cents=18550,
        financed_on=day,
        by=by,
    )


def travel(linking: Linking, *, by: User, leaves_at: dt.datetime, shared_at: dt.datetime) -> None:
    journey = journey_set(
        linking=linking,
        driver_id="conduite:SERVICE",
        leaves_at=leaves_at,
        meeting_point=MEETING,
        relay=RELAY,
        shelter_id="abri_attente:FDE",
        by=by,
    )
    journey_share(journey=journey, by=by, at=shared_at)
