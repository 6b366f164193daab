"""What the constraints of the app say to people, the same whether the row in the way may be seen or not."""

from cms.access.actions import actions_register
from cms.access.constraints import sentence_register

ACTIONS = {
    "cases.case.open": "situation ouverte",
    "cases.case.update": "faits changés",
    "cases.case.forms": "formes d’exploitation changées",
    "cases.case.close": "situation close",
    "cases.case.needs": "besoins ou langues changés",
    "cases.keep_away.add": "lieu à éviter ajouté",
    "cases.keep_away.lift": "lieu à éviter levé",
    "cases.legal_frame.set": "cadre juridique en vigueur",
    "cases.legal_frame.met": "démarche du cadre juridique faite",
    "cases.legal_frame.replace": "cadre juridique remplacé",
    "cases.identity.write": "identité écrite sous scellé",
    "case.search": "recherche par nom exact",
    "cases.access.read": "droits et accès consultés",
    "cases.identity.read": "identité consultée",
    "cases.sollicitation.send": "demande reçue",
    "cases.sollicitation.take": "demande prise en charge",
    "cases.sollicitation.correct": "demande corrigée",
    "cases.sollicitation.forms": "formes d’exploitation changées",
    "cases.sollicitation.link": "demande rattachée à une situation",
    "cases.sollicitation.orient": "demande orientée",
    "cases.sollicitation.orientation_cancelled": "orientation de la demande annulée",
    "cases.sollicitation.close": "demande close",
    "cases.sollicitation.receipt": "accusé de réception consulté",
    "cases.matching.keep": "recherche de lieu gardée",
    "cases.matching_rules.change": "règles de recherche changées",
    "cases.places.confirm": "places confirmées",
    "cases.orientation.decide": "orientation décidée",
    "cases.orientation.cancel": "orientation annulée",
    "cases.proposal.send": "structure interrogée",
    "cases.proposal.answer": "réponse de la structure",
    "cases.proposal.confirm": "structure retenue",
    "cases.proposal.withdraw": "proposition retirée",
    "cases.placement.open": "séjour ouvert",
    "cases.placement.confirm": "arrivée confirmée",
    "cases.placement.end": "séjour terminé",
    "cases.absence.open": "absence déclarée",
    "cases.absence.close": "retour d’absence",
    "cases.incident.declare": "incident déclaré",
    "cases.incident.receipt": "accusé de déclaration consulté",
    "cases.incident.acknowledge": "incident pris en compte",
    "cases.incident.tell": "autorité informée",
    "cases.incident.close": "incident clos",
}
"""What the actions of the app are called on the screens."""


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        sollicitation_idempotency_key_key="Cet envoi est déjà arrivé. Rechargez la page.",
        sollicitation_relance_same_service="Une relance vient du même service que la première demande.",
        sollicitation_case_of_orientations="Cette sollicitation a déjà conduit à une orientation de ce mineur.",
        orientation_same_case="Cette orientation et cette sollicitation concernent deux situations différentes.",
        proposal_once_per_structure="Cette structure est déjà interrogée pour cette orientation.",
        proposal_one_confirmed="Une structure est déjà retenue pour cette orientation.",
        proposal_frozen="Cette proposition ne se modifie plus.",
        placement_no_overlap="Ce mineur est déjà accueilli à ces dates.",
        placement_one_per_place="Cette place est déjà occupée à ces dates.",
        placement_convention_in_force="Aucune convention n’est en cours ce jour-là : indiquez le motif.",
        placement_place_of_partner="Cette place appartient à une autre structure.",
        place_closed_when_free="Un mineur occupe encore cette place : enregistrez d’abord la fin de son séjour.",
        placement_same_case="Cette orientation concerne une autre situation.",
        placement_frozen="La coordination seule modifie ce séjour.",
        absence_within_stay="L’absence sort des dates du séjour.",
        absence_no_overlap="Une absence est déjà enregistrée à ces dates.",
        incident_same_partner="Ce séjour se passe dans une autre structure.",
    )
