"""What a service or a structure says of who a minor is: sealed, signed by who said it, never written over."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.files.models import Case
from cms.vault.fields import SealedDateField, SealedJSONField, SealedTextField


class IdentityGiven(models.Model):
    """One answer to « Identité du jeune ». Read under a reveal of the identity, and by the person who gave it while
    they may still add to it; the coordination takes it over into the identity. Only `taken_at` changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, verbose_name="situation", related_name="identities_given")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, verbose_name="service ou structure", related_name="+"
    )
    last_name = SealedTextField("nom", blank=True, max_length=120)
    first_name = SealedTextField("prénom", blank=True, max_length=120)
    birth_date = SealedDateField("date de naissance", null=True, blank=True)
    aliases = SealedJSONField("autres identités", default=list, blank=True)
    phone = SealedTextField("téléphone", blank=True, max_length=40)
    parts = ArrayField(models.CharField(max_length=12), verbose_name="ce qui est dit", default=list)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name="dite par", related_name="+"
    )
    given_at = models.DateTimeField("dite le")
    taken_at = models.DateTimeField("reprise le", null=True, blank=True)

    class Meta:
        verbose_name = "identité donnée"
        verbose_name_plural = "identités données"
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return str(self.case_id)
