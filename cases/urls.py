"""Pages of the portal."""

from django.urls import path

from cases.arrival.portal import linkings, payers
from cases.circuit import portal as follow_up
from cases.grid import portal as grids
from cases.incidents.authorities import portal as authorities
from cases.incidents.portal import incidents
from cases.incidents.portal.pieces import incident_piece, incident_piece_add, incident_piece_remove
from cases.incidents.runaways import portal as runaways
from cases.matching import portal as places
from cases.proposals import portal as proposals
from cases.requests.portal import asking, following as requests, pieces
from cases.requests.unverified import portal as unverified
from cases.stays.portal import identities, reveals, stays
from cases.stays.reviews.portal import stay_review
from cases.voice.portal import voice_poster

app_name = "cases"
urlpatterns = [
    path("demander/", asking.request_new, name="request_new"),
    path("demander/papier/", asking.request_paper, name="request_paper"),
    path("sans-compte/", unverified.unverified_new, name="unverified_new"),
    path("sans-compte/suivre/", unverified.unverified_follow, name="unverified_follow"),
    path("demandes/", requests.request_list, name="requests"),
    path("demandes/<uuid:pk>/", requests.request_follow, name="request"),
    path("demandes/<uuid:pk>/circuit/", follow_up.request_circuit, name="request_circuit"),
    path("demandes/<uuid:pk>/accuse/", requests.request_receipt, name="request_receipt"),
    path("demandes/<uuid:pk>/grille/", grids.request_grid_new, name="request_grid_new"),
    path("demandes/<uuid:pk>/grille/<uuid:grid_pk>/", grids.request_grid, name="request_grid"),
    path("demandes/<uuid:pk>/pieces/ajouter/", pieces.request_piece_add, name="request_piece_add"),
    path("demandes/<uuid:pk>/pieces/<uuid:piece_pk>/", pieces.request_piece, name="request_piece"),
    path(
        "demandes/<uuid:pk>/pieces/<uuid:piece_pk>/retirer/", pieces.request_piece_remove, name="request_piece_remove"
    ),
    path("propositions/", proposals.proposal_list, name="proposals"),
    path("propositions/<uuid:pk>/", proposals.proposal_page, name="proposal"),
    path("propositions/<uuid:pk>/question/", proposals.proposal_ask_page, name="proposal_ask"),
    path("propositions/lien/<str:token>/", proposals.proposal_link, name="proposal_link"),
    path("autorite/", payers.authority_list, name="authority"),
    path("mises-en-lien/<uuid:pk>/accord-financier/", payers.payer_page, name="payer"),
    path("mises-en-lien/<uuid:pk>/", linkings.linking_page, name="linking"),
    path("mises-en-lien/<uuid:pk>/versions/<int:number>/<slug:paper>/", linkings.linking_paper, name="linking_paper"),
    path("mises-en-lien/<uuid:pk>/identite/", linkings.linking_identity, name="linking_identity"),
    path("mises-en-lien/<uuid:pk>/note/", linkings.handover_note, name="handover"),
    path("places/", places.places_page, name="places"),
    path("places/<uuid:pk>/", places.places_page, name="places_of"),
    path("sejours/", stays.stay_list, name="stays"),
    path("sejours/<uuid:pk>/", stays.stay_page, name="stay"),
    path("sejours/<uuid:pk>/arrivee/", stays.stay_arrival, name="stay_arrival"),
    path("sejours/<uuid:pk>/absence/", stays.stay_absence, name="stay_absence"),
    path("sejours/<uuid:pk>/retour/", stays.stay_return, name="stay_return"),
    path("sejours/<uuid:pk>/retour-de-fugue/", runaways.stay_runaway_return, name="stay_runaway_return"),
    path("sejours/<uuid:pk>/bilan/<int:milestone>/", stay_review, name="stay_review"),
    path("etapes/<uuid:pk>/", follow_up.circuit_step, name="step"),
    path("sejours/<uuid:pk>/identite/", reveals.stay_identity, name="stay_identity"),
    path("sejours/<uuid:pk>/identite/completer/", identities.stay_identity_give, name="stay_identity_give"),
    path("sejours/<uuid:pk>/identite/photo/", identities.stay_portrait, name="stay_portrait"),
    path("sejours/<uuid:pk>/adresse/", reveals.stay_address, name="stay_address"),
    path("incidents/", incidents.incident_list, name="incidents"),
    path("incidents/declarer/", incidents.incident_new, name="incident_new"),
    path("incidents/en-confiance/", incidents.incident_outside, name="incident_outside"),
    path("affiche/", voice_poster, name="voice_poster"),
    path("incidents/<uuid:pk>/mineur-suivi/", incidents.incident_charge, name="incident_charge"),
    path("incidents/<uuid:pk>/", incidents.incident_page, name="incident"),
    path("incidents/<uuid:pk>/suivi/", incidents.incident_note, name="incident_note"),
    path("incidents/<uuid:pk>/taches/<uuid:task_pk>/", incidents.incident_task, name="incident_task"),
    path("incidents/<uuid:pk>/autorites/", authorities.incident_authorities, name="incident_authorities"),
    path("incidents/<uuid:pk>/autorites/<uuid:notice_pk>/", authorities.incident_proof, name="incident_proof"),
    path("incidents/<uuid:pk>/signalement/", authorities.incident_report, name="incident_report"),
    path("incidents/<uuid:pk>/avis-de-fugue/", runaways.incident_notice, name="incident_notice"),
    path("incidents/<uuid:pk>/accuse/", incidents.incident_receipt, name="incident_receipt"),
    path("incidents/<uuid:pk>/pieces/ajouter/", incident_piece_add, name="incident_piece_add"),
    path("incidents/<uuid:pk>/pieces/<uuid:piece_pk>/", incident_piece, name="incident_piece"),
    path(
        "incidents/<uuid:pk>/pieces/<uuid:piece_pk>/retirer/",
        incident_piece_remove,
        name="incident_piece_remove",
    ),
]
