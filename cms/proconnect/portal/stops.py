"""What the person reads when a sign-in stops: what happened, and what to do now. The journal keeps the code alone."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cms.journal.services import attempt_refused
from cms.proconnect.enums import Fault


@dataclass(frozen=True)
class FaultPage:
    status: int
    title: str
    text: str
    advice: str


AGAIN = "Revenez à la page de connexion et recommencez."
CALL = "Si cela se répète, prévenez la coordination du réseau : rien n’a été enregistré."

SENTENCES = {
    Fault.STATE: FaultPage(
        400,
        "Cette connexion n’est plus valable",
        "Elle a été commencée il y a plus de dix minutes, dans un autre navigateur, ou elle a déjà servi.",
        AGAIN,
    ),
    Fault.CANCELLED: FaultPage(
        403, "Vous avez interrompu la connexion", "ProConnect ne nous a rien transmis sur vous.", AGAIN
    ),
    Fault.PROVIDER: FaultPage(
        403, "ProConnect n’a pas permis la connexion", "ProConnect ne nous a rien transmis sur vous.", CALL
    ),
    Fault.CODE: FaultPage(
        400,
        "Cette connexion a déjà servi ou a expiré",
        "ProConnect n’accepte qu’une fois, et pour peu de temps, ce qui accompagne une connexion.",
        AGAIN,
    ),
    Fault.DOWN: FaultPage(
        424,
        "ProConnect ne répond pas",
        "Le service ne répond pas, ou pas comme prévu. Votre compte dans Havre n’est pas en cause.",
        "Réessayez dans quelques minutes. Si vous avez un mot de passe, il reste valable.",
    ),
    Fault.EXPIRED: FaultPage(
        400, "La réponse de ProConnect a expiré", "Trop de temps a passé depuis que vous l’avez demandée.", AGAIN
    ),
    Fault.SIGNATURE: FaultPage(
        400,
        "La réponse reçue n’est pas signée par ProConnect",
        "Nous ne pouvons pas être sûrs qu’elle vient de lui : la connexion est arrêtée.",
        CALL,
    ),
    Fault.CLAIMS: FaultPage(
        400,
        "La réponse de ProConnect n’est pas pour cette connexion",
        "Elle ne correspond pas à ce que vous avez demandé ici : la connexion est arrêtée.",
        CALL,
    ),
    Fault.INCOMPLETE: FaultPage(
        403,
        "ProConnect n’a pas transmis votre nom ou votre adresse",
        "Nous en avons besoin pour savoir qui demande à entrer.",
        "Demandez à votre service informatique de compléter votre fiche d’agent.",
    ),
    Fault.TAKEN: FaultPage(
        409,
        "Ce compte ne peut pas être relié",
        "Cette identité ProConnect est déjà celle d’un compte, ou votre compte en a déjà une.",
        "La coordination du réseau peut vous dire laquelle.",
    ),
    Fault.REFUSED: FaultPage(
        403,
        "Votre demande de compte n’a pas été acceptée",
        "La coordination du réseau l’a examinée, et aucun accès n’est ouvert.",
        "Si votre situation a changé, appelez la coordination : elle peut revenir sur sa réponse.",
    ),
}


def fault_page(request: HttpRequest, fault: Fault) -> HttpResponse:
    """Return a page of status 4xx, which rolls the request back, and journal a line that outlives it."""
    attempt_refused("auth.refused", {"means": "proconnect", "cause": fault.value})
    # Read here, the session is written again once the transaction is undone: what it has used up stays used up.
    request.session.modified = bool(request.session.keys())
    sentence = SENTENCES[fault]
    return render(request, "proconnect/fault.html", {"sentence": sentence}, status=sentence.status)
