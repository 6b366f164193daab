"""« Mon équipe »: a director invites, renews, ends, reviews, and declares a lost second factor."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cms.accounts import selectors
from cms.accounts.enums import Decision
from cms.accounts.forms import (
    LEFT,
    STAYS,
    AccountPortalForm,
    RenewPortalForm,
    ReviewPortalForm,
    SurePortalForm,
    TeamInvitationForm,
)
from cms.accounts.models import Invitation
from cms.accounts.services.factors import factor_reset_ask, factor_reset_decide
from cms.accounts.services.invitations import invitation_cancel, invitation_resend, invitation_send, roles_to_give
from cms.accounts.services.people import account_reopen, member_leave
from cms.accounts.services.reviews import review_confirm
from cms.accounts.words import known_of
from cms.kit.constraints import sentence_for
from cms.kit.pages import constraints_check
from cms.partners.models import Membership
from cms.partners.people.selectors import directs_until
from cms.partners.people.services import membership_renew
from cms.users.roles import Role
from cms.wall import scope

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

HELD_DAYS = 365
SOON_DAYS = 30


def only_directors() -> None:
    """Raise `Http404` for whoever directs no structure: for them the page does not exist."""
    if not scope.current().has_role(Role.STRUCTURE_DIRECTOR):
        raise Http404


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def form_run(form: AccountPortalForm, write: Callable[[], object]) -> bool:
    """Call a service with a valid form; what it refuses, or the database, comes back beside the fields."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        with transaction.atomic():
            write()
            constraints_check()
    except ValidationError as error:
        form.add_service_error(error)
    except IntegrityError as error:
        form.add_error(None, sentence_for(error))
    return not form.errors


def page(request: HttpRequest, template: str, form: AccountPortalForm, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound and form.errors else 200)


def team(request: HttpRequest) -> HttpResponse:
    only_directors()
    today = timezone.localdate()
    own = selectors.directed()
    ids = [partner.pk for partner in own]
    people = [member_line(row, today) for row in selectors.team_of(ids)]
    context = {
        "structures": [
            {"name": partner.code_name, "people": [line for line in people if line["partner_id"] == partner.pk]}
            for partner in own
        ],
        "invitations": [invitation_line(row) for row in selectors.invitations_pending(ids)],
        "to_review": sum(line["is_to_review"] for line in people),
        "due_on": selectors.review_due_on(today),
        "today": today,
    }
    return render(request, "accounts/team.html", context)


def member_line(row: "WithAnnotations[Membership, selectors.ReviewFacts]", today: dt.date) -> dict:
    """Return a person of the team: state first, then what to do about it."""
    manages = row.role == Role.STRUCTURE_EDUCATOR and row.user_id != scope.current().user_id
    badges = []
    if not row.user.is_active:
        badges.append(("Suspendu", "danger"))
    elif row.ends_on and row.ends_on <= today + dt.timedelta(days=SOON_DAYS):
        badges.append(("Se termine bientôt", "warning"))
    is_to_review = manages and not row.is_reviewed and row.user.is_active
    if is_to_review:
        badges.append(("À revoir", "warning"))
    return {
        "partner_id": row.partner_id,
        "name": str(row.user),
        "url": reverse("accounts:member", args=[row.pk]) if manages else "",
        "role": row.get_role_display(),
        "ends_on": row.ends_on,
        "is_self": row.user_id == scope.current().user_id,
        "badges": badges,
        "is_to_review": is_to_review,
    }


def invitation_line(row: Invitation) -> dict:
    manages = row.role == Role.STRUCTURE_EDUCATOR
    return {
        "email": row.email,
        "url": reverse("accounts:invitation", args=[row.pk]) if manages else "",
        "role": row.get_role_display(),
        "sent_at": row.sent_at,
        "badges": [("Lien dépassé", "warning") if row.is_late else ("En attente", "info")],
    }


def invite(request: HttpRequest) -> HttpResponse:
    only_directors()
    own = selectors.directed()
    form = TeamInvitationForm(
        posted(request),
        partners=own,
        roles=roles_to_give(own[0]),
        initial={"ends_on": timezone.localdate() + dt.timedelta(days=HELD_DAYS)},
    )
    if form_run(form, lambda: invitation_send(**form.facts())):
        # The same sentence whether or not the address has an account: whoever invites learns nothing of it.
        messages.success(request, "L’invitation est partie. Elle paraît ci-dessous jusqu’à la réponse.")
        return redirect("accounts:team")
    return page(request, "accounts/invite.html", form)


