"""When the coordination is told that a convention comes to its end."""

from cms.values.settings import setting_register, setting_values

FIRST, SECOND, LAST = "partners.renewal_first_days", "partners.renewal_second_days", "partners.renewal_last_days"


def register() -> None:
    for key, rank, days in ((FIRST, "premier", 180), (SECOND, "deuxième", 90), (LAST, "dernier", 30)):
        setting_register(
            key,
            f"Conventions : {rank} rappel avant l’échéance",
            days,
            unit="jours",
            help="Un message au responsable de la convention, ou à toute la coordination si personne n’en répond.",
            least=1,
            most=365,
        )


def renewal_days() -> list[int]:
    """The delays of the reminders, the longest first."""
    return sorted({int(value) for value in setting_values(FIRST, SECOND, LAST)}, reverse=True)
