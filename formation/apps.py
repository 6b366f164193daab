from django.apps import AppConfig


class FormationConfig(AppConfig):
    name = "formation"
    label = "formation"
    verbose_name = "Formation"

    def ready(self):
        from cms.access.constraints import sentence_register
        from formation import displays, panels, receivers, settings  # noqa: F401

        displays.register()

        sentence_register(
            attendance_of_enrolled="Une personne n’est pas inscrite à cette session. Inscrivez-la d’abord.",
            attendance_unique="Cette présence vient d’être relevée par quelqu’un d’autre. Rechargez la feuille.",
            enrolment_unique="Cette personne est déjà inscrite à la session.",
            enrolment_within_capacity="La session est complète. Choisissez une autre date.",
            halfday_within_session="Une demi-journée se tient entre le premier et le dernier jour de la session.",
            professional_email_unique="Cette personne ne peut pas être ajoutée ici. Vérifiez son adresse, ou demandez "
            "à la coordination de la rattacher à votre équipe.",
        )
