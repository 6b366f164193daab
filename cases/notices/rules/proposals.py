"""Passages of a sheet: sent, answered, kept or not, and the silence of a structure."""

from cases.notices.enums import About, Ends, Pace, To
from cases.notices.rules.shape import ANSWER, HELLO, READ, Notice, Transition, to_coordination

PROPOSALS = (
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
            to_coordination(
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
            to_coordination(
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
            to_coordination(
                "proposal_waiting", "Une structure a répondu : en attente", "proposal_file", pace=Pace.AT_ONCE
            ),
        ),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_refused",
        "une structure refuse",
        About.PROPOSAL,
        (to_coordination("proposal_refused", "Une structure refuse", "proposal_file", pace=Pace.AT_ONCE),),
        ring="proposal_answer",
    ),
    Transition(
        "proposal_silent",
        "une structure n’a pas répondu à l’heure dite",
        About.PROPOSAL,
        (
            to_coordination(
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
            to_coordination(
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
)
