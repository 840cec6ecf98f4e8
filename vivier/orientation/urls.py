"""Addresses of the room."""

from django.urls import path

from vivier.orientation import views

app_name = "orientation"
urlpatterns = [
    path("mon-parcours/<uuid:public_id>/decisions.ics", views.own_calendar, name="own_calendar"),
    path("decouvrir/", views.challenge_list, name="list"),
    path("decouvrir/<slug:slug>/", views.challenge, name="challenge"),
    path("decouvrir/<slug:slug>/et-apres/", views.end, name="end"),
    path("decouvrir/<slug:slug>/atelier/", views.workshop, name="workshop"),
]
