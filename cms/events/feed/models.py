"""What happened, thin: a kind and an id. Triggers write it, in the transaction of what happens."""

import uuid

from django.db import models


class Event(models.Model):
    """One thing that happened to one object. Seen by whoever may see that object now: `cms/events/feed/wall.sql`.

    `id` follows the order in which one object changed; `position` that in which changes were committed, given by
    `events_ready()`. Neither is shown: gaps would count what the reader may not see.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField("identifiant", unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("événement", max_length=60)
    object = models.CharField("nature de l’objet", max_length=20)
    object_id = models.CharField("objet", max_length=40)
    at = models.DateTimeField("le")
    is_public = models.BooleanField("de ce que tout le monde lit", default=False)
    position = models.BigIntegerField("rang", null=True, unique=True, editable=False)

    class Meta:
        verbose_name = "événement"
        verbose_name_plural = "événements"
        ordering = ["position"]
        indexes = [
            # The trigger looks for the last event of an object; the job for what has no position yet.
            models.Index(fields=["object_id", "object", "id"], name="event_of_object"),
            models.Index(fields=["id"], name="event_to_number", condition=models.Q(position=None)),
        ]

    def __str__(self) -> str:
        return self.kind
