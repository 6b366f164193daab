"""Going through a version, as a person does before signing."""

from cms.documents.models import DocumentVersion
from cms.documents.signatures.services.readings import part_read
from cms.documents.versions.selectors import parts_left
from cms.partners.models import Partner
from cms.users.models import User


def read_whole(user: User, version: DocumentVersion, partner: Partner) -> None:
    """Under the scope of `user`."""
    for part in parts_left(user, version, partner):
        part_read(version=version, chapter=part, by=user)
