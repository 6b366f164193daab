"""What screens say: the actions of training, and the refusals of the database."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "auth.answers.refused": "lien de questionnaire refusé",
    "auth.attestation.refused": "vérification d’une attestation inconnue",
    "auth.signing.refused": "signature de présence refusée",
    "formation.answers.export": "résultats de questionnaires exportés",
    "formation.answers.give": "questionnaire rempli",
    "formation.attestation.export": "attestation imprimée",
    "formation.attestation.issue": "attestations établies",
    "formation.attestation.replace": "attestation remplacée",
    "formation.attestation.withdraw": "attestation retirée",
    "formation.attendance.record": "présences relevées",
    "formation.enrolment.cancel": "désinscription",
    "formation.enrolment.enrol": "inscription",
    "formation.enrolment.import": "inscriptions depuis un classeur",
    "formation.enrolment.result": "résultat d’évaluation noté",
    "formation.excuse.tell": "absence prévenue",
    "formation.halfday.correct": "feuille corrigée et signée de nouveau",
    "formation.halfday.countersign": "feuille contresignée",
    "formation.invitation.decline": "invitation à une session déclinée",
    "formation.professional.apart": "deux fiches dites de deux personnes",
    "formation.professional.merge": "deux fiches rapprochées",
    "formation.professional.register": "personne notée",
    "formation.professional.separate": "rapprochement de deux fiches défait",
    "formation.session.cancel": "session annulée",
    "formation.session.close": "session close",
    "formation.session.grow": "place ajoutée à une session",
    "formation.session.print": "feuille d’émargement téléchargée",
    "formation.session.invite": "structures invitées à une session",
    "formation.session.plan": "session planifiée",
    "formation.session.postpone": "session reportée",
    "formation.signature.give": "présence signée",
    "formation.waiting.ask": "attente d’une place demandée",
    "formation.waiting.leave": "attente d’une place retirée",
    "formation.waiting.promote": "place libérée donnée à la liste d’attente",
    "formation.supportact.record": "accompagnement noté",
    "formation.walkin.accepted": "venue sans inscription confirmée",
    "formation.walkin.ask": "venue sans inscription",
    "formation.walkin.refused": "venue sans inscription écartée",
    "formation.yearplan.line": "ligne du plan annuel changée",
    "formation.yearplan.publish": "plan annuel publié",
    "formation.yearplan.write": "plan annuel écrit",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        answersheet_moment="Ce questionnaire n’est pas ouvert en ce moment.",
        answersheet_once="Cette personne vient de répondre. Rechargez la page.",
        attendance_of_enrolled="Une personne n’est pas inscrite à cette session. Inscrivez-la d’abord.",
        attendance_unique="Cette présence vient d’être relevée par quelqu’un d’autre. Rechargez la feuille.",
        attestation_first_once="L’attestation de cette personne vient d’être établie. Rechargez la page.",
        countersignature_rank="Cette feuille vient d’être contresignée. Rechargez-la.",
        enrolment_unique="Cette personne est déjà inscrite à la session.",
        enrolment_within_capacity="La session est complète. Choisissez une autre date.",
        halfday_unique="Deux demi-journées de la session tombent au même moment. Changez l’une des deux.",
        halfday_within_session="Une demi-journée se tient entre le premier et le dernier jour de la session.",
        professional_email_unique="Cette personne ne peut pas être ajoutée ici. Vérifiez son adresse, ou demandez "
        "à la coordination de la rattacher à votre équipe.",
        professionalmerge_once="L’une de ces fiches vient d’être rapprochée. Rechargez la page.",
        sessioninvitation_once="Cette structure vient d’être invitée. Rechargez la page.",
        signature_before_countersignature="La feuille de cette demi-journée vient d’être contresignée.",
        signature_of_session="Cette personne n’est plus inscrite à cette session. Rechargez la page.",
        signature_once="Cette personne vient de signer. Rechargez la page.",
        signature_within_half_day="L’émargement de cette demi-journée n’est pas ouvert.",
        trainer_in_one_place="Une personne qui anime a déjà une autre session à ces heures. Changez d’heure.",
        yearplanline_once="Le plan a déjà cette ligne : changez ses nombres.",
        waitingentry_once="Cette personne attend déjà une place.",
    )
