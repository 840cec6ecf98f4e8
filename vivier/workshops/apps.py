"""The room of sessions and of the people who come."""

from django.apps import AppConfig


class WorkshopsConfig(AppConfig):
    name = "vivier.workshops"
    verbose_name = "Séances"

    def ready(self) -> None:
        """Plug in where people, below, must reach this room: answers move places, and pages show them."""
        from vivier.people import extensions
        from vivier.workshops import panels
        from vivier.workshops.operations.registrations import follow_consents
        from vivier.workshops.own_data import own_data

        extensions.consent_followers.register(follow_consents)
        extensions.consent_subjects.register(panels.subjects)
        extensions.person_panels.register(panels.person_panel)
        extensions.own_panels.register(panels.own_panel)
        extensions.child_panels.register(panels.child_panels)
        extensions.own_data.register(own_data)
