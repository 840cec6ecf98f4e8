from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "vivier.organisations"
    verbose_name = "structures et membres"
