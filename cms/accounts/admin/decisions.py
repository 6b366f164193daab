"""What waits for a second person, and the quarterly review of those that no director answers for."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from laces.components import Component

from cms.accounts import selectors
from cms.accounts.admin.pages import HOME, blocks_page, only_managers, posted
from cms.accounts.enums import Decision
from cms.accounts.forms import LEFT, STAYS, CalledForm, ReviewAdminForm
from cms.accounts.models import FactorReset, RightsChange
from cms.accounts.services.factors import factor_reset_decide
from cms.accounts.services.people import member_leave
from cms.accounts.services.reviews import review_confirm
from cms.accounts.services.rights import rights_change_decide
from cms.accounts.words import known_of
from cms.decisions.services import YOURS
from cms.kit.blocks import Action, Cell, Facts, Listing
from cms.kit.forms.admin import AdminForm
from cms.kit.pages import action_page
from cms.kit.words import day
from cms.partners.models import Membership
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope

TITLE = "Décisions à deux"
DECISIONS = {"url": reverse_lazy("havre_decisions:index"), "label": TITLE}
SHOWN, AT_ONCE = 50, 20


def decides(request: HttpRequest) -> bool:
    return scope.current().has_role(*selectors.DECIDES)


def only_deciders(request: HttpRequest) -> None:
    if not decides(request):
        raise Http404


def index_page(request: HttpRequest) -> HttpResponse:
    only_deciders(request)
    changes, losses = list(selectors.rights_changes()[:SHOWN]), list(selectors.factor_resets()[:SHOWN])
    waiting = [row for row in changes if row.is_pending], [row for row in losses if row.is_pending]
    past = [row for row in [*changes, *losses] if not row.is_pending]
    past.sort(key=lambda row: row.decided_at or row.expires_at, reverse=True)
    return blocks_page(
        request,
        TITLE,
        crumbs=[HOME],
        next_step="Une personne demande, une autre décide. Ni l’une ni l’autre n’est la personne concernée.",
        blocks=[
            decided_block("Droits à décider", waiting[0], "Aucun changement de droits n’attend."),
            decided_block("Rappels à faire", waiting[1], "Personne n’a perdu sa double authentification."),
            decided_block("Déjà décidé", past[:SHOWN], "Aucune décision."),
        ],
    )


def decided_block(title: str, decisions: list, empty: str) -> Listing:
    rows = [
        (
            Cell(what_of(row), url_of(row)),
            row.user,
            row.asked_by,
            day(row.asked_at),
            row.state_words,
            row.decided_by or "",
        )
        for row in decisions
    ]
    return Listing(title, ("Quoi", "Pour qui", "Demandé par", "Le", "État", "Décidé par"), rows, empty)


def what_of(row: RightsChange | FactorReset) -> str:
    return str(row) if isinstance(row, RightsChange) else "Double authentification perdue"


def url_of(row: RightsChange | FactorReset) -> str:
    return reverse(f"havre_decisions:{'change' if isinstance(row, RightsChange) else 'factor'}", args=[row.pk])


def steps_of(request: HttpRequest, row: RightsChange | FactorReset, approve: str) -> list[Action]:
    """Return what the actor may do: whoever asked withdraws, the person concerned nothing, the others decide."""
    kind = "change" if isinstance(row, RightsChange) else "factor"
    if not row.is_pending or request.user.pk == row.user_id:
        return []
    names = (
        [("Retirer la demande", "withdraw")]
        if request.user.pk == row.asked_by_id
        else [(approve, "approve"), ("Refuser", "refuse")]
    )
    return [
        Action(label, reverse(f"havre_decisions:{kind}_decide", args=[row.pk, step]), is_main=step == "approve")
        for label, step in names
    ]


def change_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_deciders(request)
    row = get_object_or_404(selectors.rights_changes(), pk=pk)
    facts = [
        ("Personne", row.user),
        ("Adresse électronique", row.user.email),
        ("Changement", str(row)),
        ("Motif", row.reason),
        *common_facts(row),
    ]
    return blocks_page(
        request,
        str(row),
        crumbs=[HOME, DECISIONS],
        next_step=next_step(request, row),
        blocks=[Facts("Demande", facts)],
        actions=steps_of(request, row, "Accorder"),
    )


def common_facts(row: RightsChange | FactorReset) -> list[tuple[str, object]]:
    return [
        ("Demandé par", row.asked_by),
        ("Demandé le", f"{timezone.localtime(row.asked_at):%d/%m/%Y à %H:%M}"),
        ("Sans suite après le", f"{timezone.localtime(row.expires_at):%d/%m/%Y à %H:%M}"),
        ("État", row.state_words),
        ("Décidé par", row.decided_by or ""),
    ]


def next_step(request: HttpRequest, row: RightsChange | FactorReset) -> str:
    if not row.is_pending:
        return "Cette demande n’attend plus rien."
    if request.user.pk == row.user_id:
        return "Cela vous concerne : une autre personne décide."
    if request.user.pk == row.asked_by_id:
        return YOURS
    return "Votre décision est attendue. Elle prend effet à l’instant et reste au journal."


def factor_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    only_deciders(request)
    row = get_object_or_404(selectors.factor_resets(), pk=pk)
    facts = [("Personne", row.user), ("Adresse électronique", row.user.email), *common_facts(row)]
    if row.called:
        facts.append(("Numéro appelé", row.get_called_display()))
    return blocks_page(
        request,
        "Double authentification perdue",
        crumbs=[HOME, DECISIONS],
        next_step=next_step(request, row),
        blocks=[Facts("Déclaration", facts)],
        actions=steps_of(request, row, "J’ai rappelé la personne"),
    )


STEPS = {
    "approve": (Decision.APPROVED, "Accorder", "C’est accordé, et effectif."),
    "refuse": (Decision.REFUSED, "Refuser", "La demande est refusée."),
    "withdraw": (Decision.WITHDRAWN, "Retirer la demande", "La demande est retirée."),
}


def change_decide_page(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    only_deciders(request)
    row = get_object_or_404(selectors.rights_changes(), pk=pk)
    decision, label, done = STEPS.get(step) or (None, "", "")
    if decision is None:
        raise Http404
    return action_page(
        request,
        form=AdminForm(posted(request)),
        run=lambda cleaned: rights_change_decide(change=row, decision=decision),
        title=label,
        subtitle=str(row),
        intro=f"{row} pour {row.user}, à la demande de {row.asked_by}. Motif : {row.reason}.",
        done=done,
        back_url=reverse("havre_decisions:change", args=[row.pk]),
        submit_label=label,
    )


def factor_decide_page(request: HttpRequest, pk: uuid.UUID, step: str) -> HttpResponse:
    only_deciders(request)
    row = get_object_or_404(selectors.factor_resets(), pk=pk)
    decision, label, done = STEPS.get(step) or (None, "", "")
    if decision is None:
        raise Http404
    is_call = decision == Decision.APPROVED
    call_form = CalledForm(posted(request), numbers=selectors.numbers_of(row.user)) if is_call else None
    return action_page(
        request,
        form=call_form or AdminForm(posted(request)),
        run=lambda cleaned: factor_reset_decide(
            reset=row, decision=decision, called=call_form.called_value() if call_form else ""
        ),
        title="J’ai rappelé la personne" if is_call else label,
        subtitle="Double authentification perdue",
        intro=f"{row.user}, déclaré par {row.asked_by}. N’appelez jamais un numéro donné avec la déclaration : c’est "
        "celui que donnerait quelqu’un qui se fait passer pour elle."
        if is_call
        else f"{row.user}, déclaré par {row.asked_by}.",
        done="L’ancienne double authentification est effacée, et la personne est prévenue." if is_call else done,
        back_url=reverse("havre_decisions:factor", args=[row.pk]),
        submit_label="Effacer l’ancienne double authentification" if is_call else label,
    )


def review_page(request: HttpRequest) -> HttpResponse:
    """Those whom the coordination reviews itself (services, State, directors, its own), and the teams still to do."""
    only_managers(request)
    today = timezone.localdate()
    due_on = selectors.review_due_on(today)
    late = list(selectors.to_review().filter(role=Role.STRUCTURE_EDUCATOR))
    questions = review_asked()
    names = {f"r{number}-{row.pk.hex}": row for number, row in enumerate(questions)}
    form = ReviewAdminForm(
        posted(request), rows=[(name, str(person_of(row)), hint_of(row)) for name, row in names.items()]
    )

    def write(cleaned: dict) -> None:
        for name, answer in cleaned.items():
            row = names[name]
            membership = row if isinstance(row, Membership) else None
            if answer == STAYS:
                review_confirm(user=person_of(row), membership=membership)
            elif answer == LEFT and membership:
                member_leave(membership=membership)
            elif answer == LEFT:
                messages.warning(request, f"{row} : demandez le retrait de ses droits, ou suspendez son compte.")

    listing = Listing(
        "Équipes que leur direction doit encore revoir" if today <= due_on else "Équipes en retard",
        ("Structure", "Personne", "Dernière connexion"),
        [(row.partner, row.user, day(row.user.last_login)) for row in late[:SHOWN]],
        "Toutes les équipes sont revues.",
    )
    return action_page(
        request,
        form=form,
        run=write,
        title="Revue du trimestre",
        subtitle="Comptes",
        intro=f"À faire avant le {due_on:%d/%m/%Y}. " + ("" if questions else "Tout ce que vous revoyez est revu."),
        done="La revue est enregistrée.",
        back_url=reverse("havre_accounts:index"),
        done_url=reverse("havre_accounts:review"),
        listing=listing,
    )


def review_asked() -> list[Membership | User]:
    """Twenty at a time: a page that is finished, then the next."""
    memberships = selectors.to_review().exclude(role=Role.STRUCTURE_EDUCATOR)[:AT_ONCE]
    return [*selectors.network_to_review()[:AT_ONCE], *memberships]


def person_of(row: Membership | User) -> User:
    return row.user if isinstance(row, Membership) else row


def hint_of(row: Membership | User) -> str:
    if isinstance(row, Membership):
        return f"{row.partner}, {known_of(row)}"
    return "Rôle du réseau"


class WaitingPanel(Component):
    """What waits for the actor as a second person, and reviews past their day."""

    order = 6
    template_name = "accounts/admin/panel_waiting.html"

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return self.facts


def waiting_panels(current: scope.Scope) -> list[Component]:
    """On the home page of those who decide, when something waits."""
    if not current.has_role(*selectors.DECIDES):
        return []
    today = timezone.localdate()
    due_on = selectors.review_due_on(today)
    late = selectors.to_review().count() if today > due_on and current.sees_all_cases() else 0
    facts = {"decisions": selectors.decisions_waiting(), "late": late, "due_on": due_on}
    return [WaitingPanel(facts)] if facts["decisions"] or late else []
