"""Pages of the portal."""

from django.urls import path

from referentiel import views

app_name = "referentiel"
urlpatterns = [
    path("", views.read, name="read"),
    path("signer/", views.sign, name="sign"),
    path("engagements/<uuid:acknowledgement_id>/", views.receipt, name="receipt"),
]