def invitation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a link again, or close it."""
    only_directors()
    ids = scope.current().partners_as(Role.STRUCTURE_DIRECTOR)
    rows = Invitation.objects.pending().filter(partner_id__in=ids, role=Role.STRUCTURE_EDUCATOR)
    row = rows.select_related("partner").filter(pk=pk).first()
    if row is None:
        raise Http404
    form = SurePortalForm(posted(request))
    if request.method == "POST" and request.POST.get("action") == "cancel":
        if form_run(form, lambda: invitation_cancel(invitation=row)):
            messages.success(request, "L’invitation est annulée : son lien ne sert plus.")
            return redirect("accounts:team")
    elif form_run(form, lambda: invitation_resend(invitation=row)):
        messages.success(request, "L’invitation est repartie, avec un nouveau lien. L’ancien ne sert plus.")
        return redirect("accounts:team")
    return page(request, "accounts/invitation.html", form, invitation=row)


def _member_or_404(pk: UUID) -> Membership:
    only_directors()
    row = selectors.team_member(pk)
    if row is None:
        raise Http404
    return row


def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _member_or_404(pk)
    suspension = selectors.suspension_of(row.user)
    pending = selectors.factor_pending(row.user)
    context = {
        "member": row,
        "suspension": suspension,
        "pending": pending,
        "can_reopen": suspension is not None and suspension.why == "dormant" and selectors.account_is_under(row.user),
        "due_on": selectors.review_due_on(timezone.localdate()),
    }
    return render(request, "accounts/member.html", context)


def member_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _member_or_404(pk)
    start = max(row.ends_on or timezone.localdate(), timezone.localdate())
    form = RenewPortalForm(
        posted(request), initial={"ends_on": min(start + dt.timedelta(days=HELD_DAYS), _limit(row))}
    )
    if form_run(form, lambda: membership_renew(membership=row, **form.cleaned_data)):
        messages.success(request, f"{row.user} reste dans l’équipe jusqu’au {row.ends_on:%d/%m/%Y}.")
        return redirect("accounts:member", row.pk)
    return page(request, "accounts/member_form.html", form, member=row, title="Prolonger", submit_label="Prolonger",
                lead="L’accès se ferme de lui-même le lendemain du dernier jour.")  # fmt: skip


def _limit(row: Membership) -> dt.date:
    return directs_until(row.partner_id) or timezone.localdate()


def member_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _member_or_404(pk)
    form = SurePortalForm(posted(request))
    if form_run(form, lambda: member_leave(membership=row)):
        messages.success(request, f"{row.user} n’a plus accès à rien de votre structure.")
        return redirect("accounts:team")
    question = {
        "title": "Mettre fin à l’accès",
        "submit_label": "Mettre fin maintenant",
        "tone": "danger",
        "text": "Tout se ferme à l’instant, même si la personne est connectée. Pour un départ à venir, changez plutôt "
        "le dernier jour.",
    }
    return page(request, "accounts/member_confirm.html", form, member=row, **question)


def member_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the director declare; the coordination calls back and confirms. Declared, it may be withdrawn."""
    row = _member_or_404(pk)
    form = SurePortalForm(posted(request))
    pending = selectors.factor_pending(row.user)
    if pending and pending.asked_by_id == request.user.pk:
        done = form_run(form, lambda: factor_reset_decide(reset=pending, decision=Decision.WITHDRAWN))
        message = "La déclaration est retirée."
    else:
        done = form_run(form, lambda: factor_reset_ask(user=row.user))
        message = "C’est noté. La coordination rappelle la personne à un numéro qu’elle connaît déjà."
    if done:
        messages.success(request, message)
        return redirect("accounts:member", row.pk)
    question = {
        "title": "Double authentification perdue",
        "submit_label": "Retirer la déclaration" if pending else "Déclarer la perte",
        "tone": "warning",
        "text": "La coordination est en train de rappeler la personne."
        if pending
        else "Vous avez vu ou entendu la personne elle-même. La coordination la rappelle ensuite à un numéro connu "
        "avant votre déclaration, puis efface l’ancienne double authentification.",
    }
    return page(request, "accounts/member_confirm.html", form, member=row, **question)


def member_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _member_or_404(pk)
    form = SurePortalForm(posted(request))
    if form_run(form, lambda: account_reopen(user=row.user)):
        messages.success(request, f"Le compte de {row.user} est rouvert.")
        return redirect("accounts:member", row.pk)
    question = {
        "title": "Rouvrir le compte",
        "submit_label": "Rouvrir",
        "tone": "warning",
        "text": "Le compte a été suspendu faute de connexion. La personne garde son mot de passe et sa double "
        "authentification.",
    }
    return page(request, "accounts/member_confirm.html", form, member=row, **question)


def review(request: HttpRequest) -> HttpResponse:
    """Show the quarterly review: a line a person, confirmed or ended at once."""
    only_directors()
    today = timezone.localdate()
    rows = {f"m{number}-{row.pk.hex}": row for number, row in enumerate(selectors.team_to_review())}
    form = ReviewPortalForm(posted(request), rows=[(name, str(row.user), known_of(row)) for name, row in rows.items()])

    def write() -> None:
        for name, answer in form.cleaned_data.items():
            if answer == STAYS:
                review_confirm(user=rows[name].user, membership=rows[name])
            elif answer == LEFT:
                member_leave(membership=rows[name])

    if rows and form_run(form, write):
        messages.success(request, "La revue est enregistrée.")
        return redirect("accounts:team")
    return page(request, "accounts/review.html", form, rows=rows, due_on=selectors.review_due_on(today), today=today)
