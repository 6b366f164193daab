"""Accounts of the fictitious network, and what each can try. The loader of the demo opens them."""

from typing import TypedDict

from cms.users.roles import Role


class DemoAccount(TypedDict):
    """An account of the demonstration, as its sign-in page shows it."""

    email: str
    name: str
    position: str
    role: Role | None
    what: str


DEMO_PASSWORD = "entrez dans la démonstration"  # noqa: S105

DEMO_ACCOUNTS: list[DemoAccount] = [
    {
        "email": "coordination@havre.example",
        "name": "Claire Vasseur",
        "position": "Coordinatrice",
        "role": Role.COORDINATION,
        "what": "Toutes les situations, les partenaires, les incidents et les chiffres.",
    },
    {
        "email": "direction@havre.example",
        "name": "Denis Aubin",
        "position": "Directeur du réseau",
        "role": Role.DIRECTION,
        "what": "Décider à deux : clôture d’une période, publication à l’État, droits ; et le journal.",
    },
    {
        "email": "editor@havre.example",
        "name": "Elsa Rameau",
        "position": "Chargée de publication",
        "role": Role.EDITOR,
        "what": "Le référentiel : brouillon, publication, nouvelle version.",
    },
    {
        "email": "trainer@havre.example",
        "name": "Farid Belkacem",
        "position": "Formateur",
        "role": Role.TRAINER,
        "what": "Publier un module, relever les présences d’une session.",
    },
    {
        "email": "director-a@havre.example",
        "name": "Alice Martin",
        "position": "Directrice de structure",
        "role": Role.STRUCTURE_DIRECTOR,
        "what": "Lire et accepter le référentiel, répondre à une proposition, confirmer une arrivée.",
    },
    {
        "email": "educator-a@havre.example",
        "name": "Adam Moreau",
        "position": "Éducateur spécialisé",
        "role": Role.STRUCTURE_EDUCATOR,
        "what": "Les séjours de sa structure, déclarer une situation préoccupante.",
    },
    {
        "email": "director-b@havre.example",
        "name": "Bruno Petit",
        "position": "Directeur de structure",
        "role": Role.STRUCTURE_DIRECTOR,
        "what": "Une autre structure : rien de la première ne lui est montré.",
    },
    {
        "email": "gendarme@havre.example",
        "name": "Gaëlle Roche",
        "position": "Adjudante de gendarmerie",
        "role": Role.REQUESTER,
        "what": "Demander un accueil en trois minutes, suivre sa demande.",
    },
    {
        "email": "ase@havre.example",
        "name": "Sonia Garnier",
        "position": "Inspectrice de l’ASE",
        "role": Role.REQUESTER,
        "what": "Une demande complète, et la suite des accueils qui la concernent.",
    },
    {
        "email": "transmitter@havre.example",
        "name": "Tristan Lebon",
        "position": "Conseiller principal d’éducation",
        "role": Role.TRANSMITTER,
        "what": "Transmettre une inquiétude ; n’en connaître ensuite que la suite donnée.",
    },
    {
        "email": "state-reader@havre.example",
        "name": "Irène Delmas",
        "position": "Chargée de mission de l’État",
        "role": Role.STATE_READER,
        "what": "Les indicateurs publiés, le rapport d’activité, une question à la coordination.",
    },
    {
        "email": "dpo@havre.example",
        "name": "Diane Poirier",
        "position": "Déléguée à la protection des données",
        "role": Role.DPO,
        "what": "Les demandes des personnes, les alertes, la revue des accès, le journal ; aucune fiche.",
    },
    {
        "email": "tech-admin@havre.example",
        "name": "Théo Lambert",
        "position": "Administrateur technique",
        "role": Role.TECH_ADMIN,
        "what": "Aucune donnée sur les mineurs ni sur les lieux.",
    },
    {
        "email": "trainee@havre.example",
        "name": "Yanis Faure",
        "position": "Éducateur en formation",
        "role": None,
        "what": "Les sessions auxquelles il est inscrit.",
    },
    {
        "email": "former-member@havre.example",
        "name": "Fanny Leclerc",
        "position": "Ancienne directrice de structure",
        "role": None,
        "what": "Un rattachement terminé : plus aucun accès.",
    },
]
