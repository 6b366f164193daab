"""Workbooks handed in: an archive that would fill the memory is not opened."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError

from cms.kit.xlsx.archives import UNREADABLE, archive_check


def archive(size: int) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("xl/media/zeros.bin", b"\0" * size)
    return body.getvalue()


def test_an_archive_within_its_limit_passes():
    archive_check(archive(1000), most=1000)


def test_an_archive_that_would_open_larger_is_refused():
    with pytest.raises(ValidationError, match="compressé de façon anormale"):
        archive_check(archive(1001), most=1000)


def test_what_is_no_archive_is_unreadable():
    with pytest.raises(UNREADABLE):
        archive_check(b"Nature;Nom", most=1000)
