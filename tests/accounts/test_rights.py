"""A right of the network takes two people, whatever door is tried: service, screen of Wagtail, forged row, SQL."""

import datetime as dt
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms.accounts.enums import Decision, SuspensionReason
from cms.accounts.models import RightsChange
from cms.accounts.services.people import account_suspend
from cms.accounts.services.rights import decisions_lapse, network_found, rights_change_ask, rights_change_decide
from cms.journal.models import JournalLine
from cms.users.models import User
from cms.users.roles import NETWORK_ROLES, Role
from cms.users.services import roles_sync
from cms.wall import scope
from tests.cast.people import role_hold
from tests.journal.sql import as_owner
from tests.wall.routes import routes


@pytest.fixture
def asked(acting_as, cast):
    with acting_as("coordination"):
        return rights_change_ask(user=cast["trainee"], role=Role.DPO, is_given=True, reason="prise de fonction")


def decide(change, decision=Decision.APPROVED):
    rights_change_decide(change=change, decision=decision)


@pytest.mark.parametrize("second", ["direction", "dpo"])
@pytest.mark.parametrize("role", sorted(NETWORK_ROLES))
def test_two_people_give_a_right(client_of, cast, acting_as, role, second):
    fields = {"change": f"give:{role.value}", "reason": "prise de fonction"}
    target = cast["gendarme"]
    address = reverse("havre_accounts:rights_ask", args=[target.pk])
    assert client_of("coordination").post(address, fields).status_code == 302
    with acting_as("gendarme"):
        assert not scope.current().has_role(role)
    with acting_as("coordination"):
        change = RightsChange.objects.get(user=target)
    decision = reverse("havre_decisions:change_decide", args=[change.pk, "approve"])
    assert client_of(second).post(decision).status_code == 302
    with acting_as("gendarme"):
        assert scope.current().has_role(role)
    with acting_as("dpo"):
        line = JournalLine.objects.get(action="users.role.give", object_id=target.pk)
    assert (line.actor_id, line.details["role"]) == (cast[second].pk, [None, role.value])


def test_two_people_take_a_right_back(acting_as, cast):
    with acting_as("coordination"):
        change = rights_change_ask(user=cast["editor"], role=Role.EDITOR, is_given=False, reason="départ")
    with acting_as("direction"):
        decide(change)
    with acting_as("editor"):
        assert not scope.current().roles


@pytest.mark.parametrize("who", ["coordination", "trainee", "director_a", "tech_admin", "editor", "gendarme"])
def test_one_person_alone_gives_nothing(acting_as, asked, cast, who):
    with acting_as(who), pytest.raises(ValidationError, match="deux personnes"):
        decide(asked)
    with acting_as("trainee"):
        assert not scope.current().has_role(Role.DPO)


def test_the_person_concerned_does_not_decide_even_entitled(acting_as, cast):
    with acting_as("coordination"):
        change = rights_change_ask(user=cast["direction"], role=Role.DPO, is_given=True, reason="cumul")
    with acting_as("direction"), pytest.raises(ValidationError, match="deux personnes"):
        decide(change)
    with acting_as("dpo"):
        decide(change)


@pytest.mark.parametrize("who", ["dpo", "tech_admin", "director_a", "trainee"])
def test_others_ask_for_nothing(acting_as, cast, who):
    with acting_as(who), pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
        rights_change_ask(user=cast["gendarme"], role=Role.EDITOR, is_given=True, reason="x")


