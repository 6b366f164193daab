"""Addresses of the content API beside its pages, under the namespace `content`."""

from django.urls import path, re_path

from cms.documents.content.api import documents, media, preview

urlpatterns = [
    path("documents/", documents.Documents.as_view(), name="documents"),
    path("documents/<slug:kind>/", documents.DocumentInForce.as_view(), name="document"),
    path("documents/<slug:kind>/versions/", documents.Versions.as_view(), name="versions"),
    path("documents/<slug:kind>/versions/<str:number>/", documents.Version.as_view(), name="version"),
    path("documents/<slug:kind>/versions/<str:number>/difference/", documents.Difference.as_view(), name="difference"),
    re_path(
        r"^documents/(?P<kind>[\w-]+)/by-hash/(?P<content_hash>[0-9a-fA-F]{64})/\Z",
        documents.Version.as_view(),
        name="by_hash",
    ),
    path("documents/<slug:kind>/clauses/<str:code>/", documents.Clause.as_view(), name="clause"),
    path("images/", media.Images.as_view(), name="images"),
    path("images/<int:pk>/", media.Image.as_view(), name="image"),
    path("images/<int:pk>/<slug:spec>/", media.Rendition.as_view(), name="rendition"),
    path("files/", media.Files.as_view(), name="files"),
    path("files/<int:pk>/", media.File.as_view(), name="file"),
    path("preview/", preview.Preview.as_view(), name="preview"),
    path("search/", documents.Search.as_view(), name="search"),
]
