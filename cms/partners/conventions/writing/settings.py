"""The template of a convention, which the network words itself; its versions are those of a setting."""

from cms.kit.words import actions_register
from cms.partners.conventions.writing.rules import FIELDS, text_refusal
from cms.values.settings import setting_refusals_register, setting_register, setting_still_register

TEXT = "partners.convention_text"
ORIGINAL = """# Objet
La présente convention, référence {reference}, lie le réseau et {structure} ({type}, {departement}).
Organisme gestionnaire : {gestionnaire}.
Elle dit dans quelles conditions {structure} accueille des mineurs victimes de traite, à la demande du réseau.
# Places
{structure} ouvre {places} au réseau, pour des jeunes de {age_min} à {age_max}.
# Engagements de la structure
- Appliquer le référentiel du réseau, et dire sans attendre ce qui ne peut pas l’être.
- Ne dire à personne où est le lieu, et tenir le protocole de sécurité de chaque séjour.
- Répondre aux propositions dans le délai qu’elles indiquent.
- Déclarer à la coordination toute situation préoccupante.
- Former les professionnels qui accueillent.
# Engagements du réseau
- Transmettre à la structure ce qu’elle doit savoir pour accueillir en sécurité.
- Suivre chaque séjour et répondre jour et nuit par son astreinte.
- Proposer des formations et un soutien à l’équipe.
# Durée
La convention prend effet le {debut} et prend fin le {fin}.
Chaque partie peut la dénoncer par écrit. Les séjours en cours se terminent alors dans l’intérêt des jeunes.
"""


def register() -> None:
    fields = " ; ".join(f"{{{name}}} : {words}" for name, words in FIELDS.items())
    setting_register(
        TEXT,
        "Convention de partenariat : texte",
        ORIGINAL,
        help=f"Une ligne qui commence par # est un titre, par - un point de liste. Les champs : {fields}.",
    )
    setting_refusals_register(**{TEXT: text_refusal})
    kept = "Les versions déjà écrites ne changent pas : ce texte vaut pour celles qui s’écriront ensuite."
    setting_still_register(**{TEXT: kept})
    actions_register(
        {
            "partners.convention.write": "texte de la convention écrit",
            "partners.convention.paper": "texte de la convention téléchargé",
        }
    )
