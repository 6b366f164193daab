"""Limits and delays of attachments, and what they move today."""

import datetime as dt

from django.db.models import Count
from django.utils import timezone

from cms.files.models import Attachment
from cms.values.settings import setting_counts_register, setting_register, setting_value

MEGABYTE = 1024 * 1024
LARGEST_MEGABYTES = 25


def register() -> None:
    _impacts()
    setting_register(
        "files.max_megabytes",
        "Pièces : taille d’un fichier",
        10,
        unit="Mo",
        help="Un fichier plus gros est refusé.",
        least=1,
        most=LARGEST_MEGABYTES,
    )
    setting_register(
        "files.max_per_object",
        "Pièces : nombre par dossier",
        30,
        unit="pièces",
        help="Compte les pièces que personne n’a retirées.",
        least=1,
        most=200,
    )
    setting_register(
        "files.removed_days",
        "Pièces : délai avant destruction",
        30,
        unit="jours",
        help="Une pièce retirée ne s’ouvre plus ; passé ce délai, son contenu est détruit.",
        most=365,
    )


def _impacts() -> None:
    setting_counts_register("files.removed_days", "Pièces retirées à détruire cette nuit", _to_destroy)
    setting_counts_register("files.max_megabytes", "Pièces déjà jointes plus grosses, qui restent", _larger)
    setting_counts_register("files.max_per_object", "Dossiers où plus rien ne se joint", _full)


def _to_destroy() -> int:
    limit = timezone.now() - dt.timedelta(days=setting_value("files.removed_days"))
    return Attachment.objects.filter(removed_at__lt=limit).with_body().count()


def _larger() -> int:
    return Attachment.objects.filter(removed_at=None, size__gt=setting_value("files.max_megabytes") * MEGABYTE).count()


def _full() -> int:
    objects = Attachment.objects.filter(removed_at=None).order_by().values("object_kind", "object_id")
    return objects.annotate(n=Count("pk")).filter(n__gte=setting_value("files.max_per_object")).count()
