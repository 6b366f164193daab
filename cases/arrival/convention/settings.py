"""What each party commits itself to, in the words of the network: printed in every convention written from then on."""

from cms.kit.words import actions_register
from cms.values.settings import setting_register, setting_still_register

COMMITMENTS = "cases.convention_commitments"
INSTRUCTIONS = "cases.protocol_instructions"

ABOUT_COMMITMENTS = (
    "Le service gardien confie ce jeune au réseau, dit sans attendre ce qui change dans sa situation, et reste "
    "joignable pendant le séjour.\n"
    "La structure accueille ce jeune jour et nuit, tient les consignes du protocole de sécurité et prévient aussitôt "
    "la coordination de toute situation préoccupante.\n"
    "La coordination suit le séjour avec les deux autres parties et les réunit quand l’une d’elles le demande.\n"
    "Aucune des parties ne dit où est le lieu, à qui que ce soit, ni ne l’écrit dans un dossier que d’autres lisent.\n"
    "Chaque partie peut demander à revoir cette convention. Une nouvelle version se signe à nouveau."
)
ABOUT_INSTRUCTIONS = (
    "Si quelqu’un approche du lieu ou cherche le jeune : le mettre à l’abri à l’intérieur, appeler le 17 ou le 112, "
    "puis l’astreinte du réseau.\n"
    "Si le jeune disparaît : appeler le 17 aussitôt, puis la coordination, et remettre l’avis de fugue.\n"
    "Si l’adresse a été dite ou montrée : prévenir la coordination dans l’heure.\n"
    "Aucune photo du lieu, aucune localisation partagée, aucun nom de rue au téléphone."
)


def register() -> None:
    line = "Un paragraphe par ligne. Sans nom de personne ni de lieu."
    setting_register(COMMITMENTS, "Convention tripartite : engagements des parties", ABOUT_COMMITMENTS, help=line)
    setting_register(INSTRUCTIONS, "Protocole de sécurité : conduite à tenir", ABOUT_INSTRUCTIONS, help=line)
    kept = "Les versions déjà écrites ne changent pas : ce texte vaut pour celles qui s’écriront ensuite."
    setting_still_register(**{COMMITMENTS: kept, INSTRUCTIONS: kept})
    actions_register(
        {
            "cases.linking.version": "convention tripartite écrite",
            "cases.linking.paper": "convention ou protocole téléchargé",
        }
    )
