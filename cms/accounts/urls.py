"""Pages of a director, and of whoever is invited."""

from django.urls import path

from cms.accounts.portal import team, welcome
from cms.sessions.step_up import fresh_factor

app_name = "accounts"
urlpatterns = [
    path("equipe/", team.team, name="team"),
    path("equipe/inviter/", fresh_factor(team.invite), name="invite"),
    path("equipe/revue/", fresh_factor(team.review), name="review"),
    path("equipe/invitations/<uuid:pk>/", fresh_factor(team.invitation), name="invitation"),
    path("equipe/<uuid:pk>/", team.member, name="member"),
    path("equipe/<uuid:pk>/prolonger/", fresh_factor(team.member_renew), name="member_renew"),
    path("equipe/<uuid:pk>/fin/", fresh_factor(team.member_end), name="member_end"),
    path("equipe/<uuid:pk>/seconde-preuve/", fresh_factor(team.member_factor), name="member_factor"),
    path("equipe/<uuid:pk>/rouvrir/", fresh_factor(team.member_reopen), name="member_reopen"),
    path("invitation/", welcome.welcome, name="welcome"),
    path("invitation/<str:token>/", welcome.link, name="link"),
]
