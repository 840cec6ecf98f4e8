"""Addresses of the room."""

from django.urls import path

from vivier.programmes import views

app_name = "programmes"
urlpatterns = [
    path("mon-programme/nouveau/", views.create, name="create"),
    path("programmes/<slug:slug>/reglages/", views.settings, name="settings"),
    path("pilotage/", views.plans, name="plans"),
    path("programmes/<slug:slug>/rattachement/", views.decide, name="decide"),
    path("programmes/<slug:slug>/reglages/villes/", views.add_site, name="add_site"),
    path("programmes/<slug:slug>/reglages/villes/<int:site_id>/retirer/", views.remove_site, name="remove_site"),
]
