"""Structures invited to a session, and those that may be."""

import datetime as dt
import uuid

from django.apps import apps
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import Http404
from django.utils import timezone

from cms.journal.services import refusal_queue
from cms.partners.models import Partner
from cms.wall import scope
from formation.common.policies import own_structures_ids
from formation.enums import SessionState
from formation.sessions.invitations.models import SessionInvitation
from formation.sessions.models.sessions import Enrolment, Session


def invitations_of(session: Session) -> QuerySet[SessionInvitation]:
    rows = SessionInvitation.objects.with_answers().filter(session=session)
    return rows.select_related("partner").order_by("partner__code_name")


def invitations_open(day: dt.date | None = None) -> QuerySet[SessionInvitation]:
    """List the invitations that await the actor, a director: nobody enrolled nor waiting, not declined."""
    rows = SessionInvitation.objects.unanswered().filter(
        partner__in=own_structures_ids(),
        session__state=SessionState.PLANNED,
        session__starts_on__gt=day or timezone.localdate(),
    )
    return rows.select_related("session__territory", "partner").order_by("session__starts_on")


def sessions_concerning(day: dt.date) -> QuerySet[Session]:
    """List the sessions to come of a director, in one query: `invitation_id` for those that await an answer of the
    team, `is_own` for those in which the director is enrolled.
    """
    me = scope.current().user_id
    invitation = invitations_open(day).filter(session=OuterRef("pk")).order_by().values("pk")[:1]
    own = Enrolment.objects.live().filter(session=OuterRef("pk"), professional__user=me)
    annotations = {"invitation_id": Subquery(invitation), "is_own": Exists(own)}
    rows = Session.objects.filter(ends_on__gte=day).annotate(**annotations)
    rows = rows.filter(Q(invitation_id__isnull=False) | Q(is_own=True))
    return rows.select_related("territory").order_by("starts_on")


def invitation_get(invitation_id: uuid.UUID) -> SessionInvitation:
    """Return an invitation that the actor may decline. Raise `Http404`, and journal the refusal, for any other."""
    rows = SessionInvitation.objects.filter(partner__in=own_structures_ids())
    row = rows.select_related("session", "partner").filter(pk=invitation_id).first()
    if row is None:
        refusal_queue("session_invitation", invitation_id, "formation.invitation.decline")
        raise Http404
    return row


def structures_invitable(session: Session) -> QuerySet[Partner]:
    """List the structures under convention that are not invited yet, with `is_aimed`, those aimed at first: in its
    départements, and with somebody of its audiences in the team that the network knows.
    """
    invited = SessionInvitation.objects.filter(session=session).values("partner")
    rows = Partner.objects.structures().with_convention_on(timezone.localdate()).filter(is_test=False)
    aimed = Q(pk__isnull=False)
    if session.aimed_territories:
        aimed &= Q(territory__in=session.aimed_territories)
    if session.audiences:
        groups = [pk.partition(":")[2] for pk in session.audiences]
        # The table of people stands above that of sessions.
        people = apps.get_model("formation", "Professional").objects.filter(employer=OuterRef("pk"), merged_into=None)
        aimed &= Q(Exists(people.filter(profession__extra__group__in=groups)))
    rows = rows.exclude(pk__in=invited).annotate(is_aimed=Case(When(aimed, then=Value(True)), default=Value(False)))
    return rows.select_related("territory__region").order_by("-is_aimed", "code_name")
