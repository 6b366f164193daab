"""Delays of incidents: what a change would do is said first, each version is kept, the gravest never waits longer."""

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.incidents.targets.selectors import Targets, targets_impact, targets_in_force
from cases.incidents.targets.services import severity_targets_change
from cases.models import Incident, SeverityTargets
from cms.notify.duty.services.scan import rings_scan
from cms.values.models import Value
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.stays.test_portal_structures import text_of
from tests.cases.steps import refused_on

PAGE = "havre_severity_targets"


def changed(**facts) -> Targets:
    """The delays in force, with others for a grave incident."""
    now = targets_in_force()
    return now | {"G3": replace(now["G3"], **facts)}


@pytest.fixture
def waiting(cast, acting_as) -> Incident:
    """Declared forty minutes ago, found five hours before, called ten minutes ago."""
    with acting_as("coordination"):
        Incident.objects.update(is_test=True)
    at = timezone.now() - dt.timedelta(minutes=40)
    with acting_as("coordination"):
        found = declare(
            cast["coordination"],
            declared_at=at,
            noticed_at=at - dt.timedelta(minutes=200),
            occurred_at=at - dt.timedelta(minutes=201),
            incident_type_id="type_incident:CONT",
        )
    rings_scan(at=timezone.now() - dt.timedelta(minutes=10))
    return found


def test_the_impact_counts_late_incidents_calls_and_declarations_in_time(waiting, acting_as):
    with acting_as("coordination"):
        now = targets_in_force()
        assert targets_impact(now, now).incidents == []
        impacts = targets_impact(now, changed(acknowledge=30, answer=5, report=150))
        [impact] = impacts.incidents
        assert impact.incident == waiting
        assert impact.words == "serait en retard ; appellerait aussitôt l’échelon suivant"
        assert (impacts.counted, impacts.in_time) == (1, (1, 0))
        [eased] = targets_impact(changed(acknowledge=30), now).incidents
        assert eased.words == "ne serait plus en retard"


def test_a_change_is_in_force_everywhere_and_its_versions_are_kept(cast, acting_as):
    with acting_as("coordination"):
        first = targets_in_force()
        severity_targets_change(targets=changed(answer=10, report=180), reason="Essai", by=cast["coordination"])
        assert targets_in_force()["G3"].answer == 10
        assert Value.objects.get(pk="gravite:G3").extra["report_within_minutes"] == 180
        with refused_on(match="déjà en vigueur"):
            severity_targets_change(targets=targets_in_force(), reason="Rien", by=cast["coordination"])
        severity_targets_change(targets=first, reason="Retour", by=cast["coordination"])
        assert targets_in_force() == first
        assert list(SeverityTargets.objects.values_list("number", flat=True)) == [2, 1]
        with refused_on("G3_report"):
            severity_targets_change(targets=changed(report=20000), reason="Trop", by=cast["coordination"])
    with acting_as("director_a"):
        assert not SeverityTargets.objects.exists()
        with refused_on(match="votre compte"):
            severity_targets_change(targets=first, reason="Non", by=cast["director_a"])


def test_the_page_says_what_would_change_then_puts_it_in_force(client_of, waiting, acting_as):
    browser, url = client_of("coordination"), reverse(PAGE)
    form = browser.get(url).context["form"]
    fields = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    fields |= {"G3_acknowledge": "30", "reason": "Répondre plus vite"}
    shown = text_of(browser.post(url, fields))
    assert waiting.reference in shown
    assert "serait en retard" in shown
    assert "1 sur 1 avec les délais en vigueur" in shown
    assert browser.post(url, fields | {"G3_acknowledge": "0"}).status_code == 422
    with acting_as("coordination"):
        assert targets_in_force()["G3"].acknowledge == 120
    assert browser.post(url, fields | {"save": "1"}).status_code == 302
    with acting_as("coordination"):
        assert targets_in_force()["G3"].acknowledge == 30
    assert "Répondre plus vite" in text_of(browser.get(url))
    assert browser.get(f"{url}?reprendre=1").context["form"].fields["G3_acknowledge"].initial == 30
    assert client_of("director_a").get(url).status_code in (302, 404)
