"""Addresses of the room."""

app_name = "mentoring"
urlpatterns = []
