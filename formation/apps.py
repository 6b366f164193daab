from django.apps import AppConfig


class FormationConfig(AppConfig):
    name = "formation"
    label = "formation"
    verbose_name = "Formation"

    def ready(self) -> None:
        from cms.events.feed.rules import address_register
        from formation.attendance import displays, settings as attendance
        from formation.attestations import notifications as renewals, settings as attestations
        from formation.closure import settings as closure
        from formation.curriculum import settings as curriculum
        from formation.curriculum.selectors import modules_proposed
        from formation.home import panels, search
        from formation.people import settings as people
        from formation.questions import settings as questions
        from formation.sessions import notifications, settings as sessions
        from formation.sessions.invitations import notifications as invitations
        from formation.support import settings as support
        from formation.year_plan import settings as year_plan
        from referentiel.common.rules import modules_register

        address_register("session", lambda pk: f"/api/v1/formation/sessions/{pk}/")
        # « Réglages » lists them in this order.
        for capability in (people, attendance, attestations, questions, sessions, closure, support, year_plan):
            capability.register()
        curriculum.register()
        displays.register()
        panels.register()
        search.register()
        modules_register(modules_proposed)
        for messages in (notifications, renewals, invitations):
            messages.register()
