"""Sign-in and second factor. Only these of allauth's pages exist: no sign-up, no password, no list of addresses.

The names are allauth's, which it reverses by itself.
"""

from django.urls import path

from vivier.accounts import views

_address = views.AddressView.as_view()
urlpatterns = [
    path("connexion/", _address, name="account_login"),
    # The same page under the second name that allauth gives it.
    path("connexion/", _address, name="account_request_login_code"),
    path("connexion/code/", views.CodeView.as_view(), name="account_confirm_login_code"),
    path("connexion/second-facteur/", views.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("deconnexion/", views.SignOutView.as_view(), name="account_logout"),
    path("securite/", views.SecondFactorHomeView.as_view(), name="mfa_index"),
    path("securite/confirmer/", views.SecondFactorAgainView.as_view(), name="mfa_reauthenticate"),
    path("securite/application/", views.ActivateView.as_view(), name="mfa_activate_totp"),
    path("securite/application/retirer/", views.DeactivateView.as_view(), name="mfa_deactivate_totp"),
    path("securite/codes-de-secours/", views.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "securite/codes-de-secours/renouveler/",
        views.RenewRecoveryCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
]
