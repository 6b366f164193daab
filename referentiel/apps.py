from django.apps import AppConfig


class ReferentielConfig(AppConfig):
    name = "referentiel"
    label = "referentiel"
    verbose_name = "Référentiel"

    def ready(self):
        from cms.kit.constraints import sentence_register
        from cms.wall.sql import insert_only
        from referentiel import impacts, notifications, sentences, settings
        from referentiel.home import panels
        from referentiel.reading import writing

        insert_only("referentiel_confirmedmark")
        impacts.register()
        notifications.register()
        panels.register()
        sentences.register()
        settings.register()
        writing.register()
        sentence_register(
            assessment_frozen="Cette auto-évaluation est envoyée : elle ne change plus.",
            confirmed_mark_once="Cette exigence vient d’être décidée par une autre personne. Rechargez la page.",
            derogation_by_two="Une autre personne de la coordination accorde cette dérogation.",
            derogation_frozen="Cette dérogation ne change plus.",
            observation_unique="Une autre personne de l’équipe vient de répondre. Rechargez la page.",
            visit_answer="La direction de la structure envoie les observations.",
            visit_frozen="Cette visite est close : elle ne change plus.",
            visit_one_open="Une visite de cette structure est déjà en cours : terminez-la d’abord.",
            visit_step="Cette visite a avancé entre-temps. Rechargez la page.",
            visit_undecided="Décidez d’abord de chaque exigence.",
            mark_unique="Une autre personne de l’équipe vient de répondre. Rechargez la page.",
        )
