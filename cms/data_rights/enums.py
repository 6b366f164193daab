from django.db import models


class Right(models.TextChoices):
    """What a person may ask (RGPD 15 to 21). No portability: the network acts in the public interest."""

    ACCESS = "access", "Accès au dossier"
    RECTIFICATION = "rectification", "Rectification"
    ERASURE = "erasure", "Effacement"
    RESTRICTION = "restriction", "Limitation"
    OBJECTION = "objection", "Opposition"


class Asker(models.TextChoices):
    MINOR = "minor", "Le mineur lui-même"
    PARENT = "parent", "Un parent"
    GUARDIAN = "guardian", "Le tuteur ou le délégataire de l’autorité parentale"
    AD_HOC = "ad_hoc", "L’administrateur ad hoc"
    ADULT = "adult", "La personne, devenue majeure"
    LAWYER = "lawyer", "L’avocat"
    PROFESSIONAL = "professional", "Un professionnel, pour ses propres données"
    OTHER = "other", "Une autre personne"


class RequestState(models.TextChoices):
    OPEN = "open", "à traiter"
    ANSWERED = "answered", "réponse donnée"
    PARTLY = "partly", "réponse donnée en partie"
    REFUSED = "refused", "refusée"
    WITHDRAWN = "withdrawn", "retirée"


class IdentityCheck(models.TextChoices):
    """How it was made sure of who asks (RGPD 12.6): no more than what removes the doubt."""

    KNOWN = "known", "Connue d’un professionnel qui l’accompagne"
    PAPER = "paper", "Pièce d’identité présentée"
    DECISION = "decision", "Jugement, ordonnance ou mandat présenté"


class ExtensionReason(models.TextChoices):
    """The two grounds of RGPD 12.3, and no other."""

    COMPLEX = "complex", "Demande complexe"
    MANY = "many", "Plusieurs demandes de la même personne"


class RefusalReason(models.TextChoices):
    IDENTITY = "identity", "L’identité du demandeur n’est pas établie"
    NOT_ENTITLED = "not_entitled", "Le demandeur n’a pas qualité pour agir au nom du mineur"
    DANGER = "danger", "La réponse mettrait le mineur ou un tiers en danger"
    OTHERS = "others", "Elle porterait atteinte aux droits d’autres personnes"
    LEGAL = "legal", "La loi impose de garder ces données"
    JUDGE = "judge", "Ces pièces se demandent au juge des enfants"
    NO_DATA = "no_data", "Le réseau ne détient aucune donnée sur cette personne"
    EXCESSIVE = "excessive", "Demande manifestement infondée ou répétée"


class StepKind(models.TextChoices):
    """What happened to a request, in the order of its page."""

    RECEIVED = "received", "demande reçue"
    ENTRUSTED = "entrusted", "confiée à la coordination"
    IDENTITY = "identity", "identité du demandeur vérifiée"
    LINKED = "linked", "rapprochée d’une situation"
    EXTENDED = "extended", "délai prolongé, demandeur informé"
    RECTIFIED = "rectified", "correction faite dans le dossier"
    TOLD = "told", "destinataires informés de la correction"
    NOTE = "note", "remarque"
    PREPARED = "prepared", "copie du dossier relue"
    AGREED = "agreed", "copie du dossier autorisée"
    MADE = "made", "copie du dossier produite"
    ANSWERED = "answered", "réponse donnée"
    PARTLY = "partly", "réponse donnée en partie"
    REFUSED = "refused", "demande refusée"
    WITHDRAWN = "withdrawn", "demande retirée"


class WithheldReason(models.TextChoices):
    """Why a passage does not leave with the copy of a file."""

    THIRD_PARTY = "third_party", "Parle d’une autre personne"
    ADDRESS = "address", "Ferait reconnaître un lieu protégé"
    DANGER = "danger", "Mettrait le mineur ou un tiers en danger"
    SECRET = "secret", "Secret de l’enquête ou secret professionnel"
