from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"
    verbose_name = "Situations"

    def ready(self):
        from cases import config_parts, editables, notifications, rings, sentences, settings
        from cases.common import phones
        from cases.home import panels
        from cases.requests.board import displays
        from cms.sessions.drafts import draft_form_register
        from cms.wall.sql import insert_only

        insert_only("cases_matchingrules", "cases_matching", "cases_placeconfirmation", "cases_sollicitationmessage")
        insert_only("cases_gridversion", "cases_filledgrid", "cases_severitytargets")
        insert_only("cases_switchboardcall", "cases_authoritynotice", "cases_authoritywaiver")
        insert_only("cases_incidentchild", "cases_incidentevent", "cases_incidentreview", "cases_incidentcause")
        insert_only("cases_incidentpair", "cases_runawayreturn", "cases_noticeproof")
        insert_only("cases_linkingagreement", "cases_circuitversion", "cases_stayreview")
        config_parts.register()
        displays.register()
        editables.register()
        notifications.register()
        panels.register()
        phones.register()
        rings.register()
        settings.register()
        sentences.register()
        draft_form_register(
            {
                "cases:request_new": "Demande d’accueil",
                "cases:incident_new": "Déclaration d’une situation préoccupante",
                "cases:incident_outside": "Déclaration en confiance",
                "cases:proposal": "Réponse à une proposition",
            }
        )
