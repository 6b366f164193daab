from importlib import import_module

from django.apps import AppConfig

DECLARATIONS = (
    "cases.common.settings",
    "cases.notices.notifications",
    "cases.extra.notifications",
    "cases.extra.settings",
    "cases.extra.words",
    "cases.files.protection.settings",
    "cases.files.words",
    "cases.requests.board.displays",
    "cases.requests.notifications",
    "cases.requests.settings",
    "cases.requests.unverified.notifications",
    "cases.requests.words",
    "cases.grid.notifications",
    "cases.grid.settings",
    "cases.grid.words",
    "cases.guard.notifications",
    "cases.guard.settings",
    "cases.guard.words",
    "cases.proposals.notifications",
    "cases.proposals.settings",
    "cases.proposals.words",
    "cases.stays.notifications",
    "cases.stays.settings",
    "cases.stays.words",
    "cases.matching.notifications",
    "cases.matching.settings",
    "cases.matching.words",
    "cases.arrival.convention.settings",
    "cases.arrival.notifications",
    "cases.arrival.settings",
    "cases.arrival.words",
    "cases.circuit.notifications",
    "cases.circuit.settings",
    "cases.circuit.words",
    "cases.incidents.authorities.settings",
    "cases.incidents.learning.settings",
    "cases.incidents.notifications",
    "cases.incidents.runaways.settings",
    "cases.incidents.settings",
    "cases.incidents.targets.settings",
    "cases.incidents.words",
    "cases.voice.notifications",
    "cases.voice.settings",
    "cases.voice.words",
    "cases.history.words",
    "cases.home.panels",
    "cases.home.search",
)
"""Modules in which the capabilities declare what they add to the registries of the application, lowest first."""


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"
    verbose_name = "Situations"

    def ready(self) -> None:
        from cms.sessions.drafts import draft_form_register
        from cms.wall.sql import insert_only

        insert_only("cases_matchingrules", "cases_matching", "cases_placeconfirmation", "cases_sollicitationmessage")
        insert_only("cases_gridversion", "cases_filledgrid", "cases_severitytargets")
        insert_only("cases_switchboardcall", "cases_authoritynotice", "cases_authoritywaiver", "cases_shelter")
        insert_only("cases_incidentchild", "cases_incidentevent", "cases_incidentreview", "cases_incidentcause")
        insert_only("cases_incidentpair", "cases_runawayreturn", "cases_noticeproof")
        insert_only("cases_linkingagreement", "cases_linkingversion", "cases_payeragreement", "cases_circuitversion")
        insert_only("cases_stayreview", "cases_voicereply", "cases_proposalmessage")
        for module in DECLARATIONS:
            import_module(module).register()
        draft_form_register(
            {
                "cases:request_new": "Demande d’accueil",
                "cases:incident_new": "Déclaration d’une situation préoccupante",
                "cases:incident_outside": "Déclaration en confiance",
                "cases:proposal": "Réponse à une proposition",
            }
        )
