"""The whole cast, written through the services of the application."""

from tests.cast.accounts import accounts
from tests.cast.exports import exports
from tests.cast.files import attachments
from tests.cast.incidents import incidents
from tests.cast.on_call import on_call
from tests.cast.people import people
from tests.cast.references import series_known
from tests.cast.reporting import reporting
from tests.cast.rights import rights
from tests.cast.situations import situations
from tests.cast.training import training
from tests.cast.units import units
from tests.cast.visits import visits


def everybody() -> None:
    """The whole cast, into a database that holds the reference data."""
    series_known()
    first = (people, training, situations, incidents, rights, accounts, attachments)
    for write in (*first, on_call, units, visits, exports, reporting):
        write()
