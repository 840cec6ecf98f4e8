"""The room of marraines, of matching runs and of pairs."""

from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "vivier.mentoring"
    verbose_name = "Marraines"

    def ready(self) -> None:
        """Plug in where people, below, must show this room: her marraine, and what an authorisation is about."""
        from vivier.mentoring import panels
        from vivier.mentoring.operations.pairs import follow_consents
        from vivier.mentoring.own_data import own_data
        from vivier.people import extensions

        extensions.consent_followers.register(follow_consents)
        extensions.consent_subjects.register(panels.subjects)
        extensions.person_panels.register(panels.person_panel)
        extensions.own_panels.register(panels.own_panel)
        extensions.own_data.register(own_data)
