"""How long an address that does not answer is tried; the software told, as a part of the configuration.

Nothing here calls anybody: a software is asked for, as on the screen, and another person agrees.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.events.webhooks.enums import FAILING_DAYS
from cms.events.webhooks.models import Subscription
from cms.events.webhooks.policies import may_tell
from cms.events.webhooks.services.subscriptions import subscription_ask
from cms.users.models import User
from cms.values.config import config_register
from cms.values.editable import Editable, editable_register
from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        FAILING_DAYS,
        "Logiciel prévenu qui ne répond plus",
        5,
        unit="jours",
        help="Passé ce délai, il n’est plus appelé et la direction le sait. Ce qui l’attend n’est pas perdu.",
        least=1,
        most=30,
    )
    setting_still_register(**{FAILING_DAYS: "Vaut aussitôt, pour les logiciels qui ne répondent déjà plus aussi."})
    editable_register(
        Editable(
            code="told_software",
            label="Logiciels prévenus",
            effect="Quel logiciel apprend ce qui se passe, et quoi. Accordé par une autre personne.",
            url=lambda: reverse("events_subscriptions"),
            group="Formulaires et listes",
            order=90,
            is_open=lambda user: may_tell(),
            part="told_software",
            models=("events.Subscription",),
        )
    )
    config_register("told_software", "Logiciels prévenus", subscriptions_dump, subscriptions_put, order=60)


FACTS = ("name", "address", "kinds", "sees", "reason")


def subscriptions_dump() -> list[dict[str, Any]]:
    """Return what is in force. A key never leaves: each network draws its own."""
    rows = Subscription.objects.in_force().order_by("address", "name", "reason")
    return [_facts(row) for row in rows]


def subscriptions_put(content: list[dict[str, Any]], by: User) -> int:
    """Ask for what is neither in force nor waiting: whoever loads the file answers for it; another person agrees."""
    known = [_facts(row) for row in [*Subscription.objects.in_force(), *Subscription.objects.waiting()]]
    unknown = [facts for facts in content if facts not in known]
    for facts in unknown:
        if set(facts) != set(FACTS):
            raise ValidationError("Un logiciel prévenu a un nom, une adresse, ce qu’on lui dit, de quoi et pourquoi.")
        subscription_ask(**facts, by=by)
    return len(unknown)


def _facts(row: Subscription) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FACTS}
