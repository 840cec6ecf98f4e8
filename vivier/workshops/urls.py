"""Addresses of the room."""

app_name = "workshops"
urlpatterns = []
