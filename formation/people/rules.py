"""Facts of a person to train, as forms and workbooks give them."""

from dataclasses import dataclass

from cms.partners.models import Partner
from cms.users.models import User


@dataclass(frozen=True)
class PersonFacts:
    """What is written of a person to train. The employer is a partner, or a type and a name."""

    last_name: str
    first_name: str
    email: str = ""
    profession_id: str | None = None
    employer: Partner | None = None
    employer_name: str = ""
    employer_type_id: str | None = None
    territory_id: str | None = None
    working_since: int | None = None
    sex: str = ""
    user: User | None = None


@dataclass(frozen=True)
class OwnFacts:
    """What somebody not known yet says of themselves."""

    profession_id: str | None = None
    employer_type_id: str | None = None
    employer_name: str = ""
    territory_id: str | None = None
