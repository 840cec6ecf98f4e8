"""The room where somebody discovers what digital work is: challenges to try, without account."""

from django.apps import AppConfig


class OrientationConfig(AppConfig):
    name = "vivier.orientation"
    verbose_name = "Découvrir"

    def ready(self) -> None:
        """Plug the calendar of decisions in where people, below, show what is one's own; register the system checks."""
        from vivier.orientation import checks, panels  # noqa: F401  (checks register themselves)
        from vivier.people import extensions

        extensions.own_panels.register(panels.own_panel)
        extensions.child_panels.register(panels.child_panels)
