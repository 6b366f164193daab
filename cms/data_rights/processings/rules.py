"""The processings of the register (GDPR, article 30): what each is for, and which modules hold its tables.

Tables, fields, readers and delays are not written here: `selectors` reads them. What a network alone can say is left
to it, in plain sight.
"""

from collections.abc import Iterable
from dataclasses import dataclass

PUBLIC_TASK = "mission d’intérêt public (RGPD, art. 6.1.e)"
LEGAL_DUTY = "obligation légale (RGPD, art. 6.1.c)"
SENSITIVE = "santé et vie sexuelle : art. 9.2.g ; infractions subies ou commises : art. 10 et loi 78-17, art. 46"
ABOUT_CHILDREN = (
    "mineurs victimes ou en danger ; leurs proches et les personnes à éviter ; les professionnels qui écrivent"
)


@dataclass(frozen=True)
class Processing:
    code: str
    label: str
    purpose: str
    basis: str
    people: str
    recipients: str
    modules: tuple[str, ...]
    """Modules whose models it holds, with all that stands under them; the longest name wins."""


PROCESSINGS = (
    Processing(
        "requests",
        "Demandes d’accueil et orientation",
        "recevoir une demande à toute heure, trouver une place sûre, la proposer sans nommer personne",
        f"{PUBLIC_TASK} ; {SENSITIVE}",
        ABOUT_CHILDREN,
        "coordination, direction ; le service demandeur pour ses demandes ; une structure pour une fiche anonyme",
        ("cases.requests", "cases.matching", "cases.proposals", "cases.guard", "cases.grid", "cases.extra"),
    ),
    Processing(
        "stays",
        "Dossiers, mises en lien et séjours",
        "préparer l’arrivée, protéger pendant l’accueil, faire le point, veiller six mois après",
        f"{PUBLIC_TASK} ; {SENSITIVE}",
        ABOUT_CHILDREN,
        "coordination, direction ; l’équipe de la structure qui accueille ; les services qui gardent et qui paient",
        ("cases.files", "cases.arrival", "cases.circuit", "cases.stays", "cms.files"),
    ),
    Processing(
        "incidents",
        "Incidents, fugues et informations dues",
        "appeler qui doit l’être, informer les autorités, suivre et comprendre",
        f"{PUBLIC_TASK} et {LEGAL_DUTY} (CASF, art. L. 331-8-1 et L. 226-2-1) ; {SENSITIVE}",
        f"{ABOUT_CHILDREN} ; les personnes mises en cause",
        "coordination, direction ; la structure ou le service qui déclare ; les services gardiens, sans les faits",
        ("cases.incidents",),
    ),
    Processing(
        "voice",
        "Parole des mineurs accueillis",
        "laisser un enfant dire ce qui ne va pas, sans compte, et lui répondre",
        f"{PUBLIC_TASK} ; {SENSITIVE}",
        "mineurs accueillis, personnes dont ils parlent",
        "coordination et direction seules",
        ("cases.voice",),
    ),
    Processing(
        "partners",
        "Partenaires, conventions et astreintes des structures",
        "tenir le carnet des structures et des services, signer les conventions, savoir qui appeler la nuit",
        PUBLIC_TASK,
        "professionnels des structures et des services",
        "coordination, direction ; chaque partenaire pour lui-même ; l’adresse d’un lieu, après ouverture motivée",
        ("cms.partners",),
    ),
    Processing(
        "training",
        "Formation des professionnels",
        "inscrire, faire signer les présences, attester, recueillir les avis",
        PUBLIC_TASK,
        "professionnels formés, formateurs",
        "formateurs de la session, coordination, direction ; chaque personne pour elle-même ; son employeur",
        ("formation",),
    ),
    Processing(
        "standards",
        "Référentiel : auto-évaluations, visites, dérogations",
        "vérifier que les lieux d’accueil protègent, et suivre ce qui manque",
        PUBLIC_TASK,
        "professionnels qui évaluent, qui visitent et qui décident",
        "coordination, direction ; la structure pour elle-même",
        ("referentiel",),
    ),
    Processing(
        "documents",
        "Documents du réseau : versions, lectures, signatures",
        "publier une version, prouver qui l’a lue et signée",
        PUBLIC_TASK,
        "professionnels qui proposent, lisent et signent",
        "coordination, direction ; la direction d’une structure pour son équipe ; chaque personne pour elle-même",
        ("cms.documents",),
    ),
    Processing(
        "duty",
        "Astreinte et notifications",
        "appeler jusqu’à ce que quelqu’un réponde, dire à chacun ce qui l’attend",
        PUBLIC_TASK,
        "professionnels d’astreinte, personnes prévenues",
        "coordination, direction ; chaque personne pour elle-même ; la passerelle de messages, sans nom ni lieu",
        ("cms.notify",),
    ),
    Processing(
        "accounts",
        "Comptes, droits et connexions",
        "n’ouvrir qu’à qui doit lire, et retirer à temps",
        f"{PUBLIC_TASK} ; sécurité (RGPD, art. 32)",
        "professionnels qui ont un compte ou en demandent un",
        "direction, administration technique ; chaque personne pour elle-même",
        (
            "allauth",
            "cms.accounts",
            "cms.columns",
            "cms.proconnect",
            "cms.sessions",
            "cms.users",
            "cms.wall",
            "django.contrib.auth",
            "django.contrib.sessions",
            "wagtail.admin",
            "wagtail.models.api",
            "wagtail.users",
        ),
    ),
    Processing(
        "journal",
        "Journal des actes et des lectures",
        "savoir qui a lu, écrit, ouvert ou essayé, et pouvoir le prouver",
        f"{LEGAL_DUTY} : sécurité et responsabilité (RGPD, art. 5.2 et 32)",
        "professionnels ; les mineurs par un identifiant, jamais par leur nom",
        "direction, protection des données ; chaque personne pour ce qu’elle a fait",
        ("cms.journal", "wagtail.models.audit_log"),
    ),
    Processing(
        "rights",
        "Droits des personnes et effacement",
        "répondre à qui demande ce qui est écrit sur lui, effacer à l’échéance",
        f"{LEGAL_DUTY} (RGPD, art. 5.1.e et 12 à 22)",
        "mineurs, parents, professionnels",
        "direction, protection des données, coordination",
        ("cms.data_rights", "cms.retention"),
    ),
    Processing(
        "figures",
        "Pilotage, tableaux et remise à l’État",
        "compter l’activité et la remettre à l’État sans que personne y soit reconnu",
        f"{PUBLIC_TASK} ; statistiques (RGPD, art. 89)",
        "mineurs et professionnels, comptés ; auteurs des tableaux et des questions",
        "coordination, direction ; l’État pour les publications, petits nombres masqués",
        ("dashboards", "cms.exports", "cms.events"),
    ),
    Processing(
        "site",
        "Pages et fichiers publiés",
        "tenir les pages du site et leurs versions",
        PUBLIC_TASK,
        "rédacteurs, par leur compte",
        "rédaction, coordination, direction ; le public pour ce qui est publié",
        ("cms.home", "wagtail"),
    ),
)

