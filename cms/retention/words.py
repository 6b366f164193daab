"""What the actions and the refusals of the app are called on the screens."""

from cms.kit.constraints import sentence_register
from cms.kit.words import actions_register

NOT_YOURS = "Votre accord est déjà donné, ou l’autre signature doit venir d’une autre personne."


def register() -> None:
    actions_register(
        {
            "retention.rule.propose": "règle de conservation proposée",
            "retention.rule.sign": "règle de conservation signée",
            "retention.rule.dismiss": "règle de conservation écartée",
            "retention.hold.place": "conservation forcée posée",
            "retention.hold.lift": "conservation forcée levée",
            "retention.run.prepare": "lot à effacer préparé",
            "retention.run.sign": "lot à effacer signé",
            "retention.run.dismiss": "lot à effacer écarté",
            "retention.run.finish": "lot effacé",
            "retention.object.forget": "effacé au terme de sa conservation",
            "retention.object.replay": "effacé de nouveau après une restauration",
        }
    )
    sentence_register(
        retention_not_yours=NOT_YOURS,
        retention_rule_one_waiting="Une règle attend déjà une signature : signez-la ou écartez-la d’abord.",
        retention_rule_months_plausible="Une durée va d’un mois à cent ans.",
        retention_nothing_held="Ce dossier n’existe pas, ou il est déjà effacé.",
        retention_run_archives_told="Dites ce que les archives ont répondu.",
    )
