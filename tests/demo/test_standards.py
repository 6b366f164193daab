"""The part of the demo about the référentiel, on the cast: it is written by the same services as everybody’s."""

from cms.demo.network import Network
from cms.demo.standards import standards_load
from cms.documents.versions.selectors import version_in_force
from cms.partners.models import Partner
from referentiel.assessments.selectors import imperatives_without_plan
from referentiel.models import Assessment


def test_a_minor_version_and_a_campaign_in_which_some_have_begun(cast, acting_as):
    with acting_as("coordination"):
        house, other = (Partner.objects.get(code_name=name) for name in ("Les Tilleuls", "Aubépine"))
    members = {house: cast["director_a"], other: cast["director_b"]}
    standards_load(network=Network(cast, [house, other], {}, members))
    with acting_as("coordination"):
        assert (version_in_force("referentiel").number, version_in_force("referentiel").is_major) == ("1.1", False)
        rows = list(Assessment.objects.all())
        assert [imperatives_without_plan(row) for row in rows] == [[], []]
