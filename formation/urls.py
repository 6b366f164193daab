"""Pages of the portal, and those of whoever signs or checks without an account."""

from django.urls import path

from formation import views
from formation.views import attestations, running, signing

app_name = "formation"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("modules/<str:code>/", views.module, name="module"),
    path("ma-formation/", views.own_training, name="own"),
    path("mes-sessions/", views.sessions_run_list, name="sessions"),
    path("planifier/", views.plan, name="plan"),
    path("mon-equipe/", views.team_list, name="team"),
    path("mon-equipe/ajouter/", views.team_add, name="team-add"),
    path("sessions/<uuid:session_id>/", views.session, name="session"),
    path("sessions/<uuid:session_id>/ajouter/", views.trainee_add, name="trainee-add"),
    path("sessions/<uuid:session_id>/inscrire/", views.team_enrol, name="team-enrol"),
    path("sessions/<uuid:session_id>/presences/", views.attendance, name="attendance"),
    path("sessions/<uuid:session_id>/emargement/", views.paper_sheet, name="paper-sheet"),
    path("sessions/<uuid:session_id>/clore/", views.close, name="close"),
    path("sessions/<uuid:session_id>/annuler/", views.cancel, name="cancel"),
    path("sessions/<uuid:session_id>/reporter/", running.postpone, name="postpone"),
    path("sessions/<uuid:session_id>/agenda/", running.calendar, name="calendar"),
    path("sessions/<uuid:session_id>/resultats/", attestations.results, name="results"),
    path("sessions/<uuid:session_id>/attestations/", attestations.of_session, name="attestations"),
    path("sessions/<uuid:session_id>/attestations/imprimer/", attestations.printed, name="attestations-pdf"),
    path("inscriptions/<uuid:enrolment_id>/annuler/", views.enrolment_end, name="enrolment-cancel"),
    path("inscriptions/<uuid:enrolment_id>/absence/", running.excuse, name="excuse"),
    path("attente/<uuid:entry_id>/retirer/", running.waiting_leave, name="waiting-leave"),
    path("demi-journees/<uuid:half_day_id>/", running.board, name="board"),
    path("demi-journees/<uuid:half_day_id>/contresigner/", running.countersign, name="countersign"),
    path("demi-journees/<uuid:half_day_id>/appareil/", running.device, name="device"),
    path("arrivees/<uuid:walk_in_id>/", running.walk_in_decide, name="walk-in"),
    path("attestations/<uuid:attestation_id>/", attestations.download, name="attestation"),
    path("attestations/<uuid:attestation_id>/remplacer/", attestations.replace, name="attestation-replace"),
    path("attestations/<uuid:attestation_id>/retirer/", attestations.withdraw, name="attestation-withdraw"),
    path("verifier/", attestations.verify, name="attestation-verify"),
    path("verifier/<str:number>/<str:code>/", attestations.check, name="attestation-check"),
    path("emarger/", signing.code, name="signing-code"),
    path("emarger/signer/", signing.sign, name="signing-sign"),
    path("emarger/inscription/", signing.walk_in, name="signing-walk-in"),
    path("emarger/signe/", signing.signed, name="signing-done"),
    path("emarger/<str:token>/", signing.scanned, name="signing-scan"),
    path("emarger/<str:token>/code/", signing.drawing, name="signing-drawing"),
]
