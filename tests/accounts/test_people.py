"""Renewing, ending, suspending, reviewing, and a lost second factor: always by somebody else, and at once."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cms.accounts import selectors
from cms.accounts.enums import CallbackNumber, Decision, SuspensionReason
from cms.accounts.models import AccountReview, AccountSuspension, FactorReset
from cms.accounts.services.factors import factor_reset_ask, factor_reset_decide
from cms.accounts.services.people import account_reopen, account_suspend, dormant_follow, member_leave
from cms.accounts.services.reviews import review_confirm, review_remind
from cms.journal.models import JournalLine
from cms.partners.models import Membership, Partner
from cms.partners.people.services import membership_open, membership_renew
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope
from cms.wall.models import Grant, Level
from cms.wall.reveals.services import reveal_open
from cms.wall.services import Grantee, grant_give
from tests.cast.situations import rows as cast_rows

TODAY = timezone.localdate()
NEXT = TODAY + dt.timedelta(days=100)


def page(name, *pks):
    return reverse(f"accounts:{name}", args=pks)


def test_a_departure_closes_everything_at_once(client_of, cast, member, acting_as):
    rows = cast_rows()
    stay = client_of("educator_a")
    address = reverse("cases:stay", args=[rows["placement_a"].pk])
    assert stay.get(address).status_code == 200
    with acting_as("educator_a"):
        reveal_open(kind="case", object_id=rows["case_a"].pk, by=cast["educator_a"], reason="danger")
    with acting_as("coordination"):
        grant_give(
            kind="case",
            object_id=rows["case_b"].pk,
            level=Level.FILE,
            to=Grantee(user=cast["educator_a"]),
            reason="renfort",
        )
    browser = client_of("director_a")
    assert browser.post(page("member_end", member("educator_a").pk)).status_code == 302
    assert stay.get(address).status_code in (302, 404)
    with acting_as("educator_a"):
        assert not scope.current().roles
        from cases.models import CaseIdentity

        assert not CaseIdentity.objects.exists()
    with acting_as("coordination"):
        assert not Grant.objects.live().filter(user=cast["educator_a"]).exists()
    assert browser.get(page("team")).status_code == 200


def test_the_sessions_of_whoever_leaves_end_even_with_rights_elsewhere(client_of, cast, member, acting_as):
    with acting_as("coordination"):
        other = Partner.objects.get(code_name="Aubépine")
        membership_open(user=cast["educator_a"], partner=other, role=Role.STRUCTURE_EDUCATOR, starts_on=TODAY)
        leaving = Membership.objects.get(user=cast["educator_a"], partner__code_name="Les Tilleuls")
    browser, colleague = client_of("educator_a"), client_of("director_a")
    assert browser.get("/mon-compte/").status_code == 200
    with acting_as("director_a"):
        member_leave(membership=leaving)
    assert browser.get("/mon-compte/").status_code == 302
    assert colleague.get("/mon-compte/").status_code == 200


def test_somebody_ended_by_mistake_is_invited_again_the_same_day(acting_as, member, invited):
    with acting_as("director_a"):
        member_leave(membership=member("educator_a"))
    assert invited("educator-a@havre.example")


def test_a_director_renews_up_to_a_year(client_of, member, acting_as):
    browser, address = client_of("director_a"), page("member_renew", member("educator_a").pk)
    assert browser.post(address, {"ends_on": str(NEXT)}).status_code == 302
    assert member("educator_a").ends_on == NEXT
    for wrong in (TODAY + dt.timedelta(days=500), TODAY - dt.timedelta(days=1), "2026-13-45", ""):
        answer = browser.post(address, {"ends_on": str(wrong)})
        assert answer.status_code == 422
        assert "ends_on" in answer.context["form"].errors
    assert member("educator_a").ends_on == NEXT


PAGES = ("member", "member_renew", "member_end", "member_factor", "member_reopen")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("who", "target"),
    [
        ("director_b", "educator_a"),
        ("director_a", "director_a"),
        ("director_a", "director_b"),
        ("educator_a", "educator_a"),
    ],
)
def test_a_director_reaches_the_own_team_alone(client_of, member, name, who, target):
    browser, address = client_of(who), page(name, member(target).pk)
    before = member(target)
    assert browser.get(address).status_code == 404
    assert browser.post(address, {"ends_on": str(NEXT)}).status_code == 404
    after = member(target)
    assert (after.ends_on, after.revoked_at) == (before.ends_on, before.revoked_at)


@pytest.mark.parametrize(
    ("who", "target", "columns"),
    [
        ("director_a", "director_a", {"ends_on": NEXT}),
        ("director_a", "educator_a", {"can_sign": True}),
        ("director_a", "educator_a", {"role": "structure_director"}),
        ("director_a", "educator_a", {"ends_on": None}),
        ("director_a", "educator_a", {"ends_on": TODAY + dt.timedelta(days=500)}),
        ("director_b", "educator_a", {"ends_on": NEXT}),
        ("educator_a", "educator_a", {"ends_on": NEXT}),
        ("coordination", "educator_a", {"role": "structure_director"}),
    ],
)
def test_the_wall_holds_memberships(acting_as, member, who, target, columns):
    row = member(target)
    with acting_as("coordination"):
        Membership.objects.filter(pk=member("educator_a").pk).update(ends_on=TODAY + dt.timedelta(days=10))
    changed = 0
    with acting_as(who):
        try:
            with transaction.atomic():
                changed = Membership.objects.filter(pk=row.pk).update(**columns)
        except (IntegrityError, DatabaseError):
            changed = 0
    assert changed == 0


def test_a_coordinator_gives_herself_no_membership(acting_as, cast, house):
    row = Membership(user=cast["coordination"], partner=house, role="structure_director", starts_on=TODAY)
    with acting_as("coordination"), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_revoked_stays_revoked(acting_as, member):
    row = member("educator_a")
    with acting_as("director_a"):
        member_leave(membership=row)
    with acting_as("coordination"), pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=row.pk).update(revoked_at=None)
    with acting_as("coordination"), pytest.raises(ValidationError, match="invitez de nouveau"):
        membership_renew(membership=Membership.objects.get(pk=row.pk), ends_on=NEXT)


def test_an_account_suspended_signs_in_no_more(client_of, cast, acting_as):
    browser = client_of("gendarme")
    answer = client_of("coordination").post(
        reverse("havre_accounts:suspend", args=[cast["gendarme"].pk]), {"why": "security"}
    )
    assert answer.status_code == 302
    assert browser.get("/situations/demandes/").status_code == 302
    assert client_of("direction").post(reverse("havre_accounts:reopen", args=[cast["gendarme"].pk])).status_code == 302
    with acting_as("gendarme"):
        assert scope.current().has_role(Role.REQUESTER)


def test_nobody_suspends_or_reopens_oneself(client_of, cast, acting_as):
    answer = client_of("coordination").post(
        reverse("havre_accounts:suspend", args=[cast["coordination"].pk]), {"why": "security"}
    )
    assert answer.status_code == 422
    with acting_as("coordination"), pytest.raises(ValidationError):
        account_reopen(user=cast["coordination"])


@pytest.mark.parametrize("key", ["director_a", "educator_a", "dpo", "tech_admin"])
def test_the_wall_lets_nobody_else_suspend(acting_as, cast, key):
    with acting_as(key), pytest.raises(DatabaseError), transaction.atomic():
        account_suspend(user=cast["gendarme"], why=SuspensionReason.SECURITY)
    with acting_as(key), pytest.raises(DatabaseError), transaction.atomic():
        User.objects.filter(pk=cast["gendarme"].pk).update(is_active=False)


@pytest.fixture
def unused(cast, acting_as, house):
    """The educator of A has not signed in for 400 days; the others have."""
    User.objects.update(last_login=timezone.now())
    old = timezone.now() - dt.timedelta(days=400)
    User.objects.filter(pk=cast["educator_a"].pk).update(last_login=old, date_joined=old)
    return cast["educator_a"]


def test_a_dormant_account_is_warned_then_suspended_then_reopened_by_the_director(client_of, unused, member):
    now = timezone.now()
    assert dormant_follow(now) == (1, 0)
    assert dormant_follow(now) == (0, 0)
    assert [message.to for message in mail.outbox] == [[unused.email]]
    later = now + dt.timedelta(days=31)
    assert dormant_follow(later)[1] == 1
    unused.refresh_from_db()
    assert not unused.is_active
    browser = client_of("director_a")
    assert "Suspendu" in browser.get(page("team")).content.decode()
    assert browser.post(page("member_reopen", member("educator_a").pk)).status_code == 302
    unused.refresh_from_db()
    assert unused.is_active
    assert dormant_follow(now) == (0, 0)


def test_whoever_comes_back_in_time_is_left_alone(unused, acting_as):
    now = timezone.now()
    dormant_follow(now)
    User.objects.filter(pk=unused.pk).update(last_login=now)
    assert dormant_follow(now + dt.timedelta(days=31))[1] == 0
    with acting_as("coordination"):
        assert AccountSuspension.objects.get().ended_at


def test_a_director_reopens_no_account_closed_for_security(acting_as, cast):
    with acting_as("coordination"):
        account_suspend(user=cast["educator_a"], why=SuspensionReason.SECURITY)
    with acting_as("director_a"), pytest.raises(ValidationError, match="coordination"):
        account_reopen(user=cast["educator_a"])


def test_the_quarter_is_reviewed_one_person_at_a_time(client_of, member, acting_as, house, cast):
    with acting_as("coordination"):
        membership_open(
            user=cast["trainee"], partner=house, role=Role.STRUCTURE_EDUCATOR, starts_on=dt.date(2025, 1, 1)
        )
    browser = client_of("director_a")
    assert "2 personnes à revoir" in browser.get(page("team")).content.decode()
    names = list(browser.get(page("review")).context["form"].fields)
    answers = {names[0]: "stays", names[1]: "left"}
    rows = browser.get(page("review")).context["rows"]
    assert browser.post(page("review"), answers).status_code == 302
    with acting_as("coordination"):
        assert AccountReview.objects.get().membership == rows[names[0]]
        assert Membership.objects.get(pk=rows[names[1]].pk).revoked_at
    assert "est faite" in browser.get(page("review")).content.decode()


def test_an_empty_review_is_said(client_of):
    answer = client_of("director_a").post(page("review"), {})
    assert answer.status_code == 422
    assert "Répondez pour une personne" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "target"),
    [
        ("director_b", "educator_a"),
        ("director_a", "director_a"),
        ("educator_a", "educator_a"),
        ("dpo", "educator_a"),
        ("coordination", "coordination"),
    ],
)
def test_nobody_confirms_oneself_nor_the_people_of_others(acting_as, cast, member, who, target):
    row = None if target == "coordination" else member(target)
    with acting_as(who), pytest.raises((ValidationError, DatabaseError)), transaction.atomic():
        review_confirm(user=cast[target], membership=row)
    forged = AccountReview(
        user=cast[target], membership=row, quarter=selectors.quarter_of(TODAY), confirmed_by=cast[who]
    )
    with acting_as(who), pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_the_coordination_reviews_services_directors_and_the_network(client_of, acting_as, cast, member):
    browser = client_of("coordination")
    form = browser.get(reverse("havre_accounts:review")).context["form"]
    labels = {str(field.label): name for name, field in form.fields.items()}
    assert "Gaëlle Roche" in labels
    assert "Claire Vasseur" not in labels
    assert browser.post(reverse("havre_accounts:review"), {labels["Gaëlle Roche"]: "stays"}).status_code == 302
    with acting_as("coordination"):
        assert AccountReview.objects.get().membership == member("gendarme")


def test_directors_are_reminded_until_they_have_reviewed(acting_as, cast, member):
    assert review_remind(TODAY) == 1
    assert [message.to for message in mail.outbox] == [[cast["director_a"].email]]
    assert "Tilleuls" not in mail.outbox[0].body
    with acting_as("director_a"):
        review_confirm(user=cast["educator_a"], membership=member("educator_a"))
    assert review_remind(TODAY) == 0


@pytest.fixture
def lost(acting_as, cast):
    """The educator of A has a factor, lost: the director has declared it."""
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=cast["educator_a"], type=kind, data={})
    with acting_as("director_a"):
        return factor_reset_ask(user=cast["educator_a"])


def test_a_lost_factor_goes_after_a_call(client_of, lost, cast, acting_as):
    browser, address = client_of("direction"), reverse("havre_decisions:factor_decide", args=[lost.pk, "approve"])
    answer = browser.post(address, {"called": "network:"})
    assert "is_sure" in answer.context["form"].errors
    assert Authenticator.objects.filter(user=cast["educator_a"]).exists()
    assert browser.post(address, {"called": "network:", "is_sure": "on"}).status_code == 302
    assert not Authenticator.objects.filter(user=cast["educator_a"]).exists()
    with acting_as("dpo"):
        told = set(JournalLine.objects.filter(object_id=cast["educator_a"].pk).values_list("action", flat=True))
    assert {"accounts.factor.ask", "accounts.factor.approved"} <= told


@pytest.mark.parametrize("who", ["director_a", "educator_a", "director_b", "tech_admin"])
def test_only_a_second_entitled_person_confirms(acting_as, lost, cast, who):
    with acting_as(who), pytest.raises(ValidationError):
        factor_reset_decide(reset=lost, decision=Decision.APPROVED, called=CallbackNumber.ACCOUNT)
    assert Authenticator.objects.filter(user=cast["educator_a"]).exists()


@pytest.mark.parametrize(
    ("who", "target"),
    [("director_a", "director_a"), ("director_a", "coordination"), ("director_a", "director_b"),
     ("director_b", "educator_a"), ("educator_a", "educator_a"), ("coordination", "coordination"),
     ("dpo", "gendarme")],
)  # fmt: skip
def test_nobody_declares_for_oneself_nor_for_others_people(acting_as, cast, who, target):
    with acting_as(who), pytest.raises(ValidationError):
        factor_reset_ask(user=cast[target])
    row = FactorReset(user=cast[target], asked_by=cast[who], expires_at=timezone.now() + dt.timedelta(hours=1))
    with acting_as(who), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)


def test_a_director_declares_no_loss_for_somebody_with_more_rights(acting_as, cast):
    from tests.cast.people import role_hold

    role_hold(cast["educator_a"], Role.COORDINATION)
    with acting_as("director_a"), pytest.raises(ValidationError):
        factor_reset_ask(user=cast["educator_a"])


def test_a_call_too_late_confirms_nothing(acting_as, cast):
    with acting_as("director_a"):
        old = FactorReset(
            user=cast["educator_a"], asked_by=cast["director_a"], expires_at=timezone.now() - dt.timedelta(hours=1)
        )
        old.save(force_insert=True)
    with acting_as("direction"), pytest.raises(ValidationError, match="n’attend plus"):
        factor_reset_decide(reset=old, decision=Decision.APPROVED, called=CallbackNumber.ACCOUNT)
