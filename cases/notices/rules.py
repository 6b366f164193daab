"""Every passage of the chain from a request to the six months after a stay: who is told, how fast, by which way.

This table is the one place where it is said; a test refuses a passage without a recipient. Sentences name no person,
structure or place: a mail says that something waits, and the page says what.
"""

import datetime as dt
from dataclasses import dataclass

from cases.notices.enums import About, Ends, Pace, To

TOLD_WITHIN = dt.timedelta(days=3)
"""What happened earlier is written for the record: nobody is told of it, and nothing rings."""

HELLO = "Bonjour,\n\n"
READ = "\n\nLisez : {lien}"
ANSWER = "\n\nLisez et répondez : {lien}"


@dataclass(frozen=True)
class Notice:
    """What one kind of recipient is told. `page` is an address of the site, or a page that a capability registered.

    `label` is the line of the inbox, unless a capability says more to those who may read it (`notice_said_register`).
    """

    kind: str
    to: To
    label: str
    subject: str
    body: str
    page: str
    pace: Pace = Pace.DAYTIME
    ends: Ends = Ends.READ
    steps: tuple[int, ...] = ()
    """Days before the day when it is due on which a reminder leaves."""


@dataclass(frozen=True)
class Transition:
    """`ring`: the kind that rings when the request is urgent (U0, U1); empty: nothing rings."""

    code: str
    label: str
    about: About
    notices: tuple[Notice, ...]
    ring: str = ""


def _coordination(kind: str, label: str, page: str, **more: object) -> Notice:
    return Notice(kind, To.COORDINATION, label, label, f"{HELLO}{label}.{READ}", page, **more)  # type: ignore[arg-type]


TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "request_received",
        "demande reçue",
        About.REQUEST,
        (
            _coordination(
                "request_received",
                "Une demande attend d’être prise en charge",
                "cases_sollicitation:inspect",
                pace=Pace.MORNING,
                ends=Ends.ACT,
            ),
        ),
        ring="sollicitation",
    ),
    Transition(
        "request_taken",
        "demande prise en charge",
        About.REQUEST,
        (
            Notice(
                "request_taken",
                To.REQUESTER,
                "La coordination suit votre demande",
                "Votre demande est suivie",
                f"{HELLO}La coordination a pris votre demande en charge.\n\nVoyez où elle en est : {{lien}}",
                "cases:request",
            ),
        ),
    ),
    Transition(
        "request_question",
        "complément demandé au service",
        About.REQUEST,
        (
            Notice(
                "request_question",
                To.SENDER,
                "La coordination attend un complément à votre demande",
                "Un message attend votre réponse",
                f"{HELLO}La coordination a besoin d’un complément pour avancer.{ANSWER}",
                "cases:request",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
        ),
    ),
    Transition(
        "request_advice",
        "avis rendu au service",
        About.REQUEST,
        (
            Notice(
                "request_advice",
                To.SENDER,
                "Un avis de la coordination est à lire",
                "Un message vous attend",
                f"{HELLO}La coordination vous a répondu.\n\nLisez sa réponse : {{lien}}",
                "cases:request",
            ),
        ),
    ),
    Transition(
        "request_reply",
        "message d’un service",
        About.REQUEST,
        (
            Notice(
                "request_reply",
                To.COORDINATION,
                "Un service vous a écrit au sujet de sa demande",
                "Un message d’un service vous attend",
                f"{HELLO}Le service demandeur vous a écrit.\n\nLisez son message : {{lien}}",
                "cases_sollicitation:inspect",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "proposal_sent",
        "structure interrogée",
        About.PROPOSAL,
        (
            Notice(
                "proposal",
                To.STRUCTURE,
                "Une proposition d’accueil attend votre réponse",
                "Une proposition attend votre réponse",
                f"{HELLO}La coordination attend votre réponse avant {{heure}}.{ANSWER}",
                "cases:proposal",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
                steps=(1, 0),
            ),
        ),
        ring="proposal",
    ),
    Transition(
        "proposal_accepted",
        "une structure accepte",
        About.PROPOSAL,
        (
            _coordination(
                "proposal_accepted",
                "Une structure accepte : à retenir",
                "proposal_file",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
        ),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_conditional",
        "une structure accepte sous condition",
        About.PROPOSAL,
        (
            _coordination(
                "proposal_conditional",
                "Une structure accepte sous condition : à lire",
                "proposal_file",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
        ),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_waiting",
        "une structure met en attente",
        About.PROPOSAL,
        (
            _coordination(
                "proposal_waiting", "Une structure a répondu : en attente", "proposal_file", pace=Pace.AT_ONCE
            ),
        ),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_refused",
        "une structure refuse",
        About.PROPOSAL,
        (_coordination("proposal_refused", "Une structure refuse", "proposal_file", pace=Pace.AT_ONCE),),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_silent",
        "une structure n’a pas répondu à l’heure dite",
        About.PROPOSAL,
        (
            _coordination(
                "proposal_silent",
                "Une structure n’a pas répondu à l’heure dite",
                "proposal_file",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
        ),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_question",
        "question d’une structure",
        About.PROPOSAL,
        (
            _coordination(
                "proposal_question",
                "Une structure attend une réponse avant de se décider",
                "proposal_file",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
        ),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_reply",
        "réponse de la coordination à une structure",
        About.PROPOSAL,
        (
            Notice(
                "proposal_reply",
                To.STRUCTURE,
                "La coordination répond à votre question",
                "La coordination vous répond",
                f"{HELLO}La coordination a répondu à votre question sur une proposition d’accueil.{ANSWER}",
                "cases:proposal",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "proposal_kept",
        "structure retenue",
        About.PROPOSAL,
        (
            Notice(
                "proposal_kept",
                To.STRUCTURE,
                "Votre structure est retenue : préparez l’accueil",
                "Votre structure est retenue",
                f"{HELLO}La coordination retient votre structure et prépare l’arrivée avec vous.{READ}",
                "cases:proposal",
                pace=Pace.AT_ONCE,
            ),
            Notice(
                "place_chosen",
                To.REQUESTER,
                "Un lieu d’accueil est trouvé pour votre demande",
                "Une suite est donnée à votre demande",
                f"{HELLO}Un lieu d’accueil est trouvé. La coordination prépare l’arrivée avec vous.{READ}",
                "proposal_request",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "proposal_not_kept",
        "structure non retenue, ou proposition retirée",
        About.PROPOSAL,
        (
            Notice(
                "proposal_not_kept",
                To.STRUCTURE,
                "Une proposition est retirée : votre place est libre",
                "Une proposition est retirée",
                f"{HELLO}La coordination n’a plus besoin de votre place : elle redevient libre. Merci à votre équipe."
                f"{READ}",
                "cases:proposal",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "agreement_asked",
        "accord à donner avant l’arrivée",
        About.LINKING,
        (
            Notice(
                "agreement_structure",
                To.STRUCTURE,
                "Votre accord est attendu avant une arrivée",
                "Votre accord est attendu",
                f"{HELLO}L’arrivée d’un jeune attend l’accord de votre structure.\n\nLisez et donnez-le : {{lien}}",
                "cases:linking",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
            Notice(
                "agreement_requester",
                To.REQUESTER,
                "L’accord de votre service est attendu avant une arrivée",
                "L’accord de votre service est attendu",
                f"{HELLO}L’arrivée attend l’accord de votre service.\n\nLisez et donnez-le : {{lien}}",
                "cases:linking",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
        ),
    ),
    Transition(
        "journey_shared",
        "acheminement transmis ou changé",
        About.LINKING,
        (
            Notice(
                "journey_structure",
                To.STRUCTURE,
                "L’acheminement d’un jeune est transmis",
                "Un acheminement vous est transmis",
                f"{HELLO}L’heure et le point de rencontre sont fixés.{READ}",
                "cases:linking",
                pace=Pace.AT_ONCE,
            ),
            Notice(
                "journey_requester",
                To.REQUESTER,
                "L’acheminement du mineur est transmis",
                "Un acheminement vous est transmis",
                f"{HELLO}L’heure et le point de rencontre sont fixés.{READ}",
                "cases:linking",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "arrival_said",
        "arrivée notée par la coordination",
        About.STAY,
        (
            Notice(
                "arrival_said",
                To.STRUCTURE,
                "Une arrivée attend votre confirmation",
                "Une arrivée attend votre confirmation",
                f"{HELLO}La coordination a noté une arrivée chez vous.\n\nConfirmez-la : {{lien}}",
                "cases:stay_arrival",
                pace=Pace.AT_ONCE,
                ends=Ends.ACT,
            ),
        ),
    ),
    Transition(
        "arrival_confirmed",
        "arrivée confirmée par la structure",
        About.STAY,
        (
            _coordination(
                "arrival_confirmed", "Une arrivée est confirmée", "cases_placement:inspect", pace=Pace.AT_ONCE
            ),
            Notice(
                "arrival_requester",
                To.REQUESTER,
                "Le mineur de votre demande est arrivé",
                "L’accueil est effectif",
                f"{HELLO}L’accueil est effectif. Le lieu reste confidentiel.{READ}",
                "requests",
                pace=Pace.AT_ONCE,
            ),
            Notice(
                "arrival_payer",
                To.PAYER,
                "Un accueil que votre autorité paie a commencé",
                "Un accueil a commencé",
                f"{HELLO}Un accueil que votre autorité paie a commencé.{READ}",
                "authority",
            ),
        ),
    ),
    Transition(
        "runaway",
        "fugue déclarée",
        About.STAY,
        (
            _coordination("runaway", "Une fugue est déclarée", "cases_placement:inspect", pace=Pace.AT_ONCE),
            Notice(
                "runaway_requester",
                To.REQUESTER,
                "Le mineur de votre demande est en fugue",
                "Un message urgent concerne votre demande",
                f"{HELLO}Une absence est déclarée pour le mineur de votre demande.{READ}",
                "requests",
                pace=Pace.AT_ONCE,
            ),
            Notice(
                "runaway_payer",
                To.PAYER,
                "Un mineur dont votre autorité paie l’accueil est en fugue",
                "Un message urgent concerne votre autorité",
                f"{HELLO}Une absence est déclarée pour un accueil que votre autorité paie.{READ}",
                "authority",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "runaway_return",
        "retour de fugue",
        About.STAY,
        (
            _coordination(
                "runaway_return", "Un jeune en fugue est revenu", "cases_placement:inspect", pace=Pace.AT_ONCE
            ),
            Notice(
                "return_requester",
                To.REQUESTER,
                "Le mineur de votre demande est revenu",
                "Un message concerne votre demande",
                f"{HELLO}Le mineur de votre demande est de retour.{READ}",
                "requests",
                pace=Pace.AT_ONCE,
            ),
            Notice(
                "return_payer",
                To.PAYER,
                "Un mineur dont votre autorité paie l’accueil est revenu",
                "Un message concerne votre autorité",
                f"{HELLO}Le mineur d’un accueil que votre autorité paie est de retour.{READ}",
                "authority",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "incident_taken",
        "situation préoccupante prise en charge",
        About.INCIDENT,
        (
            Notice(
                "incident_taken",
                To.DECLARANT,
                "La coordination suit votre déclaration",
                "Votre déclaration est suivie",
                f"{HELLO}La coordination a pris votre déclaration en charge.{READ}",
                "incident",
                pace=Pace.AT_ONCE,
            ),
            Notice(
                "incident_taken_structure",
                To.STRUCTURE,
                "La coordination suit une situation préoccupante de votre structure",
                "Une situation est suivie",
                f"{HELLO}La coordination a pris une situation préoccupante en charge.{READ}",
                "incident",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "ase_told",
        "ASE informée d’une situation préoccupante",
        About.INCIDENT,
        (
            _coordination("ase_told", "L’ASE est informée d’une situation préoccupante", "incident"),
            Notice(
                "ase_told_structure",
                To.STRUCTURE,
                "L’ASE est informée d’une situation de votre structure",
                "L’ASE est informée d’une situation",
                f"{HELLO}L’ASE est informée d’une situation préoccupante.{READ}",
                "incident",
            ),
            Notice(
                "ase_told_declarant",
                To.DECLARANT,
                "L’ASE est informée de ce que vous avez déclaré",
                "L’ASE est informée de votre déclaration",
                f"{HELLO}L’ASE est informée de ce que vous avez déclaré.{READ}",
                "incident",
            ),
        ),
    ),
    Transition(
        "stay_ended",
        "fin du séjour",
        About.STAY,
        (
            Notice(
                "stay_ended",
                To.STRUCTURE,
                "Un séjour est terminé : écrivez le bilan de sortie",
                "Un séjour est terminé",
                f"{HELLO}La coordination a noté la fin d’un séjour chez vous.{READ}",
                "cases:stay",
            ),
            Notice(
                "stay_ended_requester",
                To.REQUESTER,
                "L’accueil du mineur de votre demande est terminé",
                "Un accueil est terminé",
                f"{HELLO}L’accueil du mineur de votre demande est terminé.{READ}",
                "requests",
            ),
            Notice(
                "stay_ended_payer",
                To.PAYER,
                "Un accueil que votre autorité paie est terminé",
                "Un accueil est terminé",
                f"{HELLO}Un accueil que votre autorité paie est terminé.{READ}",
                "authority",
            ),
        ),
    ),
    Transition(
        "six_months",
        "six mois après le séjour",
        About.STAY,
        (
            _coordination(
                "after_stay",
                "Six mois après un séjour : demandez des nouvelles",
                "cases_placement:after",
                pace=Pace.MORNING,
                ends=Ends.ACT,
            ),
        ),
    ),
)

BY_CODE = {transition.code: transition for transition in TRANSITIONS}


def notices_of(code: str) -> tuple[Notice, ...]:
    return BY_CODE[code].notices
