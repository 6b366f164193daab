"""Pages of the portal."""

from django.urls import path

from formation import views

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
    path("inscriptions/<uuid:enrolment_id>/annuler/", views.enrolment_end, name="enrolment-cancel"),
]
