"""Pages of the portal."""

from django.urls import path

from cases.views import (
    asking,
    follow_up,
    grids,
    incidents,
    linkings,
    payers,
    pieces,
    places,
    proposals,
    requests,
    reveals,
    stays,
    unverified,
)

app_name = "cases"
urlpatterns = [
    path("demander/", asking.request_new, name="request_new"),
    path("demander/papier/", asking.request_paper, name="request_paper"),
    path("sans-compte/", unverified.unverified_new, name="unverified_new"),
    path("sans-compte/suivre/", unverified.unverified_follow, name="unverified_follow"),
    path("demandes/", requests.request_list, name="requests"),
    path("demandes/<uuid:pk>/", requests.request_follow, name="request"),
    path("demandes/<uuid:pk>/circuit/", requests.request_circuit, name="request_circuit"),
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
    path("autorite/", payers.authority_list, name="authority"),
    path("mises-en-lien/<uuid:pk>/accord-financier/", payers.payer_page, name="payer"),
    path("mises-en-lien/<uuid:pk>/", linkings.linking_page, name="linking"),
    path("mises-en-lien/<uuid:pk>/note/", linkings.handover_note, name="handover"),
    path("places/", places.places_page, name="places"),
    path("places/<uuid:pk>/", places.places_page, name="places_of"),
    path("sejours/", stays.stay_list, name="stays"),
    path("sejours/<uuid:pk>/", stays.stay_page, name="stay"),
    path("sejours/<uuid:pk>/arrivee/", stays.stay_arrival, name="stay_arrival"),
    path("sejours/<uuid:pk>/absence/", stays.stay_absence, name="stay_absence"),
    path("sejours/<uuid:pk>/retour/", stays.stay_return, name="stay_return"),
    path("sejours/<uuid:pk>/bilan/<int:milestone>/", follow_up.stay_review, name="stay_review"),
    path("etapes/<uuid:pk>/", follow_up.circuit_step, name="step"),
    path("sejours/<uuid:pk>/identite/", reveals.stay_identity, name="stay_identity"),
    path("sejours/<uuid:pk>/adresse/", reveals.stay_address, name="stay_address"),
    path("incidents/", incidents.incident_list, name="incidents"),
    path("incidents/declarer/", incidents.incident_new, name="incident_new"),
    path("incidents/<uuid:pk>/", incidents.incident_page, name="incident"),
    path("incidents/<uuid:pk>/suivi/", incidents.incident_note, name="incident_note"),
    path("incidents/<uuid:pk>/taches/<uuid:task_pk>/", incidents.incident_task, name="incident_task"),
    path("incidents/<uuid:pk>/accuse/", incidents.incident_receipt, name="incident_receipt"),
    path("incidents/<uuid:pk>/pieces/ajouter/", pieces.incident_piece_add, name="incident_piece_add"),
    path("incidents/<uuid:pk>/pieces/<uuid:piece_pk>/", pieces.incident_piece, name="incident_piece"),
    path(
        "incidents/<uuid:pk>/pieces/<uuid:piece_pk>/retirer/",
        pieces.incident_piece_remove,
        name="incident_piece_remove",
    ),
]
