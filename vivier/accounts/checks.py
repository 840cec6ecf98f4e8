"""System checks: what must never be switched off where real people's data are."""

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security)
def sign_in_is_protected(app_configs, **kwargs):
    """Refuse the demonstration's switches beside settings that only a public site has."""
    if not settings.SESSION_COOKIE_SECURE:
        return []
    errors = []
    if settings.DEMO:
        errors.append(
            Error(
                "DEMO ouvre des comptes en un clic : interdit sur un site public.",
                hint="Démarrez avec vivier.config.settings.prod, sans VIVIER_DEMO.",
                id="vivier.E001",
            )
        )
    if not settings.STAFF_SECOND_FACTOR_REQUIRED:
        errors.append(
            Error(
                "STAFF_SECOND_FACTOR_REQUIRED est à False : l’équipe entrerait sans second facteur.",
                hint="Retirez VIVIER_WITHOUT_SECOND_FACTOR ; le second facteur s’installe à la première connexion.",
                id="vivier.E002",
            )
        )
    if settings.DEBUG:
        errors.append(
            Error(
                "DEBUG montre des données personnelles dans les pages d’erreur.", hint="DEBUG = False", id="vivier.E003"
            )
        )
    return errors
