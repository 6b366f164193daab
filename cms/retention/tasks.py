from procrastinate.contrib.django import app

from cms.retention.services.runs import coordination_warn, run_prepare, runs_execute


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="retention")
def retention(timestamp: int) -> None:
    """Each night: erase what two people signed, propose what is due, warn of what comes.

    What could not be erased does not stop the others: it is told, and tried again the next night.
    """
    faults = runs_execute()
    run_prepare()
    coordination_warn()
    if faults:
        raise RuntimeError(f"{len(faults)} objet(s) n’ont pas pu être effacés : {', '.join(faults[:5])}")
