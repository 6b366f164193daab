"""Pages of the portal."""

from django.urls import path

from referentiel import views

app_name = "referentiel"
urlpatterns = [
    path("", views.read, name="read"),
    path("pdf/", views.pdf, name="pdf"),
    path("chercher/", views.search, name="search"),
    path("changements/", views.changes, name="changes"),
    path("chapitres/<str:code>/lu/", views.chapter_read, name="chapter_read"),
    path("exigences/<str:code>/", views.exigence, name="exigence"),
    path("lectures/", views.readings, name="readings"),
    path("signer/", views.sign, name="sign"),
    path("engagements/<uuid:acknowledgement_id>/", views.receipt, name="receipt"),
    path("engagements/<uuid:acknowledgement_id>/recu/", views.receipt_pdf, name="receipt_pdf"),
    path("engagements/<uuid:acknowledgement_id>/piece/<uuid:piece_pk>/", views.receipt_piece, name="receipt_piece"),
]
