"""Sign-in and second factor."""

from django.urls import include, path

urlpatterns = [
    path("", include("allauth.urls")),
]
