"""What authors are told of what was to be published by itself."""

import uuid

from django.urls import reverse
from wagtail.models import Page

from cms.documents.versions.policies import PUBLISHERS
from cms.documents.versions.services.schedule import MISSED, PAGE_MISSED
from cms.notify.inbox.rules import NotificationKind, notification_register
from cms.users.roles import Role


def _proposal_url(pk: uuid.UUID) -> str:
    return reverse("documents_proposal", args=[pk])


def _page_url(key: uuid.UUID) -> str:
    page = Page.objects.filter(translation_key=key).first()
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else reverse("wagtailadmin_home")


def register() -> None:
    notification_register(
        NotificationKind(
            kind=MISSED,
            label="Une version n’a pas été publiée le jour prévu",
            subject="Une version n’a pas été publiée",
            body="Bonjour,\n\nUne version que vous aviez programmée n’a pas pu être publiée. La raison est sur sa "
            "page : {lien}",
            url=_proposal_url,
            roles=PUBLISHERS,
            is_information=True,
        )
    )
    notification_register(
        NotificationKind(
            kind=PAGE_MISSED,
            label="Une page programmée n’a pas changé le jour prévu",
            subject="Une page programmée n’a pas changé",
            body="Bonjour,\n\nUne page dont vous aviez programmé la mise en ligne ou le retrait est restée telle "
            "quelle. Reprenez-la : {lien}",
            url=_page_url,
            roles=(*PUBLISHERS, Role.TRAINER),
            is_information=True,
        )
    )
