"""What a child opens from the poster: the address is short, and says it to whoever reads it."""

from django.urls import path

from cases.voice import portal

app_name = "voice"
urlpatterns = [
    path("", portal.voice_say, name="say"),
    path("reponse/", portal.voice_follow, name="follow"),
]
