"""Homes per role, and the pages that belong to no room."""

from django.urls import path

from vivier.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
]
