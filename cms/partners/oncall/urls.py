"""The page where a direction sets the line of its structure."""

from django.urls import path

from cms.partners.oncall import portal
from cms.sessions.step_up import fresh_factor

app_name = "oncall"
urlpatterns = [
    path("equipe/astreinte/", fresh_factor(portal.line_page), name="line"),
    path("equipe/astreinte/<uuid:pk>/", fresh_factor(portal.line_page), name="line_of"),
]
