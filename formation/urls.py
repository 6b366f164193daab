"""Pages of the portal."""

app_name = "formation"
urlpatterns: list = []
