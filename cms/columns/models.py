"""Views of a list: what a person chose to see of it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cms.users.roles import Role


class SavedView(models.Model):
    """Columns, filters and order of a list, under a name. Kept by its author, or shared with roles: whoever opens it
    sees their own rows and the columns that they may read. It gives no right.

    `code` names a shared view in the file of configuration. Read by its author; shared, by those roles and by whoever
    manages cases, who change it too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list_code = models.CharField("liste", max_length=60, editable=False)
    code = models.SlugField("code", max_length=80, editable=False)
    title = models.CharField("nom de la vue", max_length=60)
    columns = models.JSONField("colonnes", default=list)
    condition = models.JSONField("filtres", default=dict, blank=True)
    sort = models.JSONField("ordre", default=list, blank=True)
    shared_with = ArrayField(
        models.CharField(max_length=30, choices=Role.choices), verbose_name="partagée avec", default=list, blank=True
    )
    default_for = ArrayField(
        models.CharField(max_length=30, choices=Role.choices), verbose_name="s’ouvre d’abord pour", default=list,
        blank=True,
    )  # fmt: skip
    position = models.PositiveSmallIntegerField("ordre des onglets", default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="auteur", related_name="+"
    )
    changed_at = models.DateTimeField("modifiée le", auto_now=True)
    removed_at = models.DateTimeField("retirée le", null=True, blank=True)

    class Meta:
        verbose_name = "vue d’une liste"
        verbose_name_plural = "vues des listes"
        ordering = ["position", "title"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(default_for__contained_by=F("shared_with")),
                name="savedview_default_is_shared",
                violation_error_message="Une vue ne s’ouvre d’abord que pour ceux avec qui elle est partagée.",
            ),
            models.UniqueConstraint(
                fields=["author", "list_code", "title"],
                condition=Q(removed_at=None),
                name="savedview_title_of_author",
                violation_error_message="Vous avez déjà une vue de ce nom.",
            ),
            models.UniqueConstraint(
                fields=["list_code", "code"],
                condition=Q(removed_at=None) & ~Q(shared_with=[]),
                name="savedview_code_shared",
                violation_error_message="Une vue partagée de cette liste porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_shared(self) -> bool:
        return bool(self.shared_with)


class ViewDefault(models.Model):
    """The view with which one person opens a list; without a view, the whole list whatever their role opens first.
    Read and written by that person alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    list_code = models.CharField("liste", max_length=60)
    view = models.ForeignKey(SavedView, on_delete=models.PROTECT, null=True, blank=True, related_name="defaults")

    class Meta:
        verbose_name = "vue ouverte d’abord"
        verbose_name_plural = "vues ouvertes d’abord"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "list_code"], name="viewdefault_one_a_list")]

    def __str__(self) -> str:
        return self.list_code
