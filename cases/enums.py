"""Codes of the lists of values on which the workflow and the indicators rely (see `cms/values/data/lists.json`)."""

from django.db import models


class Nature(models.TextChoices):
    """What a service asks. A request to take a minor in is the only nature that indicator 1 counts."""

    CARE = "nature:PEC"
    ADVICE = "nature:AVIS"
    INFORMATION = "nature:INFO"


class Channel(models.TextChoices):
    """`PUBLIC`: the public form, of a unit that the coordination then called back through its switchboard."""

    PORTAL = "canal:PORTAIL"
    PUBLIC = "canal:PUBLIC"
    PHONE = "canal:TEL"
    ON_CALL = "canal:ASTREINTE"
    PAPER = "canal:PAPIER"


class Urgency(models.TextChoices):
    DANGER = "urgence:U0"
    NIGHT = "urgence:U1"


class Sex(models.TextChoices):
    GIRL = "sexe:F"
    BOY = "sexe:M"


class RequesterType(models.TextChoices):
    """`ASE`: type of requesting service of an ASE authority, unless another is told."""

    ASE = "acteur:ASE-INS"


class AgePrecision(models.TextChoices):
    EXACT = "precision_age:EXACT"
    DECLARED = "precision_age:DECL"
    ESTIMATED = "precision_age:EST"
    UNKNOWN = "precision_age:INC"


class WaiverReason(models.TextChoices):
    """`DANGER`: why an arrival does not wait, unless another reason is told at night. `TAKEN_OVER`: why a stay of a
    register has no agreements, it was over before Havre; nobody chooses it.
    """

    DANGER = "motif_derogation:DANGER"
    TAKEN_OVER = "motif_derogation:REPRISE"


class Decision(models.TextChoices):
    """What a request leads to."""

    NETWORK = "decision:RESEAU"
    ORDINARY = "decision:DROIT-COMMUN"
    ADVICE = "decision:APPUI"


class Answer(models.TextChoices):
    """What a structure answers to a proposal."""

    ACCEPTED = "reponse:ACC"
    CONDITIONAL = "reponse:ACC-COND"
    WAITING = "reponse:ATTENTE"
    REFUSED = "reponse:REFUS"
    NONE = "reponse:SANS-REP"


class IdentificationLevel(models.TextChoices):
    AT_RISK = "niveau_identification:RISQ"
    PRESUMED = "niveau_identification:SUSP"
    FORMAL = "niveau_identification:FORM"
    JUDICIAL = "niveau_identification:JUD"
    DISMISSED = "niveau_identification:ECAR"


class StayEnd(models.TextChoices):
    RUNAWAY = "motif_fin:FUGUE"
    TRANSFER = "motif_fin:TRANSFERT"
    DEATH = "motif_fin:DECES"


class CaseEnd(models.TextChoices):
    ACCOMPLISHED = "motif_cloture:ACCOMPLI"


class Reexploitation(models.TextChoices):
    NO = "reexploitation:NON"
    YES = "reexploitation:OUI"


class PayerKind(models.TextChoices):
    ASE = "payeur:ASE"


class Frame(models.TextChoices):
    """Legal frames; `SHELTER_72H` is the reception of 72 hours."""

    NONE = "cadre_juridique:AUCUN"
    SHELTER_72H = "cadre_juridique:REC-72H"


class Habilitation(models.TextChoices):
    ASE = "habilitation:ASE"
    PJJ = "habilitation:PJJ"
    BOTH = "habilitation:DOUBLE"


class IncidentType(models.TextChoices):
    RUNAWAY = "type_incident:FUG"
    RECAPTURE = "type_incident:RECUP"
    STAFF_VIOLENCE = "type_incident:MAL"
    STAFF_SEXUAL_VIOLENCE = "type_incident:VSX-P"


class Severity(models.TextChoices):
    CRITICAL = "gravite:G4"


class Authority(models.TextChoices):
    POLICE = "autorite:FSI"
    GUARDIAN = "autorite:GARDIEN"
    """The service that follows the minor: ASE of its origin, or PJJ."""


FAMILIES_FOLLOWING = ("ASE", "PJJ", "ASSOCIATION")
"""Families of services that follow the minor once in the structure."""
FAMILIES_ENTRUSTING = ("ASE", "PJJ", "JUSTICE")
"""Families of services that may entrust a minor, as `may_entrust` says in the database. Police, gendarmerie,
associations and hospitals may ask, and never decide (Code civil 375-3, 375-5).
"""
ORIENTATIONS = (Decision.NETWORK, Decision.ORDINARY)
ANSWERS_ACCEPTING = (Answer.ACCEPTED, Answer.CONDITIONAL)
LEVELS_VICTIM = (IdentificationLevel.PRESUMED, IdentificationLevel.FORMAL, IdentificationLevel.JUDICIAL)
"""Levels counted as victims by indicator 2."""
INCIDENTS_ABOUT_STAFF = (IncidentType.STAFF_VIOLENCE, IncidentType.STAFF_SEXUAL_VIOLENCE)
"""Hidden from the structure's other accounts: only the declarant and the coordination see them."""

# Names that the screens of the admin still use.
NATURE_CARE = Nature.CARE
CHANNEL_PHONE, CHANNEL_ON_CALL, CHANNEL_PAPER = Channel.PHONE, Channel.ON_CALL, Channel.PAPER
ORIENTATION_NETWORK, ORIENTATION_ORDINARY = Decision.NETWORK, Decision.ORDINARY
ANSWER_REFUSED = Answer.REFUSED
INCIDENT_RUNAWAY = IncidentType.RUNAWAY
PAYER_ASE = PayerKind.ASE
TAKEN_OVER = WaiverReason.TAKEN_OVER

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
    NEWS = "news", "nouvelle donnée au service"


class ParquetTold(models.TextChoices):
    YES = "yes", "oui"
    NOT_YET = "not_yet", "pas encore"
    NO = "no", "non"


class PlacementOrder(models.TextChoices):
    """Where the decision stands that alone places a minor in an emergency (Code civil, 375-5)."""

    OBTAINED = "obtained", "oui"
    ASKED = "asked", "demandé"
    NONE = "none", "non"


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
