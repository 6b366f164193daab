"""The night of the demonstration is played without derogation: its two directors have a free place."""

from django.utils import timezone

from cases.matching.selectors.places import places_of
from cms.demo.network import Network
from cms.demo.places import places_keep_free
from cms.partners.models import Partner
from cms.wall import scope


def test_a_house_that_is_full_has_a_free_place_tonight(cast):
    now = timezone.now()
    with scope.acting(cast["coordination"]):
        houses = [Partner.objects.get(code_name=name) for name in ("Les Tilleuls", "Aubépine")]
        for house in houses:
            spare = places_of(house, now)
            for place in house.places.order_by("-label")[: spare.opened - spare.used - spare.held]:
                place.ends_on = place.starts_on
                place.save(update_fields=["ends_on"])
            assert places_of(house, now).free == 0
    keys = ("coordination", "director_a", "director_b")
    network = Network(
        accounts={key.replace("_", "-"): cast[key] for key in keys},
        structures=houses,
        members=dict(zip(houses, (cast["director_a"], cast["director_b"]), strict=True)),
    )
    places_keep_free(network=network, now=now)
    with scope.acting(cast["coordination"]):
        for house in houses:
            assert places_of(house, now).free >= 1
