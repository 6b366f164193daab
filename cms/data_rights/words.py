"""What the screens say of what is done here."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "journal.hold.lift": "conservation forcée du journal levée",
    "journal.hold.place": "conservation forcée du journal posée",
    "journal.month.approve": "retrait d’un mois du journal signé",
    "journal.month.drop": "mois du journal retiré",
    "journal.month.prepare": "retrait d’un mois du journal proposé",
    "rights.own_copy.export": "copie de ses propres données",
    "rights.request.register": "demande de droits inscrite",
    "rights.request.entrust": "demande de droits confiée à la coordination",
    "rights.request.identity": "identité du demandeur vérifiée",
    "rights.request.link": "demande de droits rapprochée d’une situation",
    "rights.request.extend": "délai de réponse prolongé",
    "rights.request.note": "suivi d’une demande de droits",
    "rights.request.rectify": "correction demandée par la personne",
    "rights.request.close": "réponse à une demande de droits",
    "rights.copy.prepare": "copie du dossier relue",
    "rights.copy.agree": "copie du dossier autorisée",
    "rights.copy.export": "copie du dossier produite",
    "rights.alert.receive": "alerte prise en compte",
    "rights.readings.alert": "activité inhabituelle signalée",
    "rights.readings.brake": "lecture refusée par le frein",
    "rights.readings.stop": "lectures d’un compte arrêtées",
    "rights.readings.lift": "lectures d’un compte rouvertes",
    "rights.readings.refused": "lectures d’un compte : accès refusé",
    "rights.readings.read": "« Qui a lu combien » consulté",
    "rights.review.read": "revue des accès consultée",
    "rights.review.sign": "revue des accès signée",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        readingstop_one_at_a_time="Les lectures de ce compte sont déjà arrêtées.",
        readingstop_lifted_whole="Une autre personne, de la direction, doit rouvrir ces lectures.",
        accessreview_once="Vous avez déjà signé la revue de ce mois.",
        rights_alertreceipt_alert_id_key="Cette alerte est déjà prise en compte.",
    )
