"""Pages of the portal."""

from django.urls import path

from referentiel.assessments.portal import (
    assessment,
    assessment_carry,
    assessment_chapter,
    assessment_done,
    assessment_evidence,
    assessment_piece,
    assessment_renew,
    assessment_send,
    assessment_step,
)
from referentiel.home.portal import assessments
from referentiel.reading.portal import changes, chapter_read, exigence, pdf, read, readings, search
from referentiel.signing.portal import receipt, receipt_pdf, receipt_piece, sign
from referentiel.visits.portal import visit, visit_chapter, visit_letter, visit_send

app_name = "referentiel"
urlpatterns = [
    path("", read, name="read"),
    path("pdf/", pdf, name="pdf"),
    path("chercher/", search, name="search"),
    path("changements/", changes, name="changes"),
    path("chapitres/<str:code>/lu/", chapter_read, name="chapter_read"),
    path("exigences/<str:code>/", exigence, name="exigence"),
    path("lectures/", readings, name="readings"),
    path("evaluations/", assessments, name="assessments"),
    path("evaluations/<uuid:pk>/", assessment, name="assessment"),
    path("evaluations/<uuid:pk>/chapitres/<str:code>/", assessment_chapter, name="assessment_chapter"),
    path("evaluations/<uuid:pk>/exigences/<str:code>/action/", assessment_step, name="assessment_step"),
    path("evaluations/<uuid:pk>/exigences/<str:code>/faite/", assessment_done, name="assessment_done"),
    path("evaluations/<uuid:pk>/exigences/<str:code>/preuve/", assessment_evidence, name="assessment_evidence"),
    path("evaluations/<uuid:pk>/preuves/<uuid:piece_pk>/", assessment_piece, name="assessment_piece"),
    path("evaluations/<uuid:pk>/envoyer/", assessment_send, name="assessment_send"),
    path("evaluations/<uuid:pk>/nouvelle-version/", assessment_carry, name="assessment_carry"),
    path("evaluations/<uuid:pk>/preuves/<uuid:proof_pk>/renouveler/", assessment_renew, name="assessment_renew"),
    path("visites/<uuid:pk>/", visit, name="visit"),
    path("visites/<uuid:pk>/chapitres/<str:code>/", visit_chapter, name="visit_chapter"),
    path("visites/<uuid:pk>/envoyer/", visit_send, name="visit_send"),
    path("visites/<uuid:pk>/lettre/", visit_letter, name="visit_letter"),
    path("signer/", sign, name="sign"),
    path("engagements/<uuid:acknowledgement_id>/", receipt, name="receipt"),
    path("engagements/<uuid:acknowledgement_id>/recu/", receipt_pdf, name="receipt_pdf"),
    path("engagements/<uuid:acknowledgement_id>/piece/<uuid:piece_pk>/", receipt_piece, name="receipt_piece"),
]
