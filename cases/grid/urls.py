"""The grid that everybody may fill in."""

from django.urls import path

from cases.grid import portal as grids

app_name = "reperage"
urlpatterns = [path("", grids.grid_page, name="grid")]
