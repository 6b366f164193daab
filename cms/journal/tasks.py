from procrastinate.contrib.django import app

from cms.journal.services import journal_seal, partitions_ensure


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="journal_seal")
def seal(timestamp: int) -> None:
    """Every minute: prepare the coming months, then number and chain the new lines."""
    partitions_ensure()
    journal_seal()
