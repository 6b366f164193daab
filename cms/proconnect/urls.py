"""Sign-in through ProConnect, under /compte/proconnect/."""

from django.urls import path

from cms.proconnect.portal import views

app_name = "proconnect"
urlpatterns = [
    path("entrer/", views.login, name="login"),
    path("retour/", views.callback, name="callback"),
    path("demande/", views.waiting, name="waiting"),
    path("relier/", views.link, name="link"),
    path("sortie/", views.left, name="left"),
]
