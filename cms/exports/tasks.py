from uuid import UUID

from procrastinate.contrib.django import app

from cms.exports.services import export_prepare, exports_purge
from cms.wall import scope


@app.task(name="exports.prepare")
def prepare(export_id: str) -> None:
    export_prepare(UUID(export_id))


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="exports_purge")
def purge(timestamp: int) -> None:
    """Each hour: destroy the files whose delay is over."""
    with scope.acting(scope.EXPORTS):
        exports_purge()
