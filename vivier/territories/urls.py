"""Addresses of the room."""

app_name = "territories"
urlpatterns = []
