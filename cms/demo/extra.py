"""Fields that the fictitious network added: one counted, agreed by two people, and one that stays sealed."""

from cases.extra.services import extra_answers_write, extra_field_create, extra_unseal_agree, extra_unseal_ask
from cases.models import Sollicitation
from cms.demo.network import Network
from cms.wall import scope

ANSWERED = 40


def extra_load(*, network: Network) -> None:
    coordination, direction = network.accounts["coordination"], network.accounts["direction"]
    with scope.acting(coordination):
        field = extra_field_create(
            target="sollicitation",
            label="Interprète demandé",
            help="Pour préparer l’accueil, dès la première nuit.",
            kind="yes_no",
            audience="everybody",
            by=coordination,
        )
        extra_unseal_ask(field=field, by=coordination, reason="Prévoir les interprètes avec la convention")
        extra_field_create(
            target="case",
            label="Personne de confiance choisie par le mineur",
            help="Avec son accord. Lue avec l’identité seulement.",
            kind="text",
            by=coordination,
        )
    with scope.acting(direction):
        extra_unseal_agree(field=field, by=direction)
    with scope.acting(coordination):
        for number, row in enumerate(Sollicitation.objects.order_by("-received_at", "reference")[:ANSWERED]):
            answer = "oui" if number % 3 else "non"
            extra_answers_write(parent=row, answers={field.code: answer}, by=coordination)
