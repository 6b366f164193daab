"""Accounts in the admin: everybody, their rights, who is invited, what waits for a second person, the review."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from cms.accounts import selectors
from cms.accounts.enums import SuspensionReason
from cms.accounts.forms import AccountSuspendForm, AdminInvitationForm, RenewAdminForm, RightsForm
from cms.accounts.models import Invitation
from cms.accounts.services.factors import factor_reset_ask
from cms.accounts.services.invitations import invitation_cancel, invitation_resend, invitation_send, roles_to_give
from cms.accounts.services.people import account_reopen, account_suspend, member_leave
from cms.accounts.services.rights import rights_change_ask
from cms.journal.enums import Outcome
from cms.journal.services import journal_append
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import day
from cms.partners.models import Membership, Partner
from cms.partners.people.services import membership_renew
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

PER_PAGE = 50
GOING_ON = "en cours"
TITLE = "Comptes"
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": "Accueil"}
ACCOUNTS = {"url": reverse_lazy("havre_accounts:index"), "label": TITLE}
MANAGES = (Role.COORDINATION, Role.DIRECTION)
STATES = (("", "Tous"), ("actif", "Actifs"), ("suspendu", "Suspendus"), ("reseau", "Avec un rôle du réseau"))


def manages_accounts(request: HttpRequest) -> bool:
    return scope.current().has_role(*MANAGES)


def only_managers(request: HttpRequest) -> None:
    if not manages_accounts(request):
        raise Http404


def posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def blocks_page(
    request: HttpRequest, title: str, *, template: str = "kit/inspect.html", **context: Any
) -> HttpResponse:
    crumbs = context.pop("crumbs", [HOME, ACCOUNTS])
    context |= {"page_title": title, "header_title": title, "header_buttons": []}
    context["breadcrumbs_items"] = [*crumbs, {"url": "", "label": title}]
    return TemplateResponse(request, template, context)


class AccountFacts(TypedDict):
    """What `accounts_search` adds to an account: attached to a partner today."""

    is_member: bool


def accounts_search(request: HttpRequest) -> "QuerySet[WithAnnotations[User, AccountFacts]]":
    in_force = Membership.objects.on(timezone.localdate()).filter(user_id=OuterRef("pk"))
    rows = selectors.accounts_matching(request.GET.get("q", "").strip()).annotate(is_member=Exists(in_force))
    rows, state = rows.prefetch_related("groups"), request.GET.get("etat", "")
    conditions = {"actif": Q(is_active=True), "suspendu": Q(is_active=False), "reseau": Q(groups__isnull=False)}
    return rows.filter(conditions[state]).distinct() if state in conditions else rows


def index_page(request: HttpRequest) -> HttpResponse:
    only_managers(request)
    page = Paginator(accounts_search(request).order_by("last_name", "first_name", "pk"), PER_PAGE).get_page(
        request.GET.get("p")
    )
    journal_append(action="user.read", kind="user", outcome=Outcome.READ, details={"count": page.paginator.count})
    rows = [
        (
            Cell(user, reverse("havre_accounts:page", args=[user.pk])),
            user.email,
            roles_words(user),
            user.is_member,  # type: ignore[attr-defined]  # the plugin drops annotations of the user model
            day(user.last_login),
            "actif" if user.is_active else "suspendu",
        )
        for user in page
    ]
    headings = ("Personne", "Adresse électronique", "Rôles du réseau", "Rattachée", "Dernière connexion", "État")
    query = request.GET.copy()
    query.pop("p", None)
    return blocks_page(
        request,
        TITLE,
        template="accounts/admin/index.html",
        crumbs=[HOME],
        next_step="Un compte s’ouvre par une invitation, depuis la fiche d’un partenaire. Personne ne change ses "
        "propres droits.",
        actions=[
            Action("Invitations", reverse("havre_accounts:invitations")),
            Action("Revue du trimestre", reverse("havre_accounts:review")),
        ],
        blocks=[Listing(counted(page.paginator.count), headings, rows, "Aucun compte ne répond à cette recherche.")],
        page=page,
        query=query.urlencode(),
        states=STATES,
        state=request.GET.get("etat", ""),
        words=request.GET.get("q", ""),
    )


def counted(count: int) -> str:
    return f"{count} compte{'s' if count > 1 else ''}"


def roles_words(user: User) -> str:
    return ", ".join(sorted(Role(group.name).label for group in user.groups.all() if group.name in Role.values))


def account_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_managers(request)
    user = get_object_or_404(User.objects.prefetch_related("groups"), pk=pk)
    journal_append(action="user.read", kind="user", object_id=pk, outcome=Outcome.READ)
    suspension = selectors.suspension_of(user)
    is_self = user.pk == request.user.pk
    facts = [
        ("Adresse électronique", user.email),
        ("Fonction", user.position),
        ("Téléphone professionnel", user.phone),
        ("Rôles du réseau", roles_words(user) or "aucun"),
        ("Compte ouvert le", day(user.date_joined)),
        ("Dernière connexion", day(user.last_login) or "jamais"),
        ("État", "actif" if user.is_active else f"suspendu, {suspension.get_why_display() if suspension else ''}"),
    ]
    return blocks_page(
        request,
        str(user),
        next_step="C’est votre propre compte : une autre personne de la coordination s’en occupe." if is_self else "",
        blocks=[Facts("Compte", facts), memberships_block(user, is_self), changes_block(user)],
        actions=[] if is_self else account_actions(user, is_suspended=suspension is not None),
    )


def account_actions(user: User, *, is_suspended: bool) -> list[Action]:
    def link(label: str, name: str) -> Action:
        return Action(label, reverse(f"havre_accounts:{name}", args=[user.pk]))

    steps = [
        link("Demander un changement de droits", "rights_ask"),
        link("Double authentification perdue", "factor_ask"),
    ]
    if is_suspended:
        return [*steps, link("Rouvrir le compte", "reopen")]
    return [*steps, link("Suspendre le compte", "suspend")] if user.is_active else steps


def memberships_block(user: User, is_self: bool) -> Listing:
    memberships = list(Membership.objects.filter(user=user).select_related("partner").order_by("-starts_on"))
    states = [membership_state(row) for row in memberships]
    rows = [
        (
            Cell(row.partner, reverse("partners_partner:inspect", args=[row.partner_id])),
            row.get_role_display(),
            day(row.starts_on),
            day(row.ends_on),
            state,
        )
        for row, state in zip(memberships, states, strict=True)
    ]
    actions = [
        member_actions(row) if state == GOING_ON and not is_self else []
        for row, state in zip(memberships, states, strict=True)
    ]
    headings = ("Partenaire", "Rôle", "Du", "Au", "État")
    return Listing("Rattachements", headings, rows, "Aucun rattachement.", actions)


def membership_state(row: Membership) -> str:
    if row.revoked_at:
        return "retiré sur-le-champ"
    return "terminé" if row.ends_on and row.ends_on < timezone.localdate() else GOING_ON


def member_actions(row: Membership) -> list[Action]:
    return [
        Action("Changer le dernier jour", reverse("havre_accounts:renew", args=[row.pk])),
        Action("Mettre fin maintenant", reverse("havre_accounts:leave", args=[row.pk])),
    ]


def changes_block(user: User) -> Listing:
    rows = [
        (Cell(change, reverse("havre_decisions:change", args=[change.pk])), change.state_words, day(change.asked_at))
        for change in selectors.rights_changes().filter(user=user)[:20]
    ]
    return Listing("Changements de droits", ("Changement", "État", "Demandé le"), rows, "Aucun changement demandé.")


def action_on(
    request: HttpRequest, user: User, form: AdminForm, run: Callable[..., object], **texts: Any
) -> HttpResponse:
    return action_page(
        request,
        form=form,
        run=run,
        subtitle=str(user),
        back_url=reverse("havre_accounts:page", args=[user.pk]),
        **texts,
    )


def suspend_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_managers(request)
    user = get_object_or_404(User, pk=pk)
    return action_on(
        request,
        user,
        AccountSuspendForm(posted(request)),
        lambda cleaned: account_suspend(user=user, why=SuspensionReason(cleaned["why"])),
        title="Suspendre le compte",
        intro="Le compte et ses sessions se ferment à l’instant, quels que soient ses rôles. Ses rattachements "
        "restent écrits : mettez-y fin si la personne est partie.",
        done="Le compte est suspendu.",
        submit_label="Suspendre",
    )


def reopen_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_managers(request)
    user = get_object_or_404(User, pk=pk)
    return action_on(
        request,
        user,
        AdminForm(posted(request)),
        lambda cleaned: account_reopen(user=user),
        title="Rouvrir le compte",
        intro="La personne retrouve les droits qu’elle tient encore, et sa double authentification.",
        done="Le compte est rouvert.",
        submit_label="Rouvrir",
    )


def factor_ask_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_managers(request)
    user = get_object_or_404(User, pk=pk)
    return action_on(
        request,
        user,
        AdminForm(posted(request)),
        lambda cleaned: factor_reset_ask(user=user),
        title="Double authentification perdue",
        intro="Vous déclarez la perte ; une autre personne rappelle à un numéro connu avant, puis confirme. Rien ne "
        "change d’ici là.",
        done="La perte est déclarée. Elle attend le rappel d’une autre personne.",
        submit_label="Déclarer la perte",
    )


def rights_ask_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_managers(request)
    user = get_object_or_404(User.objects.prefetch_related("groups"), pk=pk)
    form = RightsForm(posted(request), held={group.name for group in user.groups.all()})
    return action_on(
        request,
        user,
        form,
        lambda cleaned: rights_change_ask(user=user, **form.facts()),
        title="Demander un changement de droits",
        intro="Un droit du réseau se donne et se retire à deux : vous demandez, une autre personne décide.",
        done="La demande est faite. Elle attend une autre personne.",
        submit_label="Demander",
    )


def membership_or_404(pk: uuid.UUID) -> Membership:
    return get_object_or_404(Membership.objects.select_related("user", "partner"), pk=pk)


def renew_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_managers(request)
    row = membership_or_404(pk)
    return action_on(
        request,
        row.user,
        RenewAdminForm(posted(request), initial={"ends_on": row.ends_on}),
        lambda cleaned: membership_renew(membership=row, **cleaned),
        title="Changer le dernier jour",
        intro=f"{row.get_role_display()} chez {row.partner}.",
        done="Le dernier jour est changé.",
    )


def leave_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_managers(request)
    row = membership_or_404(pk)
    return action_on(
        request,
        row.user,
        AdminForm(posted(request)),
        lambda cleaned: member_leave(membership=row),
        title="Mettre fin maintenant",
        intro=f"{row.get_role_display()} chez {row.partner} : tout se ferme à l’instant.",
        done="L’accès est fermé.",
        submit_label="Mettre fin",
    )


def invite_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """From the file of a partner: a director of a structure, somebody of a service, of a ministry."""
    only_managers(request)
    partner = get_object_or_404(Partner, pk=pk)
    form = AdminInvitationForm(posted(request), roles=roles_to_give(partner))
    return action_page(
        request,
        form=form,
        run=lambda cleaned: invitation_send(partner=partner, **form.facts()),
        title="Inviter une personne",
        subtitle=str(partner),
        intro="Elle reçoit un lien qui sert une fois. Le message ne nomme ni le partenaire, ni le rôle.",
        done="L’invitation est partie.",
        back_url=reverse("partners_partner:inspect", args=[partner.pk]),
        submit_label="Envoyer l’invitation",
    )


def invitations_page(request: HttpRequest) -> HttpResponse:
    only_managers(request)
    invitations = selectors.invitations_pending()
    rows = [
        (
            row.email,
            Cell(row.partner, reverse("partners_partner:inspect", args=[row.partner_id])),
            row.get_role_display(),
            row.invited_by,
            day(row.sent_at),
            "lien dépassé" if row.is_late else "en attente",
        )
        for row in invitations
    ]
    actions = [
        [
            Action("Renvoyer", reverse("havre_accounts:resend", args=[row.pk])),
            Action("Annuler", reverse("havre_accounts:cancel", args=[row.pk])),
        ]
        for row in invitations
    ]
    headings = ("Adresse électronique", "Partenaire", "Rôle", "Invitée par", "Envoyée le", "État")
    block = Listing("Invitations en attente", headings, rows, "Aucune invitation n’attend de réponse.", actions)
    return blocks_page(request, "Invitations", blocks=[block])


def invitation_action(request: HttpRequest, pk: uuid.UUID, run: Callable[..., object], **texts: Any) -> HttpResponse:
    only_managers(request)
    row = get_object_or_404(Invitation.objects.pending(), pk=pk)
    return action_page(
        request,
        form=AdminForm(posted(request)),
        run=lambda cleaned: run(row),
        subtitle="Invitations",
        intro=f"{row.get_role_display()}, {row.email}.",
        back_url=reverse("havre_accounts:invitations"),
        **texts,
    )


def resend_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return invitation_action(
        request,
        pk,
        lambda row: invitation_resend(invitation=row),
        title="Renvoyer l’invitation",
        done="L’invitation est repartie, avec un nouveau lien. L’ancien ne sert plus.",
        submit_label="Renvoyer",
    )


def cancel_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    return invitation_action(
        request,
        pk,
        lambda row: invitation_cancel(invitation=row),
        title="Annuler l’invitation",
        done="L’invitation est annulée : son lien ne sert plus.",
        submit_label="Annuler l’invitation",
    )
