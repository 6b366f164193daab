"""Passages from an agreement to the six months after a stay, and of incidents."""

from cases.notices.enums import About, Ends, Pace, To
from cases.notices.rules.shape import HELLO, READ, Notice, Transition, to_coordination

STAYS = (
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
            to_coordination(
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
            to_coordination("runaway", "Une fugue est déclarée", "cases_placement:inspect", pace=Pace.AT_ONCE),
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
            to_coordination(
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
            to_coordination("ase_told", "L’ASE est informée d’une situation préoccupante", "incident"),
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
            to_coordination(
                "after_stay",
                "Six mois après un séjour : demandez des nouvelles",
                "cases_placement:after",
                pace=Pace.MORNING,
                ends=Ends.ACT,
            ),
        ),
    ),
)
