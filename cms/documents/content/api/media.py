"""`/api/content/v2/images/` and `files/`: what pages online hold, in closed sizes, never the original of an image."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from rest_framework.request import Request
from rest_framework.response import Response

from cms.documents.content.api.base import PublicRead
from cms.documents.content.selectors import SPECS, files_served, images_served
from cms.kit.addresses import absolute, address_of

TYPES = {"jpeg": "image/jpeg", "webp": "image/webp"}


def image_data(image: Any) -> dict[str, Any]:
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.default_alt_text,
        "width": image.width,
        "height": image.height,
        "renditions": [
            {
                "spec": name,
                "type": TYPES[name.partition("-")[2]],
                "most": int(name.partition("-")[0]),
                "url": absolute(reverse("content:rendition", args=[image.pk, name])),
            }
            for name in SPECS
        ],
    }


def file_data(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "extension": row.file_extension,
        "size": row.get_file_size(),
        "url": address_of("content:file", row.pk),
    }


class Images(PublicRead):
    def get(self, request: Request) -> Response:
        items = [image_data(image) for image in images_served()]
        return Response({"meta": {"total_count": len(items)}, "items": items})


class Image(PublicRead):
    def get(self, request: Request, pk: int) -> Response:
        return Response(image_data(_one(images_served(), pk)))


class Rendition(PublicRead):
    """The image itself, drawn again in one of our sizes: whoever may no longer read its page no longer reads it."""

    def get(self, request: Request, pk: int, spec: str) -> HttpResponse:
        if spec not in SPECS:
            raise Http404
        rendition = _one(images_served(), pk).get_rendition(SPECS[spec])
        with rendition.file.open("rb") as drawn:
            return HttpResponse(drawn.read(), content_type=TYPES[spec.partition("-")[2]])


class Files(PublicRead):
    def get(self, request: Request) -> Response:
        items = [file_data(row) for row in files_served()]
        return Response({"meta": {"total_count": len(items)}, "items": items})


class File(PublicRead):
    """A file to download, always as an attachment: nothing of it runs under our address."""

    def get(self, request: Request, pk: int) -> HttpResponse:
        row = _one(files_served(), pk)
        with row.file.open("rb") as body:
            response = HttpResponse(body.read(), content_type="application/octet-stream")
        response.headers["Content-Disposition"] = content_disposition_header(True, row.filename)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _one(rows: Any, pk: int) -> Any:
    row = rows.filter(pk=pk).first() if pk < 2**31 else None
    if row is None:
        raise Http404
    return row
