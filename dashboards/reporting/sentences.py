"""What the screens say of what is done here, and of what the database refuses."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

ACTIONS = {
    "reporting.period.ask": "clôture d’une période demandée",
    "reporting.period.agree": "période close",
    "reporting.period.dismiss": "clôture d’une période écartée",
    "reporting.period.revise": "révision d’une période close expliquée",
    "reporting.period.export": "période close téléchargée",
    "reporting.history.ask": "chargement d’un registre demandé",
    "reporting.history.agree": "registre d’une année passée chargé",
    "reporting.history.dismiss": "chargement d’un registre écarté",
    "reporting.history.read": "registre d’une année passée lu",
    "reporting.release.ask": "publication préparée",
    "reporting.release.agree": "publication décidée",
    "reporting.release.dismiss": "publication écartée",
    "reporting.release.read": "publication lue ou téléchargée",
    "reporting.target.set": "cible de la convention fixée",
    "reporting.question.ask": "question posée à l’autre partie",
    "reporting.question.answer": "question répondue",
    "reporting.committee.add": "comité inscrit au calendrier",
    "reporting.committee.change": "comité modifié",
}


def register() -> None:
    actions_register(ACTIONS)
    sentence_register(
        closedperiod_once="Cette période est déjà close, ou attend d’être décidée.",
        closedperiod_two_people="Une autre personne que celle qui a demandé doit décider.",
        historyimport_once="Ce registre est déjà chargé, ou attend d’être décidé.",
        historyimport_two_people="Une autre personne que celle qui a demandé doit décider.",
        release_once="Cette période est déjà publiée, ou attend d’être décidée.",
        release_two_people="Une autre personne que celle qui a demandé doit décider.",
        reporting_decided="Ce qui a été décidé à deux ne change plus.",
        statequestion_answered="Cette question a déjà sa réponse.",
        target_once="Cette cible vient d’être fixée : rechargez la page.",
    )
