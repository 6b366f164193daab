"""What is sent is read in memory, and a path in the name of a file is noticed before Django takes it away."""

import re
from typing import Any, cast

from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

PATH = re.compile(r"[/\\\0]|^\.\.$")


class _NoticingParser(MultiPartParser):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.with_path: set[str] = set()

    def sanitize_file_name(self, file_name: str) -> str | None:
        name = super().sanitize_file_name(file_name)
        if name and PATH.search(file_name):
            self.with_path.add(name)
        return name


class PathNoticingHandler(FileUploadHandler):
    """First of `FILE_UPLOAD_HANDLERS`: gives the request to a parser that marks files whose name held a path."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> Any:
        others = [each for each in cast(HttpRequest, self.request).upload_handlers if each is not self]
        parser = _NoticingParser(meta, input_data, others, encoding)
        post, files = parser.parse()
        for _, sent in files.lists():
            for file in sent:
                file.had_path = file.name in parser.with_path
        return post, files

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
