import datetime as dt

import pytest

from cms.documents.versions.selectors import version_in_force
from cms.partners.models import Partner
from cms.users.roles import Role
from cms.wall import scope
from referentiel.models import ExigencePage
from referentiel.reading.services import referentiel_publish
from tests.cast.readings import read_whole


@pytest.fixture
def exigence(db):
    """The exigence E1.3, as its authors see it."""
    return ExigencePage.objects.get(code="E1.3")


@pytest.fixture
def version(acting_as):
    with acting_as("coordination"):
        return version_in_force("referentiel")


@pytest.fixture
def publish_next(cast, acting_as, exigence):
    """Change a word online, and freeze the référentiel again."""

    def run(number="2.0", text="Deux adultes veillent chaque nuit.", is_major=True, effective_on=None):
        with acting_as("coordination"):
            exigence.text = text
            exigence.save_revision().publish()
            return referentiel_publish(
                number=number,
                effective_on=effective_on or dt.date.today(),
                is_major=is_major,
                change_note="La nuit est mieux tenue.",
                published_by=cast["coordination"],
            )

    return run


@pytest.fixture
def sign_portal(client_of, cast, acting_as, version):
    """Read everything, then sign through the portal as a person; `changes` alters what the form sends."""

    def run(key, **changes):
        with acting_as(key):
            partners = [str(pk) for pk in scope.current().partners_as(Role.STRUCTURE_DIRECTOR)]
            for partner in Partner.objects.filter(pk__in=partners):
                read_whole(cast[key], version_in_force("referentiel"), partner)
        data = {
            "partner": partners[0] if partners else "",
            "position": cast[key].position,
            "version": str(version.pk),
            "is_committed": "on",
        }
        return client_of(key).post("/referentiel/signer/", {**data, **changes})

    return run
