"""Codes of the follow-up of an incident."""

from django.db import models


class EventKind(models.TextChoices):
    NOTE = "note", "note"
    SEVERITY = "severity", "gravité changée"
    SUSPENDED = "suspended", "orientations suspendues"
    RESUMED = "resumed", "suspension levée"
    CLOSED = "closed", "clôture"
    REOPENED = "reopened", "réouverture"
    LINKED = "linked", "rapprochée d’une autre déclaration"
    APART = "apart", "autre déclaration : d’autres faits"
    RETEX = "retex", "retour d’expérience"
