from django.db import models


class Outcome(models.TextChoices):
    DONE = "done", "fait"
    READ = "read", "consulté"
    REFUSED = "refused", "refusé"
