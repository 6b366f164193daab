"""Home, account and pages that everybody may read."""

from django.urls import path

from cms.data_rights.own.portal import own_data
from cms.documents.guides import portal as guides
from cms.portal import displays as display_views, search, sessions as session_views, software, tokens, views
from cms.sessions.mask import portal as mask_views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("aide/", guides.help_page, name="help"),
    path("aide/<slug:name>/", guides.guide_page, name="guide"),
    path("chercher/", search.search_page, name="search"),
    path("mon-compte/", views.account, name="account"),
    path("mon-compte/mes-donnees/", own_data, name="own_data"),
    path("mon-compte/jetons/", tokens.token_list, name="tokens"),
    path("mon-compte/jetons/nouveau/", tokens.token_new, name="token_new"),
    path("mon-compte/jetons/<uuid:pk>/", tokens.token_less, name="token_less"),
    path("mon-compte/jetons/<uuid:pk>/revoquer/", tokens.token_end, name="token_end"),
    path("mon-compte/logiciels/demander/", software.software_new, name="software_new"),
    path("mon-compte/logiciels/<uuid:pk>/cle/", software.software_key_new, name="software_key"),
    path("mon-compte/logiciels/<uuid:pk>/arreter/", software.software_end, name="software_end"),
    path("mon-compte/connexions/", session_views.sessions, name="sessions"),
    path("mon-compte/connexions/autres/terminer/", session_views.sessions_close, name="sessions_close"),
    path("mon-compte/connexions/<uuid:pk>/terminer/", session_views.session_close, name="session_close"),
    path("mon-compte/connexion/", session_views.session_clock, name="session"),
    path("mon-compte/connexion/rester/", session_views.session_stay, name="session_stay"),
    path("mon-compte/saisie/garder/", session_views.draft_save, name="draft_save"),
    path("mon-compte/saisie/effacer/", session_views.draft_drop, name="draft_drop"),
    path("mon-compte/affichages/", display_views.display_list, name="displays"),
    path("mon-compte/affichages/<uuid:pk>/fermer/", display_views.display_close, name="display_close"),
    path("mon-compte/affichages/ouvrir/<str:kind>/", display_views.display_open, name="display_open"),
    path(
        "mon-compte/affichages/ouvrir/<str:kind>/<uuid:object_id>/", display_views.display_open, name="display_about"
    ),
    path("ecran/", display_views.display_code, name="display_code"),
    path("ecran/<str:token>/", display_views.display, name="display"),
    path("meteo/", mask_views.neutral, name="neutral"),
    path("masquer/", mask_views.mask, name="mask"),
    path("robots.txt", views.robots, name="robots"),
]
