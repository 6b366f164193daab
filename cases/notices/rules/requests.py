"""Passages of a request: received, taken, questions and answers."""

from cases.notices.enums import About, Ends, Pace, To
from cases.notices.rules.shape import ANSWER, HELLO, Notice, Transition, to_coordination

REQUESTS = (
    Transition(
        "request_received",
        "demande reçue",
        About.REQUEST,
        (
            to_coordination(
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
        "request_news",
        "nouvelles données au service",
        About.REQUEST,
        (
            Notice(
                "request_news",
                To.SENDER,
                "La coordination vous donne des nouvelles de votre demande",
                "Un message vous attend",
                f"{HELLO}La coordination vous donne des nouvelles.\n\nLisez son message : {{lien}}",
                "cases:request",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
    Transition(
        "request_reply",
        "réponse du service à une question",
        About.REQUEST,
        (
            Notice(
                "request_reply",
                To.COORDINATION,
                "Un service a répondu à votre question",
                "Une réponse vous attend",
                f"{HELLO}Le service demandeur vous a répondu.\n\nLisez sa réponse : {{lien}}",
                "cases_sollicitation:inspect",
            ),
        ),
    ),
    Transition(
        "request_message",
        "message du service que personne n’attendait",
        About.REQUEST,
        (
            Notice(
                "request_message",
                To.ON_CALL,
                "Un service vous écrit au sujet de sa demande",
                "Un message vous attend",
                f"{HELLO}Un service demandeur vous écrit de lui-même.\n\nLisez son message : {{lien}}",
                "cases_sollicitation:inspect",
                pace=Pace.AT_ONCE,
            ),
        ),
    ),
)
