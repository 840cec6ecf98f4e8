"""Every address of the platform; each room names its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("vivier.portal.urls")),
    path("", include("vivier.workshops.urls")),
    path("", include("vivier.mentoring.urls")),
    path("", include("vivier.orientation.urls")),
    path("", include("vivier.imports.urls")),
    path("", include("vivier.steering.urls")),
    path("", include("vivier.offers.urls")),
    path("", include("vivier.programmes.urls")),
    path("", include("vivier.people.urls")),
    path("", include("vivier.organisations.urls")),
    path("", include("vivier.territories.urls")),
    path("compte/", include("vivier.accounts.urls")),
    path("gestion/", admin.site.urls),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("vivier.demo.urls")))
