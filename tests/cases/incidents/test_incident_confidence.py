"""A confidential incident is nowhere in what the direction of the structure reads, counts, receives or takes out.

Every address that the cast opens is called before the declaration and after it: the two answers are the same.
"""

import datetime as dt
import re
from difflib import unified_diff

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from cases.incidents.authorities.services import authority_proof_add, authority_tell
from cases.incidents.runaways.services import runaway_source_say
from cases.incidents.services.declaring import incident_acknowledge
from cases.incidents.services.events import event_add
from cases.incidents.services.following import incident_suspend, retex_write, task_add
from cases.models import EventKind, Incident, Placement
from cms.files.services import attachment_add
from cms.notify.duty.services.scan import rings_scan
from cms.notify.inbox.services.messages import notifications_send
from cms.wall import scope
from tests.cases.incidents.test_services_incidents import declare
from tests.cast.everything import all_rows
from tests.cast.files import photo, upload
from tests.plugins.extent import sampled
from tests.wall.expectations import door_of
from tests.wall.routes import routes

MARKER = "MARQUEUR-EN-CONFIANCE"
FEED = "/api/v1/events/"
MOVING = re.compile(
    r'(name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|name="key"[^>]*|value="\d{4}-\d\d-\d\dT\d\d:\d\d[^"]*"'
    r'|"csrf[^"]*": ?"[^"]*"|data-left="\d+")'
)
"""What two calls of a page never share: tokens, keys of sending, the hour that a form proposes, the time left."""
READERS = ("director_a", "educator_a", "director_b", "gendarme")


def told(cast, acting_as, rows) -> Incident:
    """Heard on the telephone about a child that they house, with all that may follow a declaration."""
    with acting_as("coordination"):
        by = cast["coordination"]
        incident = declare(
            by,
            placement=Placement.objects.get(pk=rows["placement_a"].pk),
            incident_type_id="type_incident:FUG",
            severity_id="gravite:G4",
            narrative=MARKER,
            measures=MARKER,
            is_confidential=True,
        )
        runaway_source_say(incident=incident, is_known_from_police=True, by=by)
        event_add(incident=incident, kind=EventKind.NOTE, words=MARKER, is_shared=True, by=by)
        notice = authority_tell(incident=incident, authority_id="autorite:CD", told_by=by, note=MARKER)
        authority_proof_add(notice=notice, dated_on=timezone.localdate(), words=MARKER, by=by)
        task_add(incident=incident, words=MARKER, owner=by, due_on=timezone.localdate(), by=by)
        attachment_add(kind="incident", object_id=incident.pk, title=MARKER, file=upload("a.jpg", photo()), by=by)
    rings_scan(at=timezone.now() + dt.timedelta(minutes=6))
    notifications_send()
    return incident


def followed(incident: Incident, cast, acting_as) -> None:
    with acting_as("coordination"):
        held = Incident.objects.get(pk=incident.pk)
        incident_acknowledge(incident=held, by=cast["coordination"])
        retex_write(
            incident=held,
            held_on=timezone.localdate(),
            lessons=MARKER,
            causes=["cause_incident:CONSIGNE"],
            by=cast["coordination"],
        )


def pages_of(key: str, client) -> dict[str, str]:
    """What each address that this person may open answers now."""
    found, pages = all_rows(), {}
    for route in routes():
        door = door_of(route)
        for row, holders in door.rows_of(route).items():
            if key not in holders or door.is_post_only or (row and row not in found):
                continue
            path = route.path(door.values(route, found.get(row))) + door.query
            if path.startswith("/mon-compte/connexion"):
                continue  # the seconds left of the connexion
            with transaction.atomic():
                response = client.get(path)
                transaction.set_rollback(True)
            if not response.streaming and response["Content-Type"].split(";")[0] in ("text/html", "application/json"):
                pages[path] = MOVING.sub("", response.content.decode())
    return pages


def counts_of(key: str, acting_as) -> dict[str, int]:
    """Rows of every table that this person reads."""
    with acting_as(key):
        return {model._meta.label: model._default_manager.count() for model in apps.get_models() if _is_read(model)}


def _is_read(model) -> bool:
    """Their own drafts and sessions move with each call; the journal writes what they open."""
    moving = ("journal", "sessions", "usersessions", "procrastinate", "auth", "admin", "wagtailsearch")
    return model._meta.managed and model._meta.app_label not in moving


