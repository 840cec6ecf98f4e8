"""The room of offers."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "vivier.offers"
    verbose_name = "Offres"
