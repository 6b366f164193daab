"""The référentiel in use: a minor version that clarifies one clause, chapters read, a year of self-assessment."""

import datetime as dt
from typing import cast

from django.utils import timezone

from cms.demo.network import Network
from cms.documents.enums import DocumentKind
from cms.documents.models import DocumentVersion
from cms.documents.signatures.services.readings import part_read
from cms.documents.versions.selectors import version_in_force
from cms.partners.models import Partner
from cms.users.models import User
from cms.wall import scope
from referentiel.assessments.services import (
    assessment_start,
    assessment_submit,
    campaign_open,
    marks_write,
    step_write,
)
from referentiel.models import Campaign, ExigencePage
from referentiel.reading.services import referentiel_publish

CODE = "E1.10"
ADDED = " Par téléphone ou par écran, l’interprète est engagé au secret."
NOTE = "L’interprète est engagé au secret, aussi à distance."
MARKS = {"E1.3": "3", "E1.7": "4", "E1.8": "2", "P2.12": "4", "S3.5": "nc"}


def standards_load(*, network: Network) -> None:
    # Of the day itself, even when the network ends on another: neither a version nor a campaign is dated back.
    today = timezone.localdate()
    version_precise(network.accounts["editor"], today)
    with scope.acting(network.coordination):
        campaign = campaign_open(
            year=today.year,
            opens_on=today - dt.timedelta(days=20),
            closes_on=today + dt.timedelta(days=40),
            by=network.coordination,
        )
    for rank, structure in enumerate(network.structures[:3]):
        _assess(campaign, structure, network.members[structure], today, is_sent=rank == 2)


def version_precise(editor: User, today: dt.date) -> None:
    """Publish version 1.1, minor: nobody signs again, everybody is told what changed."""
    with scope.acting(editor):
        exigence = ExigencePage.objects.get(code=CODE)
        exigence.text += ADDED
        exigence.save_revision(user=editor).publish(user=editor)
        referentiel_publish(number="1.1", effective_on=today, is_major=False, change_note=NOTE, published_by=editor)


def _assess(campaign: Campaign, structure: Partner, director: User, today: dt.date, *, is_sent: bool) -> None:
    with scope.acting(director):
        if not is_sent:
            version = cast(DocumentVersion, version_in_force(DocumentKind.REFERENTIEL))
            part_read(version=version, chapter="E", by=director)
        row = assessment_start(campaign=campaign, partner=structure, by=director)
        codes = row.version.clauses.values_list("code", flat=True) if is_sent else MARKS
        marks_write(assessment=row, values={**dict.fromkeys(codes, "4"), **MARKS}, by=director)
        step_write(
            assessment=row,
            code="E1.3",
            what="Recruter un second veilleur de nuit",
            pilot="Chef de service",
            due_on=today + dt.timedelta(days=45),
            proof="Planning de nuit du trimestre",
        )
        if is_sent:
            assessment_submit(assessment=row, by=director)
