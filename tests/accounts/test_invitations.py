"""Inviting and accepting: one link, one use, three days, and nothing told of whether an account was there."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import Invitation
from cms.accounts.services.invitations import (
    invitation_accept_new,
    invitation_cancel,
    invitation_opened,
    invitation_resend,
    invitation_send,
    token_hash,
)
from cms.accounts.services.people import member_leave
from cms.journal.models import JournalLine
from cms.partners.models import Membership, Partner
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from tests.accounts.conftest import LINK, SOON
from tests.cast.people import PASSWORD
from tests.notify.steps import messages_leave

NEW = "nadia.k@havre.example"
ANSWERS = {
    "first_name": "Nadia",
    "last_name": "Kaci",
    "phone": "06 00 00 00 01",
    "password": "une longue phrase de passe à moi",
    "again": "une longue phrase de passe à moi",
}
SENT = "L’invitation est partie"


def open_link(path: str, client: Client | None = None) -> Client:
    client = client or Client()
    response = client.get(path)
    assert (response.status_code, response.get("Location")) == (302, "/invitation/")
    return client


def told(email: str):
    """The message that this address received, once the job has sent what is owed."""
    messages_leave()
    [message] = [message for message in mail.outbox if message.to == [email.lower()]]
    return message


def test_somebody_new_is_invited_and_signs_in(client_of, house, acting_as):
    browser = client_of("director_a")
    said = browser.post(
        reverse("accounts:invite"),
        {"email": "Nadia.K@havre.example", "role": "structure_educator", "ends_on": str(SOON)},
    )
    assert said.status_code == 302
    message = told(NEW)
    guest = open_link(LINK.search(message.body)[1])
    page = guest.get("/invitation/")
    assert "Équipe de structure" in page.content.decode()
    assert "Les Tilleuls" not in page.content.decode()
    assert guest.post("/invitation/", ANSWERS)["Location"] == "/compte/login/"
    assert "_auth_user_id" not in guest.session
    with acting_as("director_a"):
        row = Membership.objects.get(user__email=NEW)
        assert (row.partner_id, row.role, row.ends_on, row.can_sign) == (house.pk, "structure_educator", SOON, False)
    assert Client().login(email=NEW, password=ANSWERS["password"])


def test_the_message_names_nobody_and_no_place(invited):
    invited(NEW)
    message = told(NEW)
    text = f"{message.subject} {message.body}"
    for secret in ("Tilleuls", "Alice", "Martin", "MARQUEUR", "structure", NEW):
        assert secret not in text


@pytest.mark.parametrize("email", [NEW, "trainee@havre.example", "former-member@havre.example"])
def test_whoever_invites_learns_nothing_of_an_account(client_of, email):
    browser = client_of("director_a")
    fields = {"email": email, "role": "structure_educator", "ends_on": str(SOON)}
    response = browser.post(reverse("accounts:invite"), fields, follow=True)
    page = response.content.decode()
    assert SENT in page
    assert "En attente" in page
    assert told(email)
    for name in ("Yanis", "Faure", "Fanny", "Leclerc"):
        assert name not in page


def test_a_closed_account_is_told_to_itself_alone(client_of, cast, invited, acting_as):
    with acting_as("coordination"):
        from cms.accounts.enums import SuspensionReason
        from cms.accounts.services.people import account_suspend

        account_suspend(user=cast["trainee"], why=SuspensionReason.SECURITY)
    _, path = invited("trainee@havre.example")
    page = open_link(path).get("/invitation/").content.decode()
    assert "suspendu" in page


def test_a_known_account_accepts_once_signed_in(cast, invited, acting_as):
    _, path = invited("trainee@havre.example")
    guest = open_link(path)
    assert "Connectez-vous" in guest.get("/invitation/").content.decode()
    guest.post("/compte/login/", {"login": cast["trainee"].email, "password": PASSWORD})
    assert "Accepter" in guest.get("/invitation/").content.decode()
    assert guest.post("/invitation/")["Location"] == "/"
    with acting_as("trainee"):
        assert scope.current().has_role(Role.STRUCTURE_EDUCATOR)
    assert cast["trainee"].check_password(PASSWORD)


def test_another_account_takes_nothing(client_of, invited, acting_as):
    _, path = invited("trainee@havre.example")
    other = open_link(path, client_of("gendarme"))
    assert other.post("/invitation/").status_code == 200
    with acting_as("gendarme"):
        assert not scope.current().has_role(Role.STRUCTURE_EDUCATOR)


def test_a_known_account_never_gets_a_new_password_by_a_link(cast, invited):
    _, path = invited("trainee@havre.example")
    guest = open_link(path)
    assert guest.post("/invitation/", ANSWERS).status_code == 200
    cast["trainee"].refresh_from_db()
    assert cast["trainee"].check_password(PASSWORD)


def test_a_link_serves_once(invited):
    _, path = invited(NEW)
    guest = open_link(path)
    guest.post("/invitation/", ANSWERS)
    for address in (path, "/invitation/"):
        answer = guest.get(address)
        assert answer.status_code == 404
        assert "Ce lien ne sert plus" in answer.content.decode()
    assert guest.post("/invitation/", ANSWERS).status_code == 404


@pytest.mark.parametrize("end", ["late", "cancelled", "resent", "inviter_left", "unknown"])
def test_a_dead_link_says_the_same_whatever_killed_it(cast, invited, acting_as, member, end):
    invitation, path = invited(NEW)
    if end == "late":
        past = timezone.now() - dt.timedelta(days=4)
        with acting_as("director_a"):
            Invitation.objects.filter(pk=invitation.pk).update(sent_at=past, expires_at=past + dt.timedelta(hours=72))
    elif end == "cancelled":
        with acting_as("director_a"):
            invitation_cancel(invitation=invitation)
    elif end == "resent":
        with acting_as("director_a"):
            invitation_resend(invitation=invitation)
    elif end == "inviter_left":
        with acting_as("coordination"):
            member_leave(membership=member("director_a"))
    else:
        path = "/invitation/rien/"
    answer = Client().get(path)
    assert answer.status_code == 404
    assert "Ce lien ne sert plus" in answer.content.decode()


def test_a_link_lasts_three_days_at_most(invited, acting_as):
    invitation, _ = invited(NEW)
    assert invitation.expires_at - invitation.sent_at == dt.timedelta(hours=72)
    with acting_as("director_a"), pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(expires_at=invitation.sent_at + dt.timedelta(hours=73))


def test_the_token_is_kept_nowhere(invited, acting_as):
    invitation, path = invited(NEW)
    token = path.split("/")[2]
    assert invitation.token_hash == token_hash(token) != token
    with acting_as("dpo"):
        lines = list(JournalLine.objects.filter(object_id=invitation.pk).values_list("details", "reason"))
    assert lines
    assert token not in str(lines)
    assert NEW not in str(lines)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("password", "court", "15"),
        ("again", "autre chose de bien long", "diffèrent"),
        ("first_name", "", "prénom"),
        ("last_name", "", "nom"),
    ],
)
def test_a_wrong_answer_is_said_and_opens_nothing(invited, field, value, sentence):
    _, path = invited(NEW)
    guest = open_link(path)
    changed = {**ANSWERS, field: value} | ({"again": value} if field == "password" else {})
    answer = guest.post("/invitation/", changed)
    assert answer.status_code == 422
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"role": Role.STRUCTURE_DIRECTOR}, "role"),
        ({"role": Role.REQUESTER}, "role"),
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": timezone.localdate() + dt.timedelta(days=800)}, "ends_on"),
        ({"ends_on": timezone.localdate() - dt.timedelta(days=1)}, "ends_on"),
        ({"email": "director-a@havre.example"}, "email"),
        ({"email": "educator-a@havre.example"}, "email"),
    ],
)
def test_a_director_invites_within_own_rights(invited, facts, field):
    with pytest.raises(ValidationError) as refused:
        invited(**{"email": NEW, **facts})
    assert field in refused.value.message_dict


def test_a_director_gives_no_day_beyond_the_own_last_one(acting_as, invited, member):
    from cms.partners.people.services import membership_end

    last = timezone.localdate() + dt.timedelta(days=30)
    with acting_as("coordination"):
        membership_end(membership=member("director_a"), ends_on=last)
    with pytest.raises(ValidationError, match="jamais au-delà"):
        invited(NEW, ends_on=last + dt.timedelta(days=1))
    assert invited(NEW, ends_on=last)


@pytest.mark.parametrize("key", ["director_b", "educator_a", "gendarme", "trainer", "tech_admin", "former_member"])
def test_nobody_else_invites_into_a_structure(acting_as, house, key):
    with acting_as(key), pytest.raises(ValidationError):
        invitation_send(partner=house, email=NEW, role=Role.STRUCTURE_EDUCATOR, ends_on=SOON)


@pytest.mark.parametrize("key", ["director_b", "educator_a", "gendarme", "tech_admin"])
def test_the_wall_refuses_a_forged_invitation(acting_as, cast, house, key):
    now = timezone.now()
    row = Invitation(
        email=NEW, partner=house, role="structure_educator", ends_on=SOON, token_hash="x" * 64, sent_at=now,
        expires_at=now + dt.timedelta(hours=1), invited_by=cast[key],
    )  # fmt: skip
    with acting_as(key), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("column", ["role", "ends_on", "email"])
def test_an_invitation_sent_is_not_rewritten(acting_as, invited, column):
    invitation, _ = invited(NEW)
    other = {"role": "structure_director", "ends_on": None, "email": "autre@havre.example"}[column]
    with acting_as("coordination"), pytest.raises(DatabaseError), transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk).update(**{column: other})


def test_nobody_accepts_their_own_invitation(acting_as, cast):
    with acting_as("coordination"), pytest.raises(ValidationError, match="soi-même"):
        invitation_send(
            partner=Partner.objects.get(code_name="Aubépine"), email=cast["coordination"].email,
            role=Role.STRUCTURE_DIRECTOR, ends_on=SOON,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("partner", "role"),
    [
        ("Les Tilleuls", "structure_director"),
        ("Brigade 12", "requester"),
        ("ASE du Nord", "requester"),
        ("Bureau de la protection", "state_reader"),
    ],
)
def test_the_coordination_invites_for_every_kind_of_partner(client_of, acting_as, partner, role):
    with acting_as("coordination"):
        pk = Partner.objects.get(code_name=partner).pk
    browser = client_of("coordination")
    fields = {"email": NEW, "role": role}
    assert browser.post(reverse("havre_accounts:invite", args=[pk]), fields).status_code == 302
    guest = open_link(LINK.search(told(NEW).body)[1])
    assert guest.post("/invitation/", ANSWERS).status_code == 302
    with acting_as(User.objects.get(email=NEW)):
        assert scope.current().roles == {role}


def test_only_one_invitation_waits_for_a_person(invited):
    invited(NEW)
    with pytest.raises(ValidationError, match="attend déjà"):
        invited(NEW)


def test_a_link_accepts_for_nobody_without_an_actor(invited):
    _, path = invited("trainee@havre.example")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT invitation_accept(%s, '')", [token_hash(path.split("/")[2])])


def test_a_link_that_was_taken_meanwhile_is_said(invited):
    _, path = invited(NEW)
    hashed = token_hash(path.split("/")[2])
    answers = {name: value for name, value in ANSWERS.items() if name != "again"}
    invitation_accept_new(hashed=hashed, **answers)
    assert invitation_opened(hashed) is None
    with pytest.raises(ValidationError, match="ne sert plus"):
        invitation_accept_new(hashed=hashed, **answers)


def test_a_link_sent_again_leaves_once_and_the_first_leads_nowhere(acting_as, house, invited):
    invitation, first = invited(NEW)
    mail.outbox.clear()
    with acting_as("director_a"):
        invitation_resend(invitation=invitation)
        invitation_resend(invitation=invitation)  # before the job sent the one before
    second = LINK.search(told(NEW).body)[1]
    assert second != first
    assert Client().get(first).status_code == 404
    open_link(second)
    mail.outbox.clear()
    messages_leave()
    assert not mail.outbox


def test_an_invitation_that_is_cancelled_before_it_leaves_does_not(acting_as, house):
    with acting_as("director_a"):
        invitation = invitation_send(partner=house, email=NEW, role=Role.STRUCTURE_EDUCATOR, ends_on=SOON)
        invitation_cancel(invitation=invitation)
    mail.outbox.clear()
    messages_leave()
    assert [message.to for message in mail.outbox if message.to == [NEW]] == []
