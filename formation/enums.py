"""States of a session, of attendance and of its proofs."""

from django.db import models


class SessionState(models.TextChoices):
    PLANNED = "planned", "prévue"
    HELD = "held", "tenue"
    CANCELLED = "cancelled", "annulée"


class Period(models.TextChoices):
    MORNING = "morning", "matin"
    AFTERNOON = "afternoon", "après-midi"


class Status(models.TextChoices):
    PRESENT = "present", "présent"
    LEFT_EARLY = "left_early", "parti avant la fin"
    EXCUSED = "excused", "excusé"
    ABSENT = "absent", "absent"


class Way(models.TextChoices):
    """How a trainee signed."""

    QR = "qr", "code scanné"
    CODE = "code", "code tapé"
    DEVICE = "device", "appareil du formateur"


class WalkInState(models.TextChoices):
    PENDING = "pending", "à décider"
    ACCEPTED = "accepted", "acceptée"
    REFUSED = "refused", "refusée"


class Result(models.TextChoices):
    """Of the assessment of one trainee, when the module has one."""

    ACQUIRED = "acquired", "acquis"
    PARTLY = "partly", "en cours d’acquisition"
    NOT_ACQUIRED = "not_acquired", "non acquis"


class Sex(models.TextChoices):
    FEMALE = "F", "femme"
    MALE = "M", "homme"
    OTHER = "X", "autre"


class WithdrawalReason(models.TextChoices):
    ERROR = "error", "établie par erreur"
    FRAUD = "fraud", "présence contestée"
    PERSON = "person", "à la demande de la personne"


class NoticeKind(models.TextChoices):
    """What a message to somebody enrolled says."""

    INVITED = "invited", "convocation"
    PROMOTED = "promoted", "place libérée"
    POSTPONED = "postponed", "report"
    CANCELLED = "cancelled", "annulation"
    QUESTIONS = "questions", "questionnaire d’après"


class Moment(models.TextChoices):
    """When a questionnaire is answered."""

    BEFORE = "before", "avant la session"
    AFTER = "after", "après la session"


class AnswerWay(models.TextChoices):
    """How somebody answered a questionnaire."""

    ACCOUNT = "account", "compte"
    LINK = "link", "lien"
    DEVICE = "device", "appareil du formateur"


class QuestionKind(models.TextChoices):
    ONE = "one", "Un seul choix"
    SEVERAL = "several", "Plusieurs choix"
    SCALE = "scale", "Échelle de 1 à 5"
    TEXT = "text", "Réponse en quelques mots"
