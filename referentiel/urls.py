"""Pages of the portal."""

app_name = "referentiel"
urlpatterns: list = []
