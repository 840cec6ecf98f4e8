"""Addresses of the room."""

from django.urls import path, register_converter

from vivier.imports import views
from vivier.imports.fields import MENTORS, REGISTRANTS


class FileKind:
    """The two kinds of people files."""

    regex = f"{REGISTRANTS}|{MENTORS}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileKind, "people_file_kind")

app_name = "imports"
_FILE = "programmes/<slug:slug>/imports/<uuid:public_id>/"
urlpatterns = [
    path("programmes/<slug:slug>/imports/", views.programme, name="programme"),
    path("programmes/<slug:slug>/imports/deposer/", views.upload, name="upload"),
    path("programmes/<slug:slug>/imports/modele-<people_file_kind:kind>.xlsx", views.model_file, name="model"),
    path(_FILE, views.file, name="file"),
    path(_FILE + "colonnes/", views.choose_headings, name="headings"),
    path(_FILE + "feuille/", views.choose_sheet, name="sheet"),
    path(_FILE + "importer/", views.confirm, name="confirm"),
    path(_FILE + "abandonner/", views.discard, name="discard"),
    path(_FILE + "a-corriger/", views.issues, name="issues"),
]
