from procrastinate.contrib.django import app

from cms.journal.anchors import Anchor, anchor_now, anchor_write
from cms.journal.services import journal_seal
from cms.kit.mails import mail
from cms.users.models import User
from cms.users.roles import Role
from cms.wall import scope


@app.periodic(cron="30 2 * * *")
@app.task(queueing_lock="journal_anchor")
def anchor(timestamp: int) -> None:
    """Each night: keep the last line of the journal outside the database."""
    journal_seal()
    last = anchor_now()
    if last is None:
        return
    anchor_write(last)
    anchor_send(last)


def anchor_send(last: Anchor) -> None:
    """Send an anchor to data protection, each apart: a rank, a hash and a number, nothing about anybody."""
    with scope.acting(scope.FIGURES):
        addresses = User.objects.filter(is_active=True, groups__name=Role.DPO.value).values_list("email", flat=True)
        for address in addresses.distinct():
            mail(
                subject=f"Journal de Havre : ancre du {last.at:%d/%m/%Y}",
                body=(
                    f"Dernière ligne : {last.seq}\nEmpreinte : {last.hash.hex()}\nNombre de lignes : {last.count}\n\n"
                    "Gardez ce message : il permet de prouver que le journal n’a pas été réécrit.\n"
                ),
                to=address,
            )
