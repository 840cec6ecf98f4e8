"""Addresses of the room."""

from django.urls import path

from vivier.organisations import views

app_name = "organisations"
urlpatterns = [
    path("structure/", views.mine, name="mine"),
    path("structure/<uuid:public_id>/", views.sheet, name="sheet"),
    path("structure/<uuid:public_id>/modifier/", views.edit, name="edit"),
    path("structure/<uuid:public_id>/membres/", views.members, name="members"),
    path("structure/<uuid:public_id>/membres/<uuid:membership_id>/", views.member, name="member"),
    path("structure/<uuid:public_id>/membres/<uuid:membership_id>/retirer/", views.revoke, name="revoke"),
    path("structure/<uuid:public_id>/journal/", views.journal, name="journal"),
]
