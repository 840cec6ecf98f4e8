"""The room of charters, pledges and asks."""

from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "vivier.steering"
    verbose_name = "Pilotage"
