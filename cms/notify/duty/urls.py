"""The page of a call, and what the gateway says."""

from django.urls import path

from cms.notify.duty import portal as views

app_name = "notify"
urlpatterns = [
    path("passerelle/", views.gateway, name="gateway"),
    path("<uuid:pk>/", views.ring, name="ring"),
]
