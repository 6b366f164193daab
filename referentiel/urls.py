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
    path("evaluations/", views.assessments, name="assessments"),
    path("evaluations/<uuid:pk>/", views.assessment, name="assessment"),
    path("evaluations/<uuid:pk>/chapitres/<str:code>/", views.assessment_chapter, name="assessment_chapter"),
    path("evaluations/<uuid:pk>/exigences/<str:code>/action/", views.assessment_step, name="assessment_step"),
    path("evaluations/<uuid:pk>/exigences/<str:code>/faite/", views.assessment_done, name="assessment_done"),
    path("evaluations/<uuid:pk>/exigences/<str:code>/preuve/", views.assessment_evidence, name="assessment_evidence"),
    path("evaluations/<uuid:pk>/preuves/<uuid:piece_pk>/", views.assessment_piece, name="assessment_piece"),
    path("evaluations/<uuid:pk>/envoyer/", views.assessment_send, name="assessment_send"),
    path("evaluations/<uuid:pk>/nouvelle-version/", views.assessment_carry, name="assessment_carry"),
    path("evaluations/<uuid:pk>/preuves/<uuid:proof_pk>/renouveler/", views.assessment_renew, name="assessment_renew"),
    path("visites/<uuid:pk>/", views.visit, name="visit"),
    path("visites/<uuid:pk>/chapitres/<str:code>/", views.visit_chapter, name="visit_chapter"),
    path("visites/<uuid:pk>/envoyer/", views.visit_send, name="visit_send"),
    path("visites/<uuid:pk>/lettre/", views.visit_letter, name="visit_letter"),
    path("signer/", views.sign, name="sign"),
    path("engagements/<uuid:acknowledgement_id>/", views.receipt, name="receipt"),
    path("engagements/<uuid:acknowledgement_id>/recu/", views.receipt_pdf, name="receipt_pdf"),
    path("engagements/<uuid:acknowledgement_id>/piece/<uuid:piece_pk>/", views.receipt_piece, name="receipt_piece"),
]
