"""Load what every instance needs: territories, lists of values, documents, first pages."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from cms.wall import scope

LOADERS = (
    "cms.territory.services.territory_load",
    "cms.values.services.values_load",
    "cms.documents.versions.services.versions.documents_load",
    "cms.home.services.pages_load",
    "cms.home.services.site_follow",
    "cms.documents.versions.services.pages.document_pages_load",
    "referentiel.reading.services.referentiel_load",
    "formation.curriculum.services.curriculum_load",
    "cases.grid.services.grid_load",
    "cases.circuit.services.circuits_load",
    # Last: rights are given on branches of pages that must exist.
    "cms.home.services.page_permissions_load",
    "cms.home.services.media_permissions_load",
)
"""In this order; each may be run again, and adds only what is missing."""


class Command(BaseCommand):
    help = "Charge les données de référence ; sans effet sur ce qui existe déjà."

    def handle(self, *args: Any, **options: Any) -> None:
        with scope.acting(scope.REFERENCE):
            for loader in LOADERS:
                self.stdout.write(f"{loader.rsplit('.', 1)[-1]} : {import_string(loader)()}")
