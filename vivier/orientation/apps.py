"""The room where somebody discovers what digital work is: challenges to try, without account."""

from django.apps import AppConfig


class OrientationConfig(AppConfig):
    name = "vivier.orientation"
    verbose_name = "Découvrir"

    def ready(self) -> None:
        from vivier.orientation import checks  # noqa: F401  (registers the system check)
