"""What structures tell of their places, and what some minors must be kept away from: the search has something to
say.
"""

import datetime as dt
from random import Random

from django.utils import timezone

from cases.files.protection.enums import AwayLevel
from cases.files.protection.services import keep_away_add, needs_set
from cases.matching.selectors.places import places_of
from cases.matching.services import places_confirm
from cases.models import Case
from cms.demo.network import Network
from cms.partners.conventions.services import places_open
from cms.wall import scope

SILENT = 4
"""One structure in so many has told nothing for a while: it is shown after the others."""
FOLLOWED = 12
PLAYED = ("director-a", "director-b")
"""Directors with an account: somebody plays the night with them."""


def places_load(*, network: Network, draw: Random, now: dt.datetime) -> None:
    coordination = network.coordination
    with scope.acting(coordination):
        for number, structure in enumerate(network.structures):
            hours = draw.randint(150, 400) if number % SILENT == 0 else draw.randint(1, 60)
            at = now - dt.timedelta(hours=hours)
            usable = places_of(structure, at).usable
            free = max(0, usable - draw.choice([0, 0, 0, 1]))
            places_confirm(partner=structure, free=free, by=network.members[structure], at=at)
        for case in Case.objects.filter(closed_on=None, exploitation_place__isnull=False).order_by("reference")[
            :FOLLOWED
        ]:
            keep_away_add(
                case=case,
                territory_id=draw.choice(["59", "75", "13", "69", "33"]),
                reason_id=draw.choice(["motif_eloignement:RESEAU", "motif_eloignement:ENTOURAGE"]),
                level=draw.choice([AwayLevel.FORBIDDEN, AwayLevel.AVOIDED]),
                by=coordination,
            )
            needs = draw.sample(["vulnerabilite:PSY", "vulnerabilite:ADDICTION", "vulnerabilite:GROSSESSE"], 1)
            languages = draw.sample(["langue:FRA", "langue:ROM", "langue:ARA", "langue:ENG"], 2)
            needs_set(case=case, by=coordination, needs=needs, languages=languages)


def places_keep_free(*, network: Network, now: dt.datetime) -> None:
    """Leave a free place in the structures that are played, told this hour. Called once everybody is housed."""
    with scope.acting(network.coordination):
        for structure, director in network.members.items():
            if director in [network.accounts[key] for key in PLAYED] and structure in network.structures:
                places = places_of(structure, now)
                short = places.used + places.held + 1 - places.opened
                if short > 0:
                    places_open(partner=structure, count=short, starts_on=timezone.localdate(now))
                places_confirm(partner=structure, free=places_of(structure, now).usable, by=director, at=now)
