"""Pages of the portal: documents made of articles, read in their version in force."""

from django.urls import path

from cms.documents.versions import portal as views

app_name = "documents"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:kind>/", views.read, name="read"),
    path("<slug:kind>/pdf/", views.pdf, name="pdf"),
    path("<slug:kind>/signer/", views.sign, name="sign"),
    path("<slug:kind>/changements/", views.changes, name="changes"),
]
