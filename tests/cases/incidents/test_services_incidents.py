"""Incidents, from their declaration to their closing (definition of indicator 8)."""

import pytest

from cases.incidents.authorities.services import authority_tell
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare
from cases.incidents.services.following import incident_close, task_done
from cases.models import Incident, Placement
from cms.partners.models import Partner
from tests.cases.steps import closing_settle, days_ago, journal_of, partner, refused_on


def declare(user, name="Les Tilleuls", **changes):
    arguments = {
        "partner": name if isinstance(name, Partner) else partner(name),
        "incident_type_id": "type_incident:FUG",
        "severity_id": "gravite:G3",
        "occurred_at": days_ago(0.2),
        "noticed_at": days_ago(0.1),
        "narrative": "Des faits que personne ne doit lire.",
        "severity_reason": "Selon ce que l’équipe a vu.",
    }
    if stay := changes.pop("placement", None):
        changes["placements"] = [stay]
    return incident_declare(Declaration(**arguments | changes), declared_by=user)


@pytest.mark.parametrize("key", ["director_a", "educator_a"])
def test_a_team_declares_about_its_own_stay(cast, acting_as, rows, key):
    with acting_as(key):
        incident = declare(cast[key], placements=[Placement.objects.get(pk=rows["placement_a"].pk)])
        assert incident.reference.startswith(f"I-{incident.declared_on.year}-")
        assert incident.detail.narrative.startswith("Des faits")
    assert "faits" not in str(journal_of(incident.pk))


@pytest.mark.parametrize("kind", ["type_incident:MAL", "type_incident:VSX-P"])
def test_what_accuses_a_professional_is_confidential(cast, acting_as, kind):
    with acting_as("educator_a"):
        incident = declare(cast["educator_a"], incident_type_id=kind, severity_id=None)
        assert Incident.objects.filter(pk=incident.pk).exists()
    with acting_as("director_a"):
        assert not Incident.objects.filter(pk=incident.pk).exists()
        open_one = declare(cast["director_a"], incident_type_id=kind, severity_id=None, is_confidential=False)
    with acting_as("educator_a"):
        assert Incident.objects.filter(pk=open_one.pk).exists()
    with acting_as("coordination"):
        assert Incident.objects.filter(pk__in=[incident.pk, open_one.pk]).count() == 2


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("declared_at", {"declared_at": days_ago(-1)}),
        ("noticed_at", {"noticed_at": days_ago(-1)}),
        ("noticed_at", {"declared_at": days_ago(3)}),
        ("occurred_at", {"occurred_at": days_ago(0.05)}),
        ("narrative", {"narrative": "  "}),
        ("severity", {"severity_id": "sexe:F"}),
    ],
)
def test_what_contradicts_itself_is_refused_beside_its_field(cast, acting_as, field, changes):
    with acting_as("director_a"):
        count = Incident.objects.count()
        with refused_on(field):
            declare(cast["director_a"], **changes)
        assert Incident.objects.count() == count


def test_nobody_declares_for_another_structure_or_its_stay(cast, acting_as, rows):
    with acting_as("coordination"):
        own, other = partner("Les Tilleuls"), partner("Aubépine")
    with acting_as("director_a"):
        with refused_on("partner"):
            declare(cast["director_a"], other)
        with refused_on("placements"):
            declare(cast["director_a"], placements=[rows["placement_b"]])
    for key in ("gendarme", "state_reader"):
        with acting_as(key), refused_on("partner"):
            declare(cast[key], own)


def test_the_coordination_acknowledges_then_closes(cast, acting_as, rows):
    with acting_as("coordination"):
        incident = rows["incident_a"]
        with refused_on(match="déclaré"):
            incident_close(incident=incident, by=cast["coordination"])
        incident_acknowledge(incident=incident, by=cast["coordination"])
        with refused_on(match="pris en compte"):
            incident_acknowledge(incident=incident, by=cast["coordination"])
        with refused_on("closed_at"):
            incident_close(incident=incident, by=cast["coordination"], at=incident.declared_at)
        with refused_on(match="retour d’expérience"):
            incident_close(incident=incident, by=cast["coordination"])
        closing_settle(incident, cast["coordination"])
        with refused_on(match="tâches en cours : 1"):
            incident_close(incident=incident, by=cast["coordination"])
        task_done(task=incident.tasks.get(), by=cast["coordination"])
        incident_close(incident=incident, by=cast["coordination"])
        assert (incident.state, incident.has_analysis) == ("closed", True)
    with acting_as("director_a"), refused_on(match="votre compte"):
        incident_acknowledge(incident=rows["incident_a"], by=cast["director_a"])


def test_an_acknowledgement_follows_the_declaration(cast, acting_as, rows):
    with acting_as("coordination"), refused_on("__all__", match="précède"):
        incident_acknowledge(incident=rows["incident_a"], by=cast["coordination"], at=days_ago(2))


def test_authorities_told_are_kept(cast, acting_as, rows):
    told = {"incident": rows["incident_a"], "authority_id": "autorite:FSI", "channel_id": "canal:TEL"}
    with acting_as("educator_a"):
        notice = authority_tell(told_by=cast["educator_a"], **told)
        assert list(rows["incident_a"].notices.all()) == [notice]
        for at in (days_ago(-1), days_ago(9)):
            with refused_on("told_at"):
                authority_tell(told_by=cast["educator_a"], told_at=at, **told)
    with acting_as("director_b"), refused_on(match="votre compte"):
        authority_tell(told_by=cast["director_b"], **told)
    with acting_as("coordination"):
        authority_tell(told_by=cast["coordination"], **told)
