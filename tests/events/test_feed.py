"""The feed: written with what happens, read in order, by whoever may see the object now."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from cases.models import Case, Incident, Proposal
from cms.documents.enums import VisibilityLevel
from cms.documents.models import Document, DocumentVersion
from cms.events.feed.rules import CONTENT, KINDS
from cms.events.feed.services import events_forget, events_ready
from cms.events.models import Event
from cms.home.models import HomePage, TextPage
from cms.home.services import page_add
from cms.partners.models import Membership, Partner
from cms.wall import scope
from tests.cast.session import token_header
from tests.wall.expectations import MARKERS

FEED = "/api/v1/events/"


@pytest.fixture
def read(cast):
    """`read("director_a", kinds=…)` gives what a token of this person reads; the cast has made events already."""

    def run(key, expected=200, **query):
        answer = Client().get(FEED, query, **token_header(cast[key]))
        assert answer.status_code == expected, answer.content
        return answer.json()

    return run


@pytest.fixture
def since():
    """The cursor of now."""
    with scope.acting(scope.EVENTS):
        events_ready()
        return str(Event.objects.order_by("position").last().key)


def told(answer):
    return [(item["type"].removeprefix("havre."), item["data"]["id"]) for item in answer["items"]]


def seen_by(acting_as, key, after):
    with scope.acting(scope.EVENTS):
        events_ready()
        position = Event.objects.get(key=after).position
    with scope.acting(AnonymousUser()) if key is None else acting_as(key):
        rows = Event.objects.filter(position__gt=position).order_by("position")
        return [(event.kind, event.object_id) for event in rows]


def test_what_happens_to_a_page_is_told_in_order(acting_as, since):
    with acting_as("editor"):
        home = HomePage.objects.get(slug="accueil")
        page = page_add(home, TextPage(title="Une page", slug="une-page", body="<p>Bonjour</p>"))
        page.title = "Une autre"
        page.save_revision()
    assert seen_by(acting_as, None, since) == [("content.page.published", str(page.pk))], "un brouillon ne se dit pas"
    with acting_as("editor"):
        page.slug = "une-autre"
        page.save_revision().publish()
        page.unpublish()
        page.delete()
    kinds = [kind for kind, _ in seen_by(acting_as, None, since)]
    assert kinds == [f"content.page.{verb}" for verb in ("published", "published", "moved", "unpublished")]


def test_a_page_kept_to_the_network_is_told_to_it_alone(acting_as, change, since):
    page = TextPage.objects.get(slug="accessibilite")
    change(page.page_ptr, VisibilityLevel.NETWORK)
    with acting_as("editor"):
        page.save_revision().publish()
    closed = ("content.visibility_changed", str(page.pk))
    assert seen_by(acting_as, None, since) == [closed], "une copie au dehors doit partir"
    assert seen_by(acting_as, "director_a", since) == [closed, ("content.page.published", str(page.pk))]


def test_a_version_is_told_to_everybody_once_its_document_is_open(acting_as, opened, since):
    document = Document.objects.get(kind="fsi-protocol")
    with acting_as("director_a"):
        version = DocumentVersion.objects.get(document=document)
    opened(document)
    assert ("content.visibility_changed", str(document.pk)) in seen_by(acting_as, None, since)
    with acting_as("director_a"):
        rows = Event.objects.filter(object_id=str(version.pk))
        assert {event.kind for event in rows} <= {"content.version.published", "content.version.in_force"}


def test_an_event_leaves_with_what_caused_it(acting_as, since):
    with acting_as("coordination"):
        Partner.objects.filter(code_name="Les Tilleuls").update(manager_name="Autre")
        transaction.set_rollback(True)
    assert seen_by(acting_as, "coordination", since) == []


def test_nothing_is_told_twice_in_a_transaction_nor_of_what_did_not_change(acting_as, since):
    with acting_as("coordination"):
        partner = Partner.objects.get(code_name="Les Tilleuls")
        Partner.objects.filter(pk=partner.pk).update(manager_name=partner.manager_name)
        for name in ("Une", "Deux", "Trois"):
            Partner.objects.filter(pk=partner.pk).update(manager_name=name)
    assert seen_by(acting_as, "coordination", since) == [("partner.changed", str(partner.pk))]


def test_each_reads_what_the_wall_shows_and_nothing_else(acting_as, cast, since):
    """Every object of the cast is touched: whoever reads its event may read its row, and the other way round."""
    models = {"situation": Case, "proposal": Proposal, "incident": Incident, "partner": Partner}
    with scope.acting(scope.EVENTS), connection.cursor() as cursor:
        events_ready()
        Event.objects.get(key=since)
        cursor.execute("SELECT count(*) FROM events_event WHERE kind LIKE 'stay.%'")
        assert cursor.fetchone()[0]
    for key in ("coordination", "director_a", "director_b", "educator_a", "gendarme", "trainer", "dpo", "tech_admin"):
        with acting_as(key):
            for code, model in models.items():
                rows = model.objects.filter(is_confidential=False) if code == "incident" else model.objects.all()
                mine = {str(pk) for pk in rows.values_list("pk", flat=True)}
                shown = Event.objects.filter(object=code).exclude(kind__endswith=".erased")
                assert set(shown.values_list("object_id", flat=True)) <= mine, (key, code)
                if key == "coordination":
                    assert set(shown.values_list("object_id", flat=True)) == mine
    with scope.acting(AnonymousUser()):
        assert set(Event.objects.values_list("kind", flat=True)) <= CONTENT.keys()


def test_a_right_that_ends_ends_what_is_read(acting_as, since, cast):
    header = token_header(cast["director_a"])
    with acting_as("coordination"):
        Partner.objects.filter(code_name="Les Tilleuls").update(manager_name="Autre")
    answer = Client().get(FEED, {"after": since}, **header)
    assert [kind for kind, _ in told(answer.json())] == ["partner.changed"]
    with acting_as("coordination"):
        Membership.objects.filter(user=cast["director_a"]).update(revoked_at=timezone.now())
    answer = Client().get(FEED, {"after": since}, **header)
    assert answer.status_code in (401, 403)


def test_pages_follow_one_another_without_a_hole(acting_as, read, since):
    home = HomePage.objects.get(slug="accueil")
    with acting_as("editor"):
        pages = [page_add(home, TextPage(title=f"P {n}", slug=f"p-{n}", body="<p>p</p>")) for n in range(5)]
    found, cursor = [], since
    for _ in range(10):
        answer = read("editor", after=cursor, limit=2)
        found += told(answer)
        cursor = answer["cursor"]
        if answer["next"] is None:
            break
    assert found == [("content.page.published", str(page.pk)) for page in pages]
    again = read("editor", after=cursor)
    assert (again["items"], again["cursor"], again["next"]) == ([], cursor, None)


def test_an_event_is_thin_and_named_as_cloudevents_say(read, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://bureau.example"
    answer = read("coordination", limit=200)
    assert answer["items"]
    for item in answer["items"]:
        assert item.keys() == {
            "specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data",
        }  # fmt: skip
        assert item["data"].keys() <= {"object", "id", "url"}
        assert item["type"].removeprefix("havre.") in KINDS
    assert not [marker for marker in MARKERS if marker in str(answer)]
    assert read("coordination", limit=1)["next"].startswith("https://bureau.example/api/v1/events/?after=")


def test_a_batch_of_cloudevents_is_given_on_demand(cast):
    answer = Client().get(
        FEED, {"limit": 1}, HTTP_ACCEPT="application/cloudevents-batch+json", **token_header(cast["coordination"])
    )
    assert answer["Content-Type"] == "application/cloudevents-batch+json"
    assert [item["specversion"] for item in answer.json()] == ["1.0"]
    assert 'rel="next"' in answer["Link"]


@pytest.mark.parametrize(
    "query",
    [
        {"apres": "1"}, {"kinds": "rien"}, {"after": "42"}, {"limit": "0"}, {"limit": "201"}, {"limit": "1e2"},
        {"limit": "1000000"}, {"after": "x" * 5000},
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused(read, query):
    read("coordination", 400, **query)


def test_a_forged_cursor_says_to_read_again(read):
    assert "curseur" in read("coordination", 410, after=str(uuid.uuid4()))["detail"]


def test_without_account_nothing_is_read(db):
    assert Client().get(FEED).status_code == 401
    assert Client().get(FEED, HTTP_AUTHORIZATION="Token hvj_rien").status_code == 401


def test_nobody_writes_the_feed_by_hand(acting_as):
    with acting_as("direction"):
        for statement in (
            "INSERT INTO events_event (key, kind, object, object_id, at, is_public)"
            " VALUES (gen_random_uuid(), 'content.page.published', 'page', '1', now(), true)",
            "UPDATE events_event SET is_public = true",
            "DELETE FROM events_event",
            "SELECT event_write('content.page.published', 'page', '1', true)",
            "SELECT events_forget(now())",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_what_is_too_old_is_forgotten_and_its_cursor_says_so(read, since, monkeypatch):
    monkeypatch.setattr("cms.events.feed.services.KEPT_MONTHS", -1)
    with scope.acting(scope.EVENTS):
        assert events_forget() > 0
    read("coordination", 410, after=since)


def test_a_page_of_the_feed_costs_few_statements(cast, django_assert_max_num_queries):
    header = token_header(cast["director_a"])
    with django_assert_max_num_queries(15):
        assert Client().get(FEED, {"limit": 200}, **header).json()["items"]
