from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "vivier.mentoring"