WITHOUT_PEOPLE = {
    "cms.territory": "départements et autorités",
    "cms.values": "listes et réglages ; l’auteur d’une version est dans le journal",
    "django.contrib.contenttypes": "noms des tables",
    "procrastinate": "file des tâches : identifiants seulement, effacés chaque nuit",
    "taggit": "mots des images",
    "wagtail.models.i18n": "langues",
    "wagtail.models.reference_index": "liens entre les pages",
    "wagtail.models.sites": "adresse du site",
    "wagtail.search": "mots des pages publiées",
}
"""Modules whose tables tell of nobody, and what they hold."""

MANAGERS = "coordination et direction"
ANYBODY = "toute personne connectée"
READERS = (
    (r"^scope_(sees_all_cases|manages_cases|tells_software)$", MANAGERS),
    (r"^journal_(controls|is_read)$", "direction et protection des données"),
    (r"^(reveal_live_ids|identity_open_ids|sealed_row_of)$", "après ouverture motivée"),
    (
        r"_ids$|_as$|^can_see_|^sees_|_closed$|_under$|_seen$|^directs_|^scope_memberships$|_objects$",
        "chacun dans sa portée",
    ),
    (r"^scope_(user_id|roles)$", "la personne elle-même"),
    (r"^scope_is_inside$", ANYBODY),
    (r"^versions_public$", "le public"),
)
"""What a function that a policy of reading calls means, in the order in which readers are said."""
SILENT = {"scope_system", "scope_opens", "scope_has_role", "scope_reminds", "scope_keeps_files", "scope_is_reference"}
"""Functions that add no person: jobs of the service, tokens (which only close), roles (read from their arguments)."""


def processing_of(module: str) -> str | None:
    """Return the code of the processing that holds the models of a module, "" for none of people, None if unsaid."""
    said = {name: each.code for each in PROCESSINGS for name in each.modules} | dict.fromkeys(WITHOUT_PEOPLE, "")
    names = [name for name in said if module == name or module.startswith(f"{name}.")]
    return said[max(names, key=len)] if names else None


def joined(words: Iterable[str]) -> str:
    return ", ".join(words) or "—"