def test_nobody_asks_for_oneself(acting_as, cast):
    with acting_as("coordination"), pytest.raises(ValidationError, match="propres droits"):
        rights_change_ask(user=cast["coordination"], role=Role.DIRECTION, is_given=True, reason="x")
    row = RightsChange(
        user=cast["coordination"], asked_by=cast["coordination"], role="direction", reason="x",
        expires_at=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    with acting_as("coordination"), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_a_change_is_decided_once_and_in_time(acting_as, cast, asked):
    with acting_as("direction"):
        decide(asked, Decision.REFUSED)
    with acting_as("dpo"), pytest.raises(ValidationError, match="n’attend plus"):
        decide(asked)
    with acting_as("coordination"):
        late = RightsChange(
            user=cast["gendarme"], asked_by=cast["coordination"], role="editor", reason="x",
            expires_at=timezone.now() - dt.timedelta(minutes=1),
        )  # fmt: skip
        late.save(force_insert=True)
    with acting_as("direction"), pytest.raises(ValidationError, match="n’attend plus"):
        decide(late)
    decisions_lapse()
    with acting_as("coordination"):
        assert RightsChange.objects.get(pk=late.pk).state == Decision.LAPSED


def test_what_somebody_since_suspended_asked_is_not_given(acting_as, cast, asked):
    role_hold(cast["trainer"], Role.COORDINATION)
    with acting_as("direction"):
        account_suspend(user=cast["coordination"], why=SuspensionReason.SECURITY)
        with pytest.raises(ValidationError):
            decide(asked)


def test_the_network_keeps_two_people(acting_as, cast):
    with acting_as("direction"):
        change = rights_change_ask(user=cast["coordination"], role=Role.COORDINATION, is_given=False, reason="départ")
    with acting_as("dpo"), pytest.raises(ValidationError, match="au moins deux personnes"):
        decide(change)
    with acting_as("coordination"):
        assert scope.current().has_role(Role.COORDINATION)


def test_whoever_asked_may_withdraw(client_of, asked):
    address = reverse("havre_decisions:change_decide", args=[asked.pk, "withdraw"])
    assert client_of("direction").post(address).status_code == 422
    assert client_of("coordination").post(address).status_code == 302


WRITES = {
    "groups": lambda user: user.groups.add(Group.objects.get(name="coordination")),
    "groups_removed": lambda user: User.objects.get(email="dpo@havre.example").groups.clear(),
    "permissions": lambda user: user.user_permissions.add(Permission.objects.first()),
    "superuser": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=True),
    "staff": lambda user: User.objects.filter(pk=user.pk).update(is_staff=True),
    "role_renamed": lambda user: Group.objects.filter(name="tech_admin").update(name="x"),
    "role_widened": lambda user: Group.objects.get(name="tech_admin").permissions.add(Permission.objects.first()),
    "decided": lambda user: RightsChange.objects.update(state="approved") or _nothing_changed(),
}


def _nothing_changed():
    raise DatabaseError("row security left nothing to change")


@pytest.mark.parametrize("who", ["coordination", "direction", "tech_admin", "trainee", None])
@pytest.mark.parametrize("write", WRITES)
def test_no_statement_of_the_application_gives_a_right(acting_as, cast, asked, who, write):
    actor = scope.acting(cast[who]) if who else scope.acting(scope.REFERENCE)
    with actor, pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
        WRITES[write](cast["trainee"])


@pytest.mark.parametrize("who", ["coordination", "direction", "tech_admin", "director_a"])
@pytest.mark.parametrize("columns", [{"password": "!"}, {"email": "moi@ailleurs.example"}])
def test_nobody_takes_the_account_of_another(acting_as, cast, who, columns):
    with acting_as(who), pytest.raises(DatabaseError), transaction.atomic():
        User.objects.filter(pk=cast["dpo"].pk).update(**columns)


def test_nobody_opens_an_account_whose_password_they_know(acting_as):
    from cms.users.services import user_create

    with acting_as("coordination"), pytest.raises(DatabaseError), transaction.atomic():
        user_create(email="a@havre.example", first_name="A", last_name="B", password="je le connais, ce mot")


STOCK = [route for route in routes() if re.search(r"admin/(users|groups|bulk|api-tokens)", route.pattern)]


