"""Words that a thief tries first: the house, the person, the partner. They count for nothing in a password."""

import re

from django.core.exceptions import ValidationError

from cms.partners.book.models import Partner
from cms.users.models import User
from cms.vault.hashing import normalise
from cms.wall import doors, scope

HOUSE = {"havre", "accueil", "refuge", "protection", "mineur", "enfant", "coordination", "motdepasse", "password"}
SHORTEST_WORD = 4
"""A shorter word is in any sentence."""
FEWEST_LETTERS = 10
"""What must remain of a password once these words are taken out."""


class HouseWordsValidator:
    """Refuses a password made of words that anybody would guess. The refusal repeats none of them."""

    def validate(self, password: str, user: User | None = None) -> None:
        rest = normalise(password).replace(" ", "")
        for word in sorted(HOUSE | _own_words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < FEWEST_LETTERS:
            raise ValidationError(
                "Ce mot de passe se devine : il tient presque entier dans votre nom, celui de votre service ou "
                "celui du réseau. Ajoutez des mots qui ne disent rien de vous.",
                code="password_house_words",
            )

    def get_help_text(self) -> str:
        return "Votre nom, celui de votre service et celui du réseau n’y comptent pas."


def _own_words(user: User | None) -> set[str]:
    if user is None:
        return set()
    texts = [user.first_name, user.last_name, user.position, *re.split(r"[@.+_-]", user.email)]
    if not user._state.adding:
        with scope.acting(user, door=doors.PASSWORD):
            texts += Partner.objects.filter(memberships__user_id=user.pk).values_list("code_name", flat=True)
    words = {word for text in texts for word in normalise(text).split()}
    return {word for word in words if len(word) >= SHORTEST_WORD}
