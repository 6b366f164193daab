"""Codes of the lists of values on which the workflow and the indicators rely (see `cms/values/data/lists.json`)."""

from django.db import models

NATURE_CARE = "nature:PEC"
"""Request to take a minor in: the only nature that indicator 1 counts."""

CHANNEL_PORTAL = "canal:PORTAIL"
CHANNEL_PUBLIC = "canal:PUBLIC"
"""The public form, of a unit that the coordination then called back through its switchboard."""
CHANNEL_PHONE = "canal:TEL"
CHANNEL_ON_CALL = "canal:ASTREINTE"
CHANNEL_PAPER = "canal:PAPIER"
REQUESTER_ASE = "acteur:ASE-INS"
"""Type of requesting service of an ASE authority, unless another is told."""
FAMILIES_FOLLOWING = ("ASE", "PJJ", "ASSOCIATION")
"""Families of services that follow the minor once in the structure."""

TAKEN_OVER = "motif_derogation:REPRISE"
"""Why a stay of a register has no agreements: it was over before Havre. Nobody chooses it."""

ORIENTATION_NETWORK = "decision:RESEAU"
ORIENTATION_ORDINARY = "decision:DROIT-COMMUN"
OUTCOME_ADVICE = "decision:APPUI"
ORIENTATIONS = (ORIENTATION_NETWORK, ORIENTATION_ORDINARY)

ANSWER_ACCEPTED = "reponse:ACC"
ANSWER_CONDITIONAL = "reponse:ACC-COND"
ANSWERS_ACCEPTING = (ANSWER_ACCEPTED, ANSWER_CONDITIONAL)
ANSWER_WAITING = "reponse:ATTENTE"
ANSWER_REFUSED = "reponse:REFUS"
ANSWER_NONE = "reponse:SANS-REP"

LEVEL_AT_RISK = "niveau_identification:RISQ"
LEVEL_PRESUMED = "niveau_identification:SUSP"
LEVEL_FORMAL = "niveau_identification:FORM"
LEVEL_JUDICIAL = "niveau_identification:JUD"
LEVEL_DISMISSED = "niveau_identification:ECAR"
LEVELS_VICTIM = (LEVEL_PRESUMED, LEVEL_FORMAL, LEVEL_JUDICIAL)
"""Levels counted as victims by indicator 2."""

END_RUNAWAY = "motif_fin:FUGUE"
END_TRANSFER = "motif_fin:TRANSFERT"
END_DEATH = "motif_fin:DECES"
AGAIN_NO = "reexploitation:NON"
AGAIN_YES = "reexploitation:OUI"
PAYER_ASE = "payeur:ASE"
NO_LEGAL_FRAME = "cadre_juridique:AUCUN"

INCIDENT_RUNAWAY = "type_incident:FUG"
INCIDENTS_ABOUT_STAFF = ("type_incident:MAL", "type_incident:VSX-P")
"""Hidden from the structure's other accounts: only the declarant and the coordination see them."""

MAJORITY = 18


class SollicitationState(models.TextChoices):
    RECEIVED = "received", "reçue"
    IN_CHARGE = "in_charge", "prise en charge"
    ORIENTED = "oriented", "orientée"
    CLOSED = "closed", "close"


class IncidentState(models.TextChoices):
    DECLARED = "declared", "déclaré"
    ACKNOWLEDGED = "acknowledged", "pris en compte"
    CLOSED = "closed", "clos"


class MessageKind(models.TextChoices):
    MORE = "more", "complément demandé"
    ADVICE = "advice", "avis rendu"
    REPLY = "reply", "réponse du service"


class SignWeight(models.TextChoices):
    """What one sign of the grille de repérage justifies. Read by its rules, never shown to who fills the grid in."""

    STRONG = "strong", "fort"
    MEDIUM = "medium", "moyen"
    FAINT = "faint", "faible"


class SignAnswer(models.TextChoices):
    SEEN = "seen", "Observé"
    TOLD = "told", "Rapporté par un tiers"
    NO = "no", "Non"
    UNKNOWN = "unknown", "Ne sait pas"


class GridReading(models.TextChoices):
    """What a grid says, in words. Each version words it in its own way."""

    NONE = "none", "aucun signe noté"
    WATCH = "watch", "à surveiller"
    SUSPICION = "suspicion", "suspicion"
    STRONG = "strong", "suspicion forte"


class UnverifiedState(models.TextChoices):
    WAITING = "waiting", "à rappeler"
    VERIFIED = "verified", "vérifiée"
    DISMISSED = "dismissed", "écartée"


class CallOutcome(models.TextChoices):
    """What the switchboard of a unit said of somebody who asked without an account."""

    CONFIRMED = "confirmed", "l’unité connaît la personne et la demande"
    UNKNOWN = "unknown", "l’unité ne connaît pas cette personne ou cette demande"
    NO_UNIT = "no_unit", "cette unité n’existe pas"
    NO_ANSWER = "no_answer", "pas de réponse : à rappeler"
