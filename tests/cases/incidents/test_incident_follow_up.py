"""After a declaration: the time line, tasks, what was learnt, the structure set apart, closing and reopening."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from cases.incidents.selectors import incidents_alike, incidents_same
from cases.incidents.services.declaring import Declaration, incident_acknowledge, incident_declare, incident_rate
from cases.incidents.services.events import event_add
from cases.incidents.services.following import (
    Action,
    incident_close,
    incident_reopen,
    incident_resume,
    incident_suspend,
    incidents_pair,
    retex_write,
    task_add,
    task_done,
)
from cases.matching.selectors.candidates import candidates_for
from cases.matching.selectors.search import search_for
from cases.models import Incident, IncidentEvent, IncidentTask, Placement, Sollicitation
from cms.files.models import Attachment
from cms.files.services import attachment_add
from cms.partners.models import Partner, Suspension
from tests.cases.incidents.test_services_incidents import declare
from tests.cases.steps import closing_settle, journal_of, refused_on
from tests.cast.files import pdf, upload
from tests.cast.references import reference_of
from tests.plugins.extent import sampled
from tests.portal.test_home import text_of

TODAY = timezone.localdate


@pytest.fixture
def incident(cast, acting_as) -> Incident:
    with acting_as("director_a"):
        return declare(cast["director_a"])


def of_service(cast, rows) -> Incident:
    """What the service of a minor housed by the second structure told, for the structure to read."""
    return incident_declare(
        Declaration(
            service=Partner.objects.get(code_name="ASE du Nord"),
            placements=[Placement.objects.get(pk=rows["placement_b"].pk)],
            incident_type_id="type_incident:FUG",
            occurred_at=timezone.now(),
            noticed_at=timezone.now(),
            narrative="Vue à la gare.",
            is_confidential=False,
        ),
        declared_by=cast["ase"],
    )


def test_a_service_reads_its_own_pieces_and_none_of_the_structure(
    cast, acting_as, rows, settings, tmp_path, client_of
):
    """A receipt or a letterhead that the structure adds names the place, which the service never reads."""
    settings.HAVRE_FILES = tmp_path / "files"

    def attach(key: str, title: str):
        return attachment_add(
            kind="incident", object_id=incident.pk, file=upload("a.pdf", pdf()), title=title, by=cast[key]
        )

    with acting_as("ase"):
        incident = of_service(cast, rows)
        own = attach("ase", "Courrier du service")
    with acting_as("director_b"):
        housed = attach("director_b", "Récépissé du commissariat")
        assert set(Attachment.objects.on("incident", incident.pk)) == {own, housed}
    with acting_as("coordination"):
        assert set(Attachment.objects.on("incident", incident.pk)) == {own, housed}
    with acting_as("ase"):
        assert set(Attachment.objects.on("incident", incident.pk)) == {own}
    assert client_of("ase").get(reverse("cases:incident_piece", args=[incident.pk, housed.pk])).status_code == 404
    page = text_of(client_of("director_b").get(reverse("cases:incident", args=[incident.pk])))
    assert "service qui a déclaré" in page


def taken(incident: Incident, cast) -> Incident:
    row = Incident.objects.get(pk=incident.pk)
    return incident_acknowledge(incident=row, by=cast["coordination"])


def test_a_service_declares_for_its_own_minor_and_for_no_other(cast, acting_as, rows):
    with acting_as("ase"):
        service = Partner.objects.get(code_name="ASE du Nord")
        own = Placement.objects.get(pk=rows["placement_b"].pk)
        incident = incident_declare(
            Declaration(
                service=service,
                placements=[own],
                incident_type_id="type_incident:FUG",
                occurred_at=timezone.now(),
                noticed_at=timezone.now(),
                narrative="Vue à la gare, la structure n’a rien dit.",
                is_confidential=False,
            ),
            declared_by=cast["ase"],
        )
        assert Incident.objects.filter(pk=incident.pk).exists()
        with refused_on("placements"):
            incident_declare(
                Declaration(
                    service=service,
                    incident_type_id="type_incident:FUG",
                    occurred_at=timezone.now(),
                    noticed_at=timezone.now(),
                    narrative="Sans mineur.",
                ),
                declared_by=cast["ase"],
            )
    with acting_as("director_b"):
        assert Incident.objects.get(pk=incident.pk).detail.narrative.startswith("Vue")
    for key in ("director_a", "gendarme"):
        with acting_as(key):
            assert not Incident.objects.filter(pk=incident.pk).exists()
    with acting_as("gendarme"), pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
        incident_declare(
            Declaration(
                service=Partner.objects.get(code_name="Brigade 12"),
                placements=[rows["placement_b"]],
                incident_type_id="type_incident:FUG",
                occurred_at=timezone.now(),
                noticed_at=timezone.now(),
                narrative="Le mineur d’un autre.",
            ),
            declared_by=cast["gendarme"],
        )


def test_a_confidential_declaration_takes_nothing_from_the_numbers_of_the_others(cast, acting_as):
    with acting_as("director_a"):
        declare(cast["director_a"])
    with acting_as("educator_a"):
        hidden = declare(cast["educator_a"], is_confidential=True).reference
    with acting_as("director_a"):
        following = declare(cast["director_a"]).reference
    assert hidden.startswith("IC-")
    assert following == reference_of(f"{following[:-5]}-0004")  # two of the cast, and the one before


def test_a_team_cannot_declare_what_no_figure_counts(cast, acting_as):
    with acting_as("director_a"), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        declare(cast["director_a"], is_test=True)


def test_another_severity_wants_a_reason_and_a_young_child_raises_it(cast, acting_as, rows):
    with acting_as("director_a"):
        for severity in ("G2", "G4"):
            with refused_on("severity_reason"):
                declare(cast["director_a"], severity_id=f"gravite:{severity}", severity_reason=" ")
        stay = Placement.objects.get(pk=rows["placement_a"].pk)
        assert declare(cast["director_a"], severity_id=None, placement=stay).severity_id == "gravite:G3"
    with acting_as("coordination"):
        Placement.objects.filter(pk=stay.pk).update(age_at_arrival=12)
    with acting_as("director_a"):
        stay = Placement.objects.get(pk=stay.pk)
        young = declare(cast["director_a"], severity_id=None, severity_reason="", placement=stay)
        assert young.severity_id == "gravite:G4"


def test_the_same_declaration_sent_twice_is_one(cast, acting_as):
    key = "5f0f6a2e-6f0b-4a7e-8a3e-0e7d7f9f1b11"
    with acting_as("director_a"):
        first = declare(cast["director_a"], idempotency_key=key)
        assert declare(cast["director_a"], idempotency_key=key) == first


def test_the_time_line_is_added_to_and_never_changed(incident, cast, acting_as):
    with acting_as("educator_a"):
        event_add(incident=incident, words="Retrouvée à la gare.", by=cast["educator_a"])
    with acting_as("coordination"):
        event_add(incident=incident, words="Le parquet rappellera.", by=cast["coordination"])
    with acting_as("director_a"):
        [event] = IncidentEvent.objects.filter(incident=incident)
        assert event.words == "Retrouvée à la gare."
        with refused_on("words"):
            event_add(incident=incident, words=" ", by=cast["director_a"])
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            event_add(incident=incident, words="À part moi", by=cast["director_a"], is_shared=False)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            IncidentEvent.objects.filter(pk=event.pk).update(words="autre")
    assert "gare" not in str(journal_of(incident.pk))


def test_a_task_holds_the_closing_and_its_owner_alone_ends_it(incident, cast, acting_as):
    with acting_as("coordination"):
        row = taken(incident, cast)
        closing_settle(row, cast["coordination"])
        task = task_add(
            incident=row,
            words="Changer la serrure",
            owner=cast["director_a"],
            due_on=TODAY(),
            by=cast["coordination"],
        )
        with refused_on("due_on"):
            task_add(
                incident=row,
                words="Trop tôt",
                owner=cast["director_a"],
                due_on=TODAY() - dt.timedelta(days=30),
                by=cast["coordination"],
            )
        with refused_on(match="tâches en cours : 1"):
            incident_close(incident=row, by=cast["coordination"])
    with acting_as("educator_a"):
        assert not IncidentTask.objects.exclude(owner=cast["educator_a"]).exists()
    with acting_as("director_a"):
        mine = IncidentTask.objects.get(pk=task.pk)
        with pytest.raises(DatabaseError, match="incidenttask_frozen"), transaction.atomic():
            IncidentTask.objects.filter(pk=task.pk).update(due_on=TODAY() + dt.timedelta(days=30))
        task_done(task=mine, by=cast["director_a"])
        with refused_on(match="déjà faite"):
            task_done(task=mine, by=cast["director_a"])
    with acting_as("coordination"):
        assert incident_close(incident=row, by=cast["coordination"]).state == "closed"


def test_a_retex_names_causes_and_actions_that_outlive_the_closing(incident, cast, acting_as):
    told = {"held_on": TODAY(), "lessons": "La nuit, personne n’avait le numéro.", "by": cast["coordination"]}
    action = Action("Former l’équipe de nuit", cast["director_a"], TODAY(), exigence_code="P2.12", module_code="M6")
    causes = ["cause_incident:FORMATION", "cause_incident:CONSIGNE"]
    with acting_as("coordination"):
        row = Incident.objects.get(pk=incident.pk)
        with refused_on(match="en compte"):
            retex_write(incident=row, causes=causes, **told)
        row = taken(incident, cast)
        for name, changes in (
            ("causes", {"causes": []}),
            ("lessons", {"lessons": " "}),
            ("held_on", {"held_on": TODAY() + dt.timedelta(days=1)}),
            ("cause", {"causes": ["sexe:F"]}),
        ):
            with refused_on(name), transaction.atomic():
                retex_write(incident=row, **{"causes": causes} | told | changes)
        retex_write(incident=row, causes=causes, actions=[action], **told)
        closing_settle(row, cast["coordination"])
        incident_close(incident=row, by=cast["coordination"])
        assert row.has_analysis
        assert {cause.cause_id for cause in row.causes.all()} == set(causes)
        task = row.tasks.get()
        assert (task.exigence_code, task.module_code, task.done_at) == ("P2.12", "M6", None)


def test_reopening_says_why_and_keeps_the_former_closing(incident, cast, acting_as):
    with acting_as("coordination"):
        row = taken(incident, cast)
        closing_settle(row, cast["coordination"])
        incident_close(incident=row, by=cast["coordination"])
        with refused_on("reason"):
            incident_reopen(incident=row, reason=" ", by=cast["coordination"])
        incident_reopen(incident=row, reason="Un second jeune a parlé.", by=cast["coordination"])
        assert (row.state, row.closed_at) == ("acknowledged", None)
        kinds = list(row.events.values_list("kind", flat=True))
        assert kinds == ["retex", "closed", "reopened"]


def set_apart(asked: Sollicitation) -> bool:
    """Whether the search of a place leaves Les Tilleuls out because it is suspended."""
    house = Partner.objects.get(code_name="Les Tilleuls")
    [found] = [one for one in candidates_for(search_for(asked)) if one.partner_id == house.pk]
    return "suspended" in found.excluded


def test_suspending_in_one_act_takes_the_structure_out_of_the_search(incident, cast, acting_as, rows):
    asked = rows["sollicitation_open"]
    with acting_as("coordination"):
        row = Incident.objects.get(pk=incident.pk)
        assert not set_apart(asked)
        incident_suspend(incident=row, by=cast["coordination"])
        assert set_apart(asked)
        assert Suspension.objects.on(TODAY()).filter(partner_id=row.partner_id).exists()
        with refused_on("__all__", match="suspension"):
            incident_suspend(incident=row, by=cast["coordination"])
        incident_resume(incident=row, by=cast["coordination"])
        assert Suspension.objects.get(partner_id=row.partner_id).ends_on == TODAY()


def test_two_declarations_of_the_same_fact_are_proposed_and_both_kept(cast, acting_as, rows):
    with acting_as("director_a"):
        stay = Placement.objects.get(pk=rows["placement_a"].pk)
        first = declare(cast["director_a"], placement=stay)
    with acting_as("educator_a"):
        second = declare(
            cast["educator_a"], placement=stay, incident_type_id="type_incident:CONT", is_confidential=True
        )
        other_day = declare(cast["educator_a"], occurred_at=timezone.now() - dt.timedelta(days=3))
    with acting_as("coordination"):
        row = Incident.objects.get(pk=first.pk)
        found = list(incidents_alike(row))
        assert Incident.objects.get(pk=second.pk) in found
        assert other_day.pk not in {one.pk for one in found}
        incidents_pair(first=row, second=Incident.objects.get(pk=second.pk), is_same=True, by=cast["coordination"])
        assert list(incidents_same(row)) == [Incident.objects.get(pk=second.pk)]
        assert second.pk not in {one.pk for one in incidents_alike(row)}
        with refused_on("__all__", match="déjà répondu"):
            incidents_pair(
                first=Incident.objects.get(pk=second.pk), second=row, is_same=False, by=cast["coordination"]
            )
        assert Incident.objects.filter(pk__in=[first.pk, second.pk]).count() == 2
    with acting_as("director_a"):
        assert not any(second.reference in event.words for event in IncidentEvent.objects.all())


ACTS = ("acknowledge", "rate", "task", "done", "retex", "tell", "close", "reopen", "suspend", "resume")


class Life:
    def __init__(self, incident, user):
        self.pk, self.user = incident.pk, user

    @property
    def row(self) -> Incident:
        return Incident.objects.select_related("incident_type", "severity").get(pk=self.pk)

    def acknowledge(self):
        incident_acknowledge(incident=self.row, by=self.user)

    def rate(self):
        other = "gravite:G2" if self.row.severity_id == "gravite:G4" else "gravite:G4"
        incident_rate(incident=self.row, severity_id=other, reason="Essai", by=self.user)

    def task(self):
        task_add(incident=self.row, words="À faire", owner=self.user, due_on=TODAY(), by=self.user)

    def done(self):
        task = self.row.tasks.waiting().first()
        if task is None:
            raise ValidationError("Rien à faire.")
        task_done(task=task, by=self.user)

    def retex(self):
        retex_write(incident=self.row, held_on=TODAY(), lessons="Essai", causes=["cause_incident:AUTRE"], by=self.user)

    def tell(self):
        closing_settle(self.row, self.user)

    def close(self):
        incident_close(incident=self.row, by=self.user)

    def reopen(self):
        incident_reopen(incident=self.row, reason="Essai", by=self.user)

    def suspend(self):
        incident_suspend(incident=self.row, by=self.user)

    def resume(self):
        incident_resume(incident=self.row, by=self.user)


@pytest.mark.sampled
@given(acts=st.lists(st.sampled_from(ACTS), min_size=4, max_size=14))
@settings(max_examples=sampled(25, 3), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_in_whatever_order_an_incident_never_contradicts_itself(acts, cast, acting_as):
    from cases.incidents.selectors import closing_missing
    from cms.notify.models import Ring

    with acting_as("coordination"), transaction.atomic():
        house = Partner.objects.get(code_name="Les Tilleuls")
        life = Life(declare(cast["coordination"], house), cast["coordination"])
        for act in acts:
            before = life.row
            missing = closing_missing(before)
            try:
                with transaction.atomic():
                    getattr(life, act)()
            except ValidationError:
                assert life.row.state == before.state
            else:
                assert act != "close" or not missing
            row = life.row
            assert (row.state == "closed") is (row.closed_at is not None)
            assert (row.state == "declared") is (row.acknowledged_at is None)
            rings = Ring.objects.open().filter(kind="incident", object_id=row.pk).count()
            level = row.severity.extra["level"]
            assert rings == (1 if row.state == "declared" and level >= 2 else 0)
            events = row.events.values_list("kind", flat=True)
            closings = sum(kind == "closed" for kind in events) - sum(kind == "reopened" for kind in events)
            assert closings == (1 if row.state == "closed" else 0)
        transaction.set_rollback(True)
