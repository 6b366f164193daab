"""How the journal names what is refused."""

from cms.kit.words import actions_register


def register() -> None:
    actions_register(
        {
            "home.media.refused": "image ou fichier du site refusé",
            "home.translation.start": "traduction d’une page commencée",
        }
    )
