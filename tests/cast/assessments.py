"""A campaign, and the self-assessment of a structure, for the tests that look at them."""

import datetime as dt

from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from referentiel.assessments.services import assessment_start, campaign_open, marks_write, step_write
from referentiel.models import Assessment, Campaign

TODAY = dt.date.today()
SOON = TODAY + dt.timedelta(days=30)


def campaign(year: int = TODAY.year) -> Campaign:
    by = User.objects.get(email="coordination@havre.example")
    with scope.acting(by):
        return campaign_open(year=year, opens_on=TODAY, closes_on=SOON, by=by)


def assessment(opened: Campaign) -> Assessment:
    """Les Tilleuls has begun: one imperative exigence at 2, with its action."""
    by = User.objects.get(email="director-a@havre.example")
    with scope.acting(by):
        row = assessment_start(campaign=opened, partner=Partner.objects.get(code_name="Les Tilleuls"), by=by)
        marks_write(assessment=row, values={"E1.3": "2", "E1.7": "nc"}, by=by)
        step_write(
            assessment=row,
            code="E1.3",
            what="Recruter un veilleur",
            pilot="Chef de service",
            due_on=SOON,
            proof="Planning de nuit",
        )
        return row
