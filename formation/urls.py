"""Pages of the portal, and those of whoever signs or checks without an account."""

from django.urls import path

from cms.sessions.step_up import fresh_factor
from formation.attendance.portal import board, scans, sheets, signatures
from formation.attestations import portal as attestations
from formation.closure import portal as closure
from formation.home import portal as home
from formation.people.portal import own, people, teams
from formation.questions import portal as questions
from formation.sessions import portal as sessions
from formation.sessions.invitations import portal as invitations
from formation.support import portal as support
from formation.year_plan import portal as year_plan

app_name = "formation"
urlpatterns = [
    path("", sessions.catalogue, name="catalogue"),
    path("modules/<str:code>/", sessions.module, name="module"),
    path("ma-formation/", home.own_training, name="own"),
    path("mes-sessions/", sessions.sessions_run_list, name="sessions"),
    path("planifier/", sessions.plan, name="plan"),
    path("mon-equipe/", teams.team_list, name="team"),
    path("mon-equipe/ajouter/", teams.team_add, name="team-add"),
    path("mon-equipe/competences/", people.team_skills, name="team-skills"),
    path("competences/", people.network_skills, name="skills"),
    path("accompagnements/", support.log, name="support"),
    path("accompagnements/noter/", support.add, name="support-add"),
    path("doublons/", people.doubles_list, name="doubles"),
    path("doublons/<uuid:one_id>/<uuid:other_id>/", people.pair, name="pair"),
    path("rapprochements/<uuid:merge_id>/defaire/", people.separate, name="separate"),
    path("sessions/<uuid:session_id>/", sessions.session, name="session"),
    path("sessions/<uuid:session_id>/ajouter/", teams.trainee_add, name="trainee-add"),
    path("sessions/<uuid:session_id>/inscrire/", teams.team_enrol, name="team-enrol"),
    path("sessions/<uuid:session_id>/inviter/", invitations.invite, name="invite"),
    path("invitations/<uuid:invitation_id>/decliner/", invitations.decline, name="invitation-decline"),
    path("sessions/<uuid:session_id>/importer/", people.workbook, name="workbook"),
    path("sessions/<uuid:session_id>/importer/modele/", people.template, name="workbook-template"),
    path("sessions/<uuid:session_id>/presences/", sheets.attendance, name="attendance"),
    path("sessions/<uuid:session_id>/emargement/", sheets.paper_sheet, name="paper-sheet"),
    path("sessions/<uuid:session_id>/emargement/pdf/", fresh_factor(sheets.sheet_download), name="sheet-pdf"),
    path("sessions/<uuid:session_id>/pieces/ajouter/", scans.add, name="session_piece_add"),
    path("sessions/<uuid:session_id>/pieces/<uuid:piece_pk>/", scans.read, name="session_piece"),
    path("sessions/<uuid:session_id>/pieces/<uuid:piece_pk>/retirer/", scans.remove, name="session_piece_remove"),
    path("plan/", year_plan.plans, name="year-plans"),
    path("plan/ouvrir/", year_plan.write, name="year-plan-new"),
    path("plan/<int:year>/", year_plan.plan, name="year-plan"),
    path("plan/<int:year>/objectifs/", year_plan.write, name="year-plan-write"),
    path("plan/<int:year>/ligne/", year_plan.line, name="year-plan-line"),
    path("plan/<int:year>/publier/", year_plan.publish, name="year-plan-publish"),
    path("sessions/<uuid:session_id>/clore/", closure.close, name="close"),
    path("sessions/<uuid:session_id>/annuler/", closure.cancel, name="cancel"),
    path("sessions/<uuid:session_id>/reporter/", closure.postpone, name="postpone"),
    path("sessions/<uuid:session_id>/agenda/", sessions.calendar, name="calendar"),
    path("sessions/<uuid:session_id>/resultats/", attestations.results, name="results"),
    path("sessions/<uuid:session_id>/attestations/", attestations.of_session, name="attestations"),
    path("sessions/<uuid:session_id>/attestations/imprimer/", attestations.printed, name="attestations-pdf"),
    path("sessions/<uuid:session_id>/questionnaires/", questions.results, name="questionnaires"),
    path(
        "sessions/<uuid:session_id>/questionnaires/exporter/",
        fresh_factor(questions.export),
        name="questionnaires-export",
    ),
    path("sessions/<uuid:session_id>/questionnaires/appareil/", questions.on_device, name="questionnaire-device"),
    path("evaluation/", questions.evaluation, name="evaluation"),
    path("inscriptions/<uuid:enrolment_id>/questionnaire/", questions.own, name="questionnaire-own"),
    path("questionnaire/<str:token>/", questions.answer, name="answer"),
    path("sessions/<uuid:session_id>/m-inscrire/", own.enrol, name="enrol-own"),
    path("inscriptions/<uuid:enrolment_id>/rendre/", own.leave, name="leave-own"),
    path("inscriptions/<uuid:enrolment_id>/annuler/", teams.enrolment_end, name="enrolment-cancel"),
    path("inscriptions/<uuid:enrolment_id>/absence/", board.excuse, name="excuse"),
    path("attente/<uuid:entry_id>/retirer/", teams.waiting_leave, name="waiting-leave"),
    path("demi-journees/<uuid:half_day_id>/", board.board, name="board"),
    path("demi-journees/<uuid:half_day_id>/contresigner/", board.countersign, name="countersign"),
    path("demi-journees/<uuid:half_day_id>/appareil/", board.device, name="device"),
    path("arrivees/<uuid:walk_in_id>/", board.walk_in_decide, name="walk-in"),
    path("attestations/<uuid:attestation_id>/", attestations.download, name="attestation"),
    path("attestations/<uuid:attestation_id>/remplacer/", attestations.replace, name="attestation-replace"),
    path("attestations/<uuid:attestation_id>/retirer/", attestations.withdraw, name="attestation-withdraw"),
    path("verifier/", attestations.verify, name="attestation-verify"),
    path("verifier/<str:number>/<str:code>/", attestations.check, name="attestation-check"),
    path("emarger/", signatures.code, name="signing-code"),
    path("emarger/signer/", signatures.sign, name="signing-sign"),
    path("emarger/inscription/", signatures.walk_in, name="signing-walk-in"),
    path("emarger/signe/", signatures.signed, name="signing-done"),
    path("emarger/<str:token>/", signatures.scanned, name="signing-scan"),
    path("emarger/<str:token>/code/", signatures.drawing, name="signing-drawing"),
]
