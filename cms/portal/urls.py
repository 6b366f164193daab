"""Home, account and pages that everybody may read."""

from django.urls import path

from cms.portal import tokens, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("mon-compte/", views.account, name="account"),
    path("mon-compte/jetons/", tokens.token_list, name="tokens"),
    path("mon-compte/jetons/nouveau/", tokens.token_new, name="token_new"),
    path("mon-compte/jetons/<uuid:pk>/revoquer/", tokens.token_end, name="token_end"),
    path("robots.txt", views.robots, name="robots"),
]
