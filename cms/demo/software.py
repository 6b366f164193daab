"""Software of the fictitious network: a site told of publications, and accounts, one of which waits for a decision."""

import datetime as dt

from django.utils import timezone

from cms.decisions.services import decision_ask
from cms.demo.network import Network
from cms.events.feed.rules import CONTENT
from cms.events.software.models import SoftwareAccount
from cms.events.software.services import software_agree, software_ask
from cms.events.webhooks.enums import Sees
from cms.events.webhooks.models import Subscription
from cms.events.webhooks.services.subscriptions import subscription_agree, subscription_pause
from cms.journal.services import journal_append
from cms.sessions.scopes.rules import TokenScope
from cms.users.models import User
from cms.wall import scope

SITE = "https://site.reseau.example/reconstruire"
"""A name that never answers: asked for on the screen, it would be refused. In pause at once, nothing calls it."""


def software_load(*, network: Network) -> None:
    _site(network)
    coordination, direction = network.accounts["coordination"], network.accounts["direction"]
    structure = network.members[network.structures[0]]
    account = _asked(structure, "Gestion des places", TokenScope.PLACE_CONFIRM)
    with scope.acting(direction):
        software_agree(row=account, by=direction)
    _asked(coordination, "Tableau de bord du département", TokenScope.FIGURES_READ, TokenScope.PARTNER_READ)


def _site(network: Network) -> None:
    coordination, direction = network.accounts["coordination"], network.accounts["direction"]
    row = Subscription(
        name="Site public",
        address=SITE,
        kinds=sorted(CONTENT),
        sees=Sees.PUBLIC,
        reason="Le site se construit de nouveau à chaque publication.",
    )
    with scope.acting(coordination):
        decision_ask(row, by=coordination, tell=_tell)
    with scope.acting(direction):
        subscription_agree(row=row, by=direction)
        subscription_pause(row=row, by=direction)


def _tell(verb: str, row: Subscription) -> None:
    journal_append(action=f"events.subscription.{verb}", kind="subscription", object_id=row.pk)


def _asked(by: User, name: str, *scopes: TokenScope) -> SoftwareAccount:
    with scope.acting(by):
        ends_on = timezone.localdate() + dt.timedelta(days=300)
        return software_ask(name=name, scopes=scopes, ends_on=ends_on, reason="Moins de saisie.", by=by)
