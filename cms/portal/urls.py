"""Home, account and pages that everybody may read."""

from django.urls import path

from cms.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("mon-compte/", views.account, name="account"),
    path("robots.txt", views.robots, name="robots"),
]
