"""Shapes of what is typed to sign in, and the limits that a person, not a device, meets.

Nobody knows yet who signs in, and the page must not tell: the sentences call nobody "tu" or "vous".
"""

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import decrypt
from django import forms

from vivier.accounts import second_factor
from vivier.accounts.adapters import TOO_MANY, WRONG_SECOND_CODE
from vivier.common import rate_limits
from vivier.common.devices import bucket

#: Codes that may be asked for one address in an hour, whoever asks.
CODES_PER_ADDRESS = 10
#: Tries of a second factor in a quarter of an hour.
TRIES_PER_PERSON = 10


def _code_field(label: str, help_text: str, length: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=length,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "class": "code"}
        ),
        error_messages={
            "required": "Le code est à recopier ici.",
            "max_length": "Ce code est trop long : seuls ses chiffres sont à recopier.",
        },
    )


class AddressForm(RequestLoginCodeForm):
    """The address that receives the code."""

    email = forms.EmailField(
        label="Adresse e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "L’adresse e-mail est à écrire ici.",
            "invalid": "Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr",
        },
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"] = self.cleaned_data["email"].lower()
        if not rate_limits.count(bucket("account", email), "sign_in_code", CODES_PER_ADDRESS, 3600):
            raise forms.ValidationError(
                "Trop de codes ont été demandés pour cette adresse. Un nouvel essai est possible dans une heure."
            )
        return super().clean_email()


class CodeForm(ConfirmLoginCodeForm):
    """The code of the mail, and whether the device is hers: at school it is not."""

    code = _code_field("Code reçu", "Huit chiffres. Le tiret est facultatif.", 40)
    remember = forms.BooleanField(
        label="C’est mon appareil : rester en ligne deux semaines",
        required=False,
        help_text="À laisser vide sur un ordinateur partagé : la session finira avec le navigateur.",
    )


class _LimitedCode(forms.Form):
    """A code of the second factor: few tries, and each code once, on whichever server it arrives."""

    def clean_code(self) -> str:
        person = bucket("second_factor", str(self.user.pk))
        if not rate_limits.count(person, "second_factor", TRIES_PER_PERSON, 900):
            raise forms.ValidationError(TOO_MANY)
        code = super().clean_code()
        secret = self.secret_in_use()
        if secret and not second_factor.first_use(self.user, secret, code):
            raise forms.ValidationError(WRONG_SECOND_CODE)
        return code

    def secret_in_use(self) -> str | None:
        """Return the seed that the code answers; None for a recovery code, which allauth spends by itself."""
        if self.authenticator.type != Authenticator.Type.TOTP:
            return None
        return decrypt(self.authenticator.data["secret"])


_SECOND_CODE = ("Code de votre application", "Six chiffres, ou un code de secours de huit chiffres.", 40)


class SecondFactorForm(_LimitedCode, AuthenticateForm):
    """The second step of a sign-in."""

    code = _code_field(*_SECOND_CODE)


class SecondFactorAgainForm(_LimitedCode, ReauthenticateForm):
    """The second factor once more, before it is changed."""

    code = _code_field(*_SECOND_CODE)


class ActivateForm(_LimitedCode, ActivateTOTPForm):
    """The first code of a new application: proof that it was set up."""

    code = _code_field("Code affiché par l’application", "Six chiffres, renouvelés toutes les trente secondes.", 40)

    def secret_in_use(self) -> str:
        return self.secret
