from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AccountsConfig(AppConfig):
    name = "vivier.accounts"
    default = True

    def ready(self):
        from vivier.accounts import checks  # noqa: F401  (registers the system checks)


class AdministrationConfig(admin_apps.AdminConfig):
    """Django's admin with the site of the house."""

    default = False
    default_site = "vivier.accounts.administration.PlatformAdmin"
