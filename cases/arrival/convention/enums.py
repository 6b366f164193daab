"""The papers of a stay."""

from django.db import models


class Paper(models.TextChoices):
    """Two papers printed from one version: its parts have these keys."""

    CONVENTION = "convention", "convention tripartite"
    PROTOCOL = "protocol", "protocole de sécurité"

    @property
    def stem(self) -> str:
        """How an address and a file name say it."""
        return {"convention": "convention-tripartite", "protocol": "protocole-de-securite"}[self.value]

    @classmethod
    def of_stem(cls, stem: str) -> "Paper | None":
        return next((paper for paper in cls if paper.stem == stem), None)
