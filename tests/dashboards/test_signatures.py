"""A structure that has still to sign counts in indicator 4, as in matching, until its delay ends."""

import datetime as dt

from cms.documents.models import DocumentVersion
from cms.documents.versions.selectors import acknowledgements_holding
from cms.partners.models import Partner
from cms.wall import scope
from dashboards.indicators.selectors.partners import structures

TODAY = dt.date.today()


def test_indicator_and_matching_read_one_rule(world):
    house = Partner.objects.get(code_name="Les Tilleuls")
    world.acknowledge(DocumentVersion.objects.get(document__kind="referentiel"), house, TODAY - dt.timedelta(days=5))
    world.standard(TODAY)
    with scope.acting(scope.FIGURES):
        for ahead, holds in ((0, True), (59, True), (60, False)):
            day = TODAY + dt.timedelta(days=ahead)
            line = structures(day).values_list("line", flat=True).get(pk=house.pk)
            assert (line == "counted") == holds, day
            assert acknowledgements_holding("referentiel", day).filter(partner=house).exists() == holds