@pytest.mark.parametrize("key", ["coordination", "direction", "tech_admin", "editor", "dpo"])
def test_the_account_screens_of_wagtail_are_closed_whoever_holds_change_user(client_of, cast, key):
    """Even once somebody gave the permission to every group, outside our code."""
    named = Permission.objects.filter(codename__in=["add_user", "change_user", "delete_user", "change_group"])
    with as_owner():
        for group in Group.objects.all():
            group.permissions.add(*named)
    browser, seen = client_of(key), 0
    values = {"app_label": "users", "model_name": "user", "pk": cast["dpo"].pk, "user_id": cast["dpo"].pk}
    for action in ("delete", "assign_role", "set_active_state"):
        for route in STOCK:
            address = route.path({**values, "action": action}) + f"?id={cast['dpo'].pk}"
            for method in ("get", "post"):
                answer = getattr(browser, method)(address, {"is_superuser": "on", "email": "x@havre.example"})
                assert answer.status_code == 404, (address, method, answer.status_code)
                seen += 1
    assert seen > 40
    cast["dpo"].refresh_from_db()
    assert (cast["dpo"].email, cast["dpo"].is_active) == ("dpo@havre.example", True)


def test_founding_refuses_once_there_are_two(db, cast):
    with pytest.raises(CommandError, match="deux premières personnes"):
        call_command("network_found", "direction", "encore@havre.example", "Une", "Autre")
    assert not User.objects.filter(email="encore@havre.example").exists()


@pytest.mark.parametrize("who", ["coordination", "trainee"])
def test_no_person_founds(acting_as, cast, who):
    with acting_as(who), pytest.raises(DatabaseError), transaction.atomic():
        network_found(user=cast["trainee"], role=Role.DIRECTION)


def test_an_empty_network_opens_its_first_two_people(committed_empty):
    said = io.StringIO()
    for role in ("coordination", "direction"):
        call_command("network_found", role, f"{role}@neuf.example", "Une", "Personne", stdout=said)
    assert "Compte ouvert" in said.getvalue()
    with pytest.raises(CommandError, match="deux premières"):
        call_command("network_found", "direction", "trois@neuf.example", "Une", "Autre")


@pytest.fixture
def committed_empty(committed):
    """A network that its people have left: their roles are taken as the owner of the database would."""
    import psycopg

    from tests import database

    with psycopg.connect(database.owner_url(committed), autocommit=True) as owner:
        owner.execute("DELETE FROM users_user_groups")


def test_two_decisions_at_once_give_one(committed):
    people = {key: User.objects.get(email=f"{key}@havre.example") for key in ("coordination", "direction", "dpo")}
    target = User.objects.get(email="gendarme@havre.example")
    with scope.acting(people["coordination"]):
        change = rights_change_ask(user=target, role=Role.EDITOR, is_given=True, reason="x")
    results = at_once(
        [(people["direction"], Decision.APPROVED), (people["dpo"], Decision.REFUSED)],
        lambda actor, decision: _decide_as(actor, change, decision),
    )
    assert sorted(results) == ["done", "refused"]


def _decide_as(actor, change, decision):
    with scope.acting(actor):
        decide(change, decision)


def test_one_link_accepted_twice_at_once_opens_one_account(committed):
    from cms.accounts.services.invitations import invitation_accept_new, invitation_send
    from cms.partners.models import Membership, Partner

    with scope.acting(User.objects.get(email="coordination@havre.example")):
        hashed = invitation_send(
            partner=Partner.objects.get(code_name="Aubépine"), email="deux@havre.example",
            role=Role.STRUCTURE_EDUCATOR, ends_on=None,
        ).token_hash  # fmt: skip
    facts = {"first_name": "Deux", "last_name": "Fois", "phone": "", "password": "une phrase de passe assez longue"}
    results = at_once([(1,), (2,)], lambda number: invitation_accept_new(hashed=hashed, **facts))
    assert sorted(results) == ["done", "refused"]
    with scope.acting(User.objects.get(email="coordination@havre.example")):
        assert Membership.objects.filter(user__email="deux@havre.example").count() == 1


def at_once(calls, deed) -> list[str]:
    """Each call in a connection of its own, released together."""
    import threading

    start = threading.Barrier(len(calls), timeout=60)

    def run(call):
        try:
            start.wait()
            deed(*call)
            return "done"
        except (ValidationError, IntegrityError):
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_synchronising_roles_still_forgets_an_unknown_group(db):
    with as_owner():
        Group.objects.create(name="groupe inventé")
        roles_sync()
    assert not Group.objects.filter(name="groupe inventé").exists()
