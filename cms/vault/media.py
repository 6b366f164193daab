"""Published files (pictures and documents of the pages) in the bucket that holds the bodies, for Django."""

from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any, cast
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri

from cms.vault.bucket import Bucket
from cms.vault.shelves import MEDIA, bucket_at


@deconstructible
class BucketStorage(Storage):
    """Django's storage over `HAVRE_FILES` when it names a bucket."""

    @property
    def bucket(self) -> Bucket:
        return bucket_at(settings.HAVRE_FILES, MEDIA)

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("published files are written by save")
        with self.bucket.open(name) as body:
            return ContentFile(body.read(), name=name)

    def _save(self, name: str, content: Any) -> str:
        content.open()
        self.bucket.put(name, cast(IO[bytes], ContentFile(content.read())))
        return name

    def delete(self, name: str) -> None:
        self.bucket.remove(name)

    def exists(self, name: str) -> bool:
        return self.bucket.stands(name)

    def size(self, name: str) -> int:
        return self.bucket.entry(name).size

    def get_modified_time(self, name: str) -> datetime:
        return self.bucket.entry(name).changed_at

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        under = [PurePosixPath(entry.key).relative_to(path or ".") for entry in self.bucket.entries(path)]
        folders = sorted({each.parts[0] for each in under if len(each.parts) > 1})
        return folders, sorted(each.name for each in under if len(each.parts) == 1)

    def url(self, name: str | None) -> str:
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name or "").lstrip("/"))
