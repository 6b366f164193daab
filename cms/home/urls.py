"""Pages that the law asks for, at addresses that do not move."""

from django.urls import path

from cms.home import portal as views

urlpatterns = [
    path("accessibilite/", views.text_page, {"slug": "accessibilite"}, name="accessibility"),
    path("donnees-personnelles/", views.text_page, {"slug": "donnees-personnelles"}, name="privacy"),
    path("tes-droits/", views.text_page, {"slug": "tes-droits"}, name="notice_minors"),
    path("information-famille/", views.text_page, {"slug": "information-famille"}, name="notice_families"),
    path(
        "information-professionnels/",
        views.text_page,
        {"slug": "information-professionnels"},
        name="notice_professionals",
    ),
    path("mentions-legales/", views.text_page, {"slug": "mentions-legales"}, name="legal"),
]
