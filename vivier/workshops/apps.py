from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "vivier.workshops"
