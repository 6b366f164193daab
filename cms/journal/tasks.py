from procrastinate.contrib.django import app

from cms.journal.integrity import check
from cms.journal.models import JournalMonth
from cms.journal.months import month_drop, month_prepare
from cms.journal.services import acting_as_journal, journal_seal, partitions_ensure


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="journal_seal")
def seal(timestamp: int) -> None:
    """Every minute: prepare the coming months, then number and chain the new lines."""
    partitions_ensure()
    journal_seal()


@app.periodic(cron="50 2 * * *")
@app.task(queueing_lock="journal_months")
def months(timestamp: int) -> None:
    """Each night: drop the month on which two people agreed, then propose the next one.

    A journal that does not verify keeps everything: what leaves would take the proof with it.
    """
    with acting_as_journal():
        agreed = JournalMonth.objects.agreed().order_by("month").values_list("pk", flat=True).first()
    if agreed and check():
        raise RuntimeError("Le journal ne se vérifie pas : aucun mois n’est retiré. Lancez manage.py verify journal.")
    if agreed:
        month_drop(agreed)
    month_prepare()
