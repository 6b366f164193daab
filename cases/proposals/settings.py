"""Delays of proposals."""

from cms.values.settings import setting_register, setting_still_register


def register() -> None:
    setting_register(
        "cases.answer_hours",
        "Proposition : délai de réponse demandé aux structures",
        48,
        unit="heures",
        help="Proposé à l’envoi ; une réponse plus tardive reste prise en compte et se voit.",
    )
    setting_register(
        "cases.urgent_answer_minutes",
        "Proposition urgente : délai de réponse demandé aux structures",
        60,
        unit="minutes",
        help="Pour une demande qui fait sonner l’astreinte. Passé ce délai, la coordination est prévenue du silence.",
        least=10,
        most=1440,
    )
    setting_register(
        "cases.sheet_days",
        "Proposition : durée de lecture de la fiche après un refus ou un retrait",
        7,
        unit="jours",
        help="Passé ce délai, la structure ne lit plus la fiche. Un changement vaut pour les réponses à venir.",
    )
    sent = "Une proposition déjà envoyée garde son délai de réponse : ce réglage vaut pour les suivantes."
    read = "Ce qui est déjà lisible garde sa date de fin : ce réglage vaut pour les prochains."
    setting_still_register(
        **{"cases.answer_hours": sent, "cases.urgent_answer_minutes": sent, "cases.sheet_days": read}
    )
