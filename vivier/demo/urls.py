"""Sign-in links and files of the demonstration; included only where settings.DEMO is true."""

from django.urls import path

from vivier.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.home, name="home"),
    path("entrer/<slug:role>/", views.enter, name="enter"),
    path("boucle/", views.loop, name="loop"),
    path("fichiers/<str:name>", views.download, name="download"),
]
