from procrastinate.contrib.django import app

from cms.files.services import attachments_purge, missing_tell, orphans_remove
from cms.wall import scope


@app.periodic(cron="50 3 * * *")
@app.task(queueing_lock="files_purge")
def purge(timestamp: int) -> None:
    """Each night: destroy what was removed long ago, then bodies without a row; tell rows without a body."""
    with scope.acting(scope.FILES):
        attachments_purge()
    with scope.acting(scope.FILES):
        orphans_remove()
    with scope.acting(scope.FILES):
        missing_tell()