@pytest.mark.sampled
@pytest.mark.parametrize("key", sampled(["director_a", "educator_a"], ["director_a"]))
def test_every_page_is_the_same_before_and_after(client_of, cast, acting_as, rows, key):
    client = client_of(key)
    client.get(FEED)  # what came into force by the day alone is written by whoever reads the feed first
    pages, counts = pages_of(key, client), counts_of(key, acting_as)
    assert len(pages) > 40
    assert any(path.startswith("/api/") for path in pages)
    assert "/situations/incidents/" in pages
    incident = told(cast, acting_as, rows)
    assert counts_of(key, acting_as) == counts
    assert _moved(pages, pages_of(key, client)) == []
    followed(incident, cast, acting_as)
    after = pages_of(key, client)
    assert _moved(pages, after) == []
    assert not [path for path, page in after.items() if MARKER in page or incident.reference in page]


def _moved(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Addresses whose answer moved, with the first words that did."""
    return [
        f"{path}: {_difference(before[path], after.get(path, ''))}"
        for path in before
        if before[path] != after.get(path)
    ][:5]


def _difference(before: str, after: str) -> str:
    return " ".join(list(unified_diff(before.split(), after.split(), lineterm="", n=0))[3:8])


def test_the_pages_do_move_when_it_is_declared_openly(client_of, cast, acting_as, rows):
    """Without this, the test above could not fail."""
    client = client_of("director_a")
    before = client.get("/situations/incidents/").content
    with acting_as("educator_a"):
        declare(cast["educator_a"], placement=Placement.objects.get(pk=rows["placement_a"].pk))
    assert client.get("/situations/incidents/").content != before


@pytest.mark.parametrize("key", READERS)
def test_no_export_table_workbook_nor_journal_gives_it(client_of, cast, acting_as, rows, key):
    incident = told(cast, acting_as, rows)
    client, year = client_of(key), timezone.localdate().year
    span = f"?du={year}-01-01&au={year}-12-31"
    paths = [
        reverse("cases_incident:list"),
        reverse("cases_incident:list") + "?export=xlsx",
        reverse("cases_incident:inspect", args=[incident.pk]),
        reverse("cases_case:inspect", args=[rows["case_a"].pk]),
        reverse("dashboards_figures") + span + "&indicateur=I8",
        reverse("dashboards_export") + span,
        reverse("dashboards_rows", args=["I8"]) + span,
        reverse("dashboards_rows_export", args=["I8"]) + span,
        reverse("dashboards_tables"),
        reverse("havre_journal:index"),
        reverse("havre_incident_learning"),
        reverse("cases:incident", args=[incident.pk]),
        reverse("cases:incident_authorities", args=[incident.pk]),
        reverse("cases:incident_charge", args=[incident.pk]),
    ]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in (302, 403, 404), path
        assert MARKER.encode() not in answer.content
        assert incident.reference.encode() not in answer.content


def test_the_coordination_reads_it_and_the_indicator_counts_it(client_of, cast, acting_as, rows):
    day = timezone.localdate()
    span = f"?du={day.year}-01-01&au={day.year}-12-31"
    client = client_of("coordination")
    before = client.get(reverse("dashboards_rows", args=["I8"]) + span).content.decode()
    incident = told(cast, acting_as, rows)
    assert incident.reference not in before
    assert incident.reference in client.get(reverse("dashboards_rows", args=["I8"]) + span).content.decode()
    assert incident.reference in client.get(reverse("cases_incident:list")).content.decode()


def test_nobody_of_the_structure_is_called_nor_owed_a_message(cast, acting_as, rows):
    incident = told(cast, acting_as, rows)
    with scope.acting(scope.NOTIFY), connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.email FROM notify_ringstep s JOIN notify_ring r ON r.id = s.ring_id JOIN users_user u"
            " ON u.id = s.person_id WHERE r.object_id = %s"
            " UNION SELECT u.email FROM notify_obligation o JOIN users_user u ON u.id = o.person_id"
            " WHERE o.object_id = %s",
            [incident.pk, incident.pk],
        )
        called = {email.split("@")[0] for (email,) in cursor.fetchall()}
    assert called
    assert not {name for name in called if name.startswith(("director", "educator"))}


def test_a_suspension_that_follows_says_nothing_of_it(client_of, cast, acting_as, rows):
    incident = told(cast, acting_as, rows)
    with acting_as("coordination"):
        incident_suspend(incident=Incident.objects.get(pk=incident.pk), by=cast["coordination"])
    home = client_of("director_a").get("/").content.decode()
    assert incident.reference not in home
    assert MARKER not in home
