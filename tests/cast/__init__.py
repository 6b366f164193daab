"""The cast: the same people in every test, written through the services of the application."""

from tests.cast.people import PASSWORD, PEOPLE, Person, people
from tests.cast.rights import rights
from tests.cast.situations import ROWS, rows, situations
from tests.cast.training import training

__all__ = ["PASSWORD", "PEOPLE", "ROWS", "Person", "people", "rights", "rows", "situations", "training"]
