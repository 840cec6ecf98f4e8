from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vivier.accounts"

    def ready(self):
        from vivier.accounts import checks  # noqa: F401  (registers the system checks)
