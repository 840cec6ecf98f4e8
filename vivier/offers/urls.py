"""Addresses of the room."""

from django.urls import path

from vivier.offers import views

app_name = "offers"
urlpatterns = [
    path("verifier-une-annonce/", views.check, name="check"),
    path("verifier-une-annonce/regles/", views.rules, name="rules"),
    path("verifier-une-annonce/regles/<str:rule_id>/", views.rule, name="rule"),
]
