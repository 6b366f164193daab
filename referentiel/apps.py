from django.apps import AppConfig


class ReferentielConfig(AppConfig):
    name = "referentiel"
    label = "referentiel"
    verbose_name = "Référentiel"

    def ready(self):
        from cms.access.constraints import sentence_register
        from referentiel import panels, sentences

        panels.register()
        sentences.register()
        sentence_register(
            assessment_frozen="Cette auto-évaluation est envoyée : elle ne change plus.",
            mark_unique="Une autre personne de l’équipe vient de répondre. Rechargez la page.",
        )
