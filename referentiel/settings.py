"""Delays around visits, proofs and derogations, that the coordination may change."""

from cms.values.settings import setting_register, setting_values

ANSWER_DAYS, REPLY_DAYS = "referentiel.answer_days", "referentiel.reply_days"
FIRST_DAYS, LAST_DAYS = "referentiel.first_reminder_days", "referentiel.last_reminder_days"
PROOF_FIRST_DAYS, PROOF_LAST_DAYS = "referentiel.proof_first_days", "referentiel.proof_last_days"
DEROGATION_DAYS, DEROGATION_LAST_DAYS = "referentiel.derogation_days", "referentiel.derogation_last_days"
VISIT_MONTHS = "referentiel.visit_months"

DAYS = (
    (
        ANSWER_DAYS,
        "Visites : délai de la structure pour ses observations",
        30,
        90,
        "Passé ce délai, les exigences standards sont confirmées comme proposées ; les impératives restent ouvertes.",
    ),
    (REPLY_DAYS, "Visites : délai de la coordination pour répondre aux observations", 15, 90, ""),
    (FIRST_DAYS, "Visites : premier rappel, avant la fin d’un délai", 10, 60, "Vaut des deux côtés."),
    (LAST_DAYS, "Visites : dernier rappel, avant la fin d’un délai", 3, 30, "Vaut des deux côtés."),
    (
        PROOF_FIRST_DAYS,
        "Preuves : premier rappel avant qu’une preuve se périme",
        60,
        365,
        "Un message à la direction de la structure.",
    ),
    (PROOF_LAST_DAYS, "Preuves : dernier rappel avant qu’une preuve se périme", 15, 180, ""),
    (
        DEROGATION_DAYS,
        "Dérogations : durée la plus longue",
        180,
        730,
        "Une dérogation s’achève d’elle-même à sa date.",
    ),
    (
        DEROGATION_LAST_DAYS,
        "Dérogations : rappel avant la fin",
        15,
        180,
        "Un message à la personne de la coordination qui l’a proposée.",
    ),
)


def register() -> None:
    for key, label, days, most, help_text in DAYS:
        setting_register(key, label, days, unit="jours", help=help_text, least=1, most=most)
    setting_register(
        VISIT_MONTHS,
        "Visites : une structure est à visiter après",
        24,
        unit="mois",
        help="Les structures dont la dernière visite est plus ancienne sont signalées à la coordination.",
        least=1,
        most=60,
    )


def visit_steps() -> list[int]:
    """Days before the end of a delay at which a side is reminded, the longest first."""
    return _steps(FIRST_DAYS, LAST_DAYS)


def proof_steps() -> list[int]:
    return _steps(PROOF_FIRST_DAYS, PROOF_LAST_DAYS)


def derogation_steps() -> list[int]:
    return _steps(DEROGATION_LAST_DAYS)


def _steps(*keys: str) -> list[int]:
    return sorted({int(value) for value in setting_values(*keys)}, reverse=True)
