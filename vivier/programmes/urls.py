"""Addresses of the room."""

app_name = "programmes"
urlpatterns = []
