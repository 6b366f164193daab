"""What waits for me, and how I want to be told."""

from django.urls import path

from cms.notify.inbox import portal as views

app_name = "inbox"
urlpatterns = [
    path("", views.inbox_list, name="list"),
    path("lire/", views.inbox_read_all, name="read_all"),
    path("choix/", views.inbox_choices, name="choices"),
    path("<uuid:pk>/", views.inbox_open, name="open"),
    path("<uuid:pk>/lire/", views.inbox_read, name="read"),
]
