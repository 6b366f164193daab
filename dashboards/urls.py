"""Pages of the portal."""

app_name = "dashboards"
urlpatterns: list = []
