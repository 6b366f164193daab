"""What a token opens of what its owner may see: asked by the views, and by a policy of each table."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from cms.api import router
from cms.sessions.models import ApiToken
from cms.sessions.scopes.rules import ANY, READS, TokenScope
from cms.sessions.tokens import token_narrow
from cms.wall import scope
from tests.api.reading import everything, problem
from tests.cast.everything import all_rows
from tests.cast.proofs import proofs
from tests.cast.session import signed_in, token_header
from tests.plugins.extent import sampled
from tests.wall.expectations import MARKERS, door_of
from tests.wall.routes import routes

LISTS = {prefix: viewset for prefix, viewset, _ in router.registry if hasattr(viewset, "filter_backends")}
NEED_NUMBERS = {"vacancies"}
"""Opened by a permission that writes: tests/events/test_software.py."""


@pytest.fixture(autouse=True)
def _uncounted(settings):
    settings.HAVRE_API_RATE = 10_000


def rows_of(browser, prefix, **header):
    return everything(browser, f"/api/v1/{prefix}/", **header)


@pytest.mark.parametrize("key", sampled(["coordination", "director_a", "gendarme", "trainer"], ["director_a"]))
def test_with_every_permission_it_reads_what_its_owner_reads(client, cast, files, key):
    header, screen = token_header(cast[key]), signed_in(cast[key])
    for prefix in LISTS.keys() - NEED_NUMBERS:
        answer = screen.get(f"/api/v1/{prefix}/")
        if answer.status_code == 200 and "results" in answer.json():
            assert rows_of(client, prefix, **header) == rows_of(screen, prefix), prefix


def test_each_permission_opens_its_lists_and_no_other(client, cast, files):
    opened = {}
    for permission in READS:
        header = token_header(cast["coordination"], permission)
        for prefix, viewset in LISTS.items():
            answer = client.get(f"/api/v1/{prefix}/", **header)
            if viewset.opened_by in (permission, ANY):
                assert answer.status_code == 200, (permission, prefix, answer.content)
                opened[prefix] = answer.json().get("results")
            else:
                problem(answer, 403)
                said = f'error="insufficient_scope", scope="{viewset.opened_by}"'
                assert answer["WWW-Authenticate"].endswith(said), (permission, prefix)
        with scope.acting(cast["coordination"]):
            ApiToken.objects.live().update(revoked_at="2026-01-02T00:00Z")
    assert LISTS.keys() - opened.keys() == NEED_NUMBERS
    # A permission alone finds the rows that its list is about: only what they lead to is hidden.
    screen = signed_in(cast["coordination"])
    for prefix, rows in opened.items():
        own = screen.get(f"/api/v1/{prefix}/").json().get("results")
        if own and "id" in own[0]:
            assert [row["id"] for row in rows] == [row["id"] for row in own], prefix


def test_a_link_to_what_is_not_opened_is_hidden(client, cast, files):
    stays = rows_of(client, "stays", **token_header(cast["director_a"], "stay.read"))
    assert stays
    assert {(row["case"], row["partner"]) for row in map(_hashable, stays)} == {(None, None)}
    both = rows_of(client, "stays", **token_header(cast["director_a"], "stay.read", "partner.read"))
    assert {row["partner"]["name"] for row in both} == {"Les Tilleuls"}


def _hashable(row):
    return {"case": row["case"], "partner": row["partner"]}


def counts(*tables):
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


READ = ("cases_sollicitation", "cases_case", "cases_placement", "cases_incident", "partners_partner")
NEVER = ("cases_caseidentity", "cases_sollicitationdetail", "partners_partneridentity", "access_grant", "journal_line")


def narrowed_to(*permissions):
    with connection.cursor() as cursor:
        cursor.execute("SELECT scope_narrow(%s)", [list(permissions)])


def test_the_database_holds_the_permission_whatever_the_view_asks(cast, files):
    with scope.acting(cast["coordination"]):
        whole = counts(*READ, *NEVER)
        assert all(whole[table] for table in READ)
        narrowed_to("stay.read", "partner.read")
        now = counts(*READ, *NEVER)
        assert {table for table, count in now.items() if count} - {"journal_line"} == {
            "cases_placement",
            "partners_partner",
        }
        # It never widens, and what it was cannot be written back.
        narrowed_to("request.read", "stay.read")
        assert counts(*READ)["cases_sollicitation"] == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.scopes', '', true)")
            cursor.execute("SELECT scope_user_id(), scope_roles()")
            assert cursor.fetchone() == (None, [])
        assert not any(counts(*READ).values())


def test_a_permission_to_read_writes_nothing(cast, files):
    with scope.acting(cast["coordination"]), connection.cursor() as cursor:
        narrowed_to(*READS)
        for statement in (
            "UPDATE cases_case SET reference = reference",
            "UPDATE partners_partner SET code_name = code_name",
            "DELETE FROM cases_sollicitation",
            "UPDATE formation_session SET capacity = capacity",
        ):
            cursor.execute(statement)
            assert cursor.rowcount == 0, statement
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO partners_suspension (id, partner_id, reason) SELECT gen_random_uuid(), id, 'x'"
                " FROM partners_partner LIMIT 1"
            )


def test_a_permission_taken_away_is_closed_at_once(client, cast, acting_as):
    header = token_header(cast["director_a"], "partner.read", "stay.read")
    assert client.get("/api/v1/stays/", **header).status_code == 200
    own = signed_in(cast["director_a"])
    with acting_as("director_a"):
        token = ApiToken.objects.get()
    less = reverse("portal:token_less", args=[token.pk])
    assert "Séjours" in own.get(less).content.decode()
    assert own.post(less, {"scopes": ["partner.read"]})["Location"] == reverse("portal:tokens")
    problem(client.get("/api/v1/stays/", **header), 403)
    with scope.acting(cast["direction"]), connection.cursor() as cursor:
        cursor.execute("SELECT outcome, object_id FROM journal_line WHERE action = 'auth.token.refused'")
        assert cursor.fetchall() == [("refused", cast["director_a"].pk)]
    assert client.get("/api/v1/partners/", **header).status_code == 200
    assert own.post(less, {"scopes": ["stay.read"]}).status_code == 422
    assert signed_in(cast["director_b"]).post(less, {"scopes": ["partner.read"]}).status_code == 404
    with acting_as("director_a"), pytest.raises(Exception, match="élargit"):
        token_narrow(token=ApiToken.objects.get(), scopes=["stay.read"], by=cast["director_a"])


def test_an_unknown_or_ended_token_narrows_to_nothing(cast, files):
    with scope.acting(cast["coordination"]), connection.cursor() as cursor:
        cursor.execute("SELECT token_narrow(%s)", ["hvj_forged"])
        assert cursor.fetchone() == ([],)
        assert not any(counts(*READ).values())


def opened_by(path):
    """Return what the view of an address asks of a token; an address that leads nowhere asks for nothing."""
    try:
        found = resolve(path).func
    except Resolver404:
        return ANY
    return getattr(getattr(found, "cls", None), "opened_by", ANY)


@pytest.mark.sampled
@pytest.mark.parametrize("key", sampled(["coordination", "director_a", "gendarme", "trainer", "ase"], ["director_a"]))
def test_no_address_gives_a_foreign_row_to_a_permission_alone(cast, files, key):
    """Every address of the API, on every row of the cast, with a token of each permission."""
    found, client, told = all_rows() | proofs(), Client(raise_request_exception=False), []
    for permission in sampled(READS, [TokenScope.STAY_READ, TokenScope.REQUEST_READ, TokenScope.EVENT_READ]):
        header = token_header(cast[key], permission)
        for route in (route for route in routes() if route.pattern.startswith("api/")):
            door = door_of(route)
            for row, holders in door.rows_of(route).items():
                path = route.path(door.values(route, found.get(row))) + door.query
                answer = client.get(path, **header)
                said = f"{path} par {key} avec {permission} sur {row} → {answer.status_code}"
                opened = opened_by(path.partition("?")[0])
                if answer.status_code >= 500:
                    told.append(said)
                elif answer.status_code < 300 and (key not in holders or opened not in (permission, ANY)):
                    told.append(f"{said} : aurait dû être refusé")
                body = b"" if answer.streaming else answer.content
                told += [
                    f"{said} : {mark}" for mark, who in MARKERS.items() if key not in who and mark.encode() in body
                ]
    assert not told, "\n".join(told)
