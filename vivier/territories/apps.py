from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "vivier.territories"
    verbose_name = "territoires"
