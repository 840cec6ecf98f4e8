"""Homes per role, and the pages that belong to no room."""

from django.urls import path

from vivier.portal import views
from vivier.portal.components_page import components

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("composants/", components, name="components"),
]
