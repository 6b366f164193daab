"""Pages that the law asks for, at addresses that do not move."""

from django.urls import path

from cms.home import views

urlpatterns = [
    path("accessibilite/", views.text_page, {"slug": "accessibilite"}, name="accessibility"),
    path("donnees-personnelles/", views.text_page, {"slug": "donnees-personnelles"}, name="privacy"),
    path("mentions-legales/", views.text_page, {"slug": "mentions-legales"}, name="legal"),
]
