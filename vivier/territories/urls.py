"""Addresses of the territories."""

from django.urls import path

from vivier.territories import views

app_name = "territories"
urlpatterns = [path("territoires/communes/", views.communes, name="communes")]
