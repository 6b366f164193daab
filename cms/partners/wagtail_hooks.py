from django.urls import URLPattern, path
from wagtail import hooks

from cms.admin.viewsets import scoped_register
from cms.partners.book.admin.viewsets import NetworkGroup
from cms.partners.conventions.pipeline.admin import pipeline_page
from cms.partners.imports.admin import import_page, import_template

scoped_register(NetworkGroup)


@hooks.register("register_admin_urls")
def page_urls() -> list[URLPattern]:
    return [
        path("partenariats/", pipeline_page, name="havre_pipeline"),
        path("partenariats/importer/", import_page, name="havre_partners_import"),
        path("partenariats/modele/", import_template, name="havre_partners_template"),
    ]
