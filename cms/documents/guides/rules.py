"""Which guide answers on which screen, and what each role does first."""

from dataclasses import dataclass

from cms.home.rules import GUIDES
from cms.users.roles import Role

NETWORK = (Role.COORDINATION, Role.DIRECTION)
TEAM = (Role.STRUCTURE_DIRECTOR, Role.STRUCTURE_EDUCATOR, Role.STRUCTURE_DELEGATE)


@dataclass(frozen=True)
class Topic:
    """A guide that comes with the product. `screens`: how the names of its screens begin; `roles`: whose it is."""

    name: str
    screens: tuple[str, ...]
    roles: tuple[Role, ...] = ()
    is_own: bool = False
    """Its screens show something else to other roles: these find the list of guides."""

    @property
    def slug(self) -> str:
        return f"{GUIDES}{self.name}"


HOMES = ("wagtailadmin_home", "wagtail.admin.auth")
"""The home of the admin, by its name and as the route that stands before it."""
TOPICS = (
    Topic("veiller", HOMES + ("havre_week", "havre_call", "havre_settling"), NETWORK, is_own=True),
    Topic("reperer", ("reperage", "cases:request_grid"), (Role.REQUESTER, Role.TRANSMITTER, *TEAM)),
    Topic("declarer", ("cases:incident", "cases_incident", "havre_incident"), (*TEAM, Role.REQUESTER, *NETWORK)),
    Topic("dossiers", ("cases_", "havre_file", "havre_guard", "havre_names"), NETWORK),
    Topic("demander", ("cases:request", "cases:authority", "cases:payer", "cases:unverified"), (Role.REQUESTER,)),
    Topic("accueillir", ("cases:",), TEAM),
    Topic(
        "animer",
        (
            "formation:session",
            "formation:plan",
            "formation:board",
            "formation:attendance",
            "formation:year",
            "formation_session",
        ),
        (Role.TRAINER, *NETWORK),
    ),
    Topic("se-former", ("formation:",), ()),
    Topic("referentiel", ("referentiel:", "documents:"), TEAM),
    Topic("chiffres", ("dashboards", "havre_periods"), (Role.STATE_READER, *NETWORK)),
    Topic("carnet", ("partners", "referentiel_", "havre_rota"), NETWORK),
    Topic("publier", ("wagtailadmin", "wagtailimages", "wagtaildocs", "documents_", "home_"), (Role.EDITOR, *NETWORK)),
    Topic("reglages", ("havre_settings", "havre_config", "values_", "havre_authorities"), NETWORK),
    Topic("donnees", ("havre_rights", "havre_retention", "havre_journal", "havre_re"), (Role.DPO, Role.DIRECTION)),
    Topic("service", ("havre_state", "events_"), (Role.TECH_ADMIN,)),
    Topic("compte", ("portal:", "accounts:", "inbox:", "oncall:", "account_", "mfa_", "havre_accounts"), ()),
)


def topic_of(screen: str) -> Topic | None:
    """Return the guide of a screen; the first topic whose screens begin so."""
    return next((topic for topic in TOPICS if screen.startswith(topic.screens)), None) if screen else None


@dataclass(frozen=True)
class FirstStep:
    """One thing to do on the first day: what, and the name of its page."""

    text: str
    page: str


OWN = (
    FirstStep("Dire comment vous voulez être prévenu", "inbox:choices"),
    FirstStep("Garder vos codes de secours, et regarder vos connexions", "portal:account"),
)
FIRST_STEPS: dict[Role, tuple[FirstStep, ...]] = {
    Role.REQUESTER: (
        FirstStep("Ouvrir une demande d’accueil, sans l’envoyer : voir ce qui est demandé", "cases:request_new"),
        FirstStep("Imprimer la feuille à garder pour les jours où le portail ne répond pas", "cases:request_paper"),
        FirstStep("Lire la grille de repérage", "reperage:grid"),
    ),
    Role.TRANSMITTER: (
        FirstStep("Voir ce qui est demandé pour transmettre une inquiétude", "cases:request_new"),
        FirstStep("Lire la grille de repérage", "reperage:grid"),
    ),
    Role.STRUCTURE_DIRECTOR: (
        FirstStep("Confirmer vos places", "cases:places"),
        FirstStep("Donner le numéro de votre astreinte", "oncall:line"),
        FirstStep("Inviter votre équipe", "accounts:team"),
        FirstStep("Lire et signer le référentiel", "referentiel:read"),
    ),
    Role.STRUCTURE_DELEGATE: (FirstStep("Confirmer les places", "cases:places"),),
    Role.STRUCTURE_EDUCATOR: (
        FirstStep("Voir les mineurs présents", "cases:stays"),
        FirstStep("Voir comment se déclare une situation préoccupante", "cases:incident_new"),
        FirstStep("Lire le référentiel", "referentiel:read"),
    ),
    Role.TRAINER: (
        FirstStep("Voir vos sessions, et celles qui attendent un contreseing", "formation:sessions"),
        FirstStep("Planifier une session", "formation:plan"),
        FirstStep("Rédiger et publier les modules de formation", "wagtailadmin_explore_root"),
    ),
    Role.STATE_READER: (
        FirstStep("Lire la dernière publication", "dashboards:state"),
        FirstStep("Voir les questions posées, et leurs réponses", "dashboards:exchanges"),
    ),
    Role.COORDINATION: (
        FirstStep("Ouvrir la salle de veille", "wagtailadmin_home"),
        FirstStep("Voir qui est d’astreinte cette semaine", "havre_rota:index"),
        FirstStep("Relire les délais qui gouvernent les relances", "havre_settings:index"),
    ),
    Role.DIRECTION: (
        FirstStep("Ouvrir la salle de veille", "wagtailadmin_home"),
        FirstStep("Lire les chiffres", "dashboards_figures"),
        FirstStep("Relire ce qui se règle", "havre_config:index"),
    ),
    Role.EDITOR: (
        FirstStep("Relire les pages du site, et compléter ce qui reste à compléter", "wagtailadmin_explore_root"),
        FirstStep("Voir les documents du réseau, et leurs versions", "documents_index"),
        FirstStep("Dire qui lit quoi", "documents_visibility"),
    ),
    Role.DPO: (
        FirstStep("Ouvrir le registre des demandes de droits", "havre_rights:index"),
        FirstStep("Relire les durées de conservation", "havre_retention:index"),
        FirstStep("Lire le journal", "havre_journal:index"),
    ),
    Role.TECH_ADMIN: (
        FirstStep("Lire l’état du service", "havre_state:index"),
        FirstStep("Voir les logiciels qui sont prévenus", "events_subscriptions"),
    ),
}
TRAINEE = (
    FirstStep("Voir votre formation", "formation:own"),
    FirstStep("Choisir un module", "formation:catalogue"),
)


@dataclass(frozen=True)
class Shortcut:
    """A key, what it does, and where it works."""

    keys: str
    text: str
    is_admin: bool = False


SHORTCUTS = (
    Shortcut("/", "chercher"),
    Shortcut("Échap, deux fois", "masquer l’écran"),
    Shortcut("?", "ouvrir l’aide de la page"),
    Shortcut("j et k", "salle de veille : ligne suivante, ligne précédente", is_admin=True),
    Shortcut("n", "salle de veille : saisir un appel", is_admin=True),
    Shortcut("e", "chercher un lieu : envoyer la fiche aux maisons cochées", is_admin=True),
)
