from django.apps import AppConfig

SENTENCES = {
    "acknowledgement_unique": "Cette structure a déjà signé cette version.",
    "proposal_open_unique": "Une version de ce document attend déjà : publiez-la ou retirez-la d’abord.",
    "documents_proposal_step": "Une version proposée ne change pas, et la personne désignée seule la valide.",
    "document_by_two": "Ce qui engage des partenaires, ou les en délie, se décide à deux : demandez-le.",
    "document_as_made": "Le code d’un document, et qui signe ceux du produit, ne changent pas.",
    "document_standard_delay": "Le délai du référentiel se change dans « Délais et seuils ».",
    "visibility_two_people_wide": "Ouvrir davantage demande deux personnes : demandez-le, une autre décide.",
    "version_number_unique": "Ce numéro de version existe déjà.",
    "version_sequence_unique": "Une autre version vient d’être publiée. Rechargez la page.",
}
"""What the constraints say to people."""
INSERT_ONLY = (
    "documents_documentversion",
    "documents_clauseversion",
    "documents_acknowledgement",
    "documents_reading",
    "documents_unitreview",
)


class DocumentsConfig(AppConfig):
    name = "cms.documents"
    label = "documents"
    verbose_name = "Documents publiés"

    def ready(self) -> None:
        from cms.documents import search
        from cms.documents.content.services import PURGE
        from cms.documents.kinds import notifications as asked, settings as kinds
        from cms.documents.proposals import settings as proposals
        from cms.documents.signatures import notifications as signing, panels, settings as signatures
        from cms.documents.units import notifications as reviews, settings as units
        from cms.documents.versions import integrity, notifications as publications, settings as versions
        from cms.documents.visibility import notifications as openings, settings as visibility
        from cms.events.feed.rules import address_register
        from cms.events.feed.services import public_task_register
        from cms.kit.constraints import sentence_register
        from cms.operations.integrity import check_register
        from cms.wall.sql import insert_only

        for declared in (search, proposals, signing, panels, signatures, reviews, units):
            declared.register()
        for declared in (publications, versions, openings, visibility, asked, kinds):
            declared.register()
        public_task_register(PURGE)
        address_register("page", lambda pk: f"/api/content/v2/pages/{pk}/")
        address_register("version", lambda pk: f"/api/v1/documents/versions/{pk}/")
        insert_only(*INSERT_ONLY)
        check_register("versions", "Versions publiées", integrity.versions_check)
        check_register("acknowledgements", "Prises de connaissance", integrity.acknowledgements_check)
        sentence_register(**SENTENCES)
