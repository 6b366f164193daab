"""Pages of the portal."""

app_name = "cases"
urlpatterns: list = []
