"""Homes per role, and the pages that belong to no room."""

from django.urls import path

from vivier.portal import views
from vivier.portal.components_page import components

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("accueil/", views.start, name="start"),
    path("composants/", components, name="components"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("donnees-personnelles/", views.personal_data, name="personal_data"),
    path("mon-programme/", views.my_programmes, name="my_programmes"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path("subventions/<uuid:public_id>/", views.grant_report, name="grant_report"),
    path("subventions/<uuid:public_id>/rapport.xlsx", views.grant_workbook, name="grant_workbook"),
    path("subventions/<uuid:public_id>/rapport.pdf", views.grant_paper, name="grant_paper"),
    path("programmes/<slug:slug>/personnes/", views.people, name="people"),
]
