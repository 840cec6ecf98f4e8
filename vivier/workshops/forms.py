"""Shapes of what is typed about sessions, and the questions of a sign-up."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError

from vivier.common import clock
from vivier.people.consent_rules import age_on
from vivier.people.fields import AddressField, BirthDateField, NameField, PhoneField, yes_no
from vivier.people.vocabulary import SchoolLevel
from vivier.programmes.models import Programme
from vivier.territories.forms import CommuneField
from vivier.workshops.models import Session

#: A date further off than this is a slip of the keyboard.
FARTHEST = timedelta(days=800)


class _TimeInput(forms.TimeInput):
    def __init__(self):
        super().__init__({"type": "time"}, format="%H:%M")


class SessionForm(forms.Form):
    """A session: what, when, where, for how many, for whom."""

    title = forms.CharField(
        label="Titre", max_length=150, error_messages={"required": "Il manque le titre, par exemple « Créer un site »."}
    )
    description = forms.CharField(
        label="Ce qu’on y fait",
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="En deux ou trois phrases simples. Affiché sur la page publique.",
    )
    day = forms.DateField(
        label="Jour",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Il manque le jour.", "invalid": "Ce jour n’existe pas : vérifiez la date."},
    )
    start = forms.TimeField(
        label="Début",
        widget=_TimeInput(),
        error_messages={"required": "Il manque l’heure de début.", "invalid": "Écrivez l’heure ainsi : 14:00."},
    )
    end = forms.TimeField(
        label="Fin",
        widget=_TimeInput(),
        error_messages={"required": "Il manque l’heure de fin.", "invalid": "Écrivez l’heure ainsi : 16:00."},
    )
    mode = forms.ChoiceField(label="Forme", choices=Session.Mode.choices, widget=forms.RadioSelect)
    site = forms.ModelChoiceField(label="Ville", queryset=None, required=False, empty_label="Aucune")
    place = forms.CharField(
        label="Lieu et adresse",
        max_length=250,
        required=False,
        help_text="Pour une séance sur place. Affiché sur la page publique.",
    )
    online_url = forms.URLField(
        label="Lien de connexion",
        required=False,
        assume_scheme="https",
        help_text="Pour une séance en ligne. Montré seulement aux personnes dont la place est confirmée.",
        error_messages={"invalid": "Ce lien n’est pas complet : il commence par https://."},
    )
    host = forms.CharField(
        label="Adulte qui accueille",
        max_length=150,
        required=False,
        help_text="Prénom, nom et fonction. Montré aux responsables et aux personnes inscrites, jamais en public.",
    )
    host_checked_on = forms.DateField(
        label="Vérification de cet adulte, faite le",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="La date seulement : aucun document n’est gardé.",
        error_messages={"invalid": "Ce jour n’existe pas : vérifiez la date."},
    )
    capacity = forms.IntegerField(
        label="Places",
        min_value=1,
        max_value=5000,
        error_messages={
            "required": "Il manque le nombre de places.",
            "invalid": "Écrivez un nombre entier, par exemple 20.",
            "min_value": "Il faut au moins une place.",
            "max_value": "Le nombre de places dépasse 5 000 : vérifiez-le.",
        },
    )
    promotion = forms.ChoiceField(
        label="Quand la séance est complète, une place libérée est donnée",
        choices=Session.Promotion.choices,
        widget=forms.RadioSelect,
        initial=Session.Promotion.AUTOMATIC,
        help_text="La liste d’attente s’ouvre dès que les places sont prises.",
    )
    answer_days = forms.IntegerField(
        label="Jours laissés pour autoriser",
        min_value=1,
        max_value=60,
        initial=7,
        help_text="Passé ce délai, une place sans autorisation va à qui attend ; si personne n’attend, elle reste.",
        error_messages={
            "required": "Il manque le nombre de jours.",
            "invalid": "Écrivez un nombre entier, par exemple 7.",
            "min_value": "Il faut au moins un jour.",
            "max_value": "Soixante jours au plus.",
        },
    )
    levels = forms.MultipleChoiceField(
        label="Classes attendues",
        choices=SchoolLevel.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Rien de coché : toutes les classes.",
    )
    minimum_age = forms.IntegerField(label="Âge minimum", min_value=5, max_value=99, required=False)
    maximum_age = forms.IntegerField(label="Âge maximum", min_value=5, max_value=99, required=False)
    is_public = forms.BooleanField(
        label="Annoncer la séance sur la liste publique",
        required=False,
        help_text="Sinon, seules les personnes qui ont son adresse ou son code QR la trouvent.",
    )

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = programme.sites.select_related("commune").order_by("position", "pk")
        self.fields["site"].label_from_instance = lambda site: site.commune.name
        for name in ("minimum_age", "maximum_age"):
            self.fields[name].error_messages.update(
                min_value="Un âge se situe entre 5 et 99 ans.",
                max_value="Un âge se situe entre 5 et 99 ans.",
                invalid="Écrivez un nombre entier, par exemple 14.",
            )

    def clean_day(self):
        day = self.cleaned_data["day"]
        if abs(day - clock.today()) > FARTHEST:
            raise ValidationError("Cette date est à plus de deux ans : vérifiez l’année.")
        return day

    def clean_host_checked_on(self):
        day = self.cleaned_data["host_checked_on"]
        if day and day > clock.today():
            raise ValidationError("Cette date est dans l’avenir : indiquez le jour où la vérification a été faite.")
        return day

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", "La séance finit avant d’avoir commencé : vérifiez les deux heures.")
        if cleaned.get("mode") == Session.Mode.ON_SITE:
            if not cleaned.get("site"):
                self.add_error("site", "Choisissez la ville : c’est elle qui sert à trouver la séance.")
            if not cleaned.get("place"):
                self.add_error("place", "Il manque le lieu : le nom de la salle et son adresse.")
        low, high = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if low is not None and high is not None and high < low:
            self.add_error("maximum_age", "L’âge maximum est plus petit que l’âge minimum.")
        if cleaned.get("host_checked_on") and not cleaned.get("host"):
            self.add_error("host", "Dites de quel adulte il s’agit.")
        return cleaned

    def details(self) -> dict:
        """Return the columns of Session."""
        data = dict(self.cleaned_data)
        day, start, end = data.pop("day"), data.pop("start"), data.pop("end")
        return {
            **data,
            "starts_at": clock.at(day, start.hour, start.minute),
            "ends_at": clock.at(day, end.hour, end.minute),
        }


class CancelForm(forms.Form):
    """Why a session is cancelled, in the words of the mail."""

    reason = forms.CharField(
        label="Motif", max_length=200, required=False, help_text="Il figure dans le message envoyé à chacune et chacun."
    )


class PlaceFilterForm(forms.Form):
    """From where somebody looks for a session."""

    commune = CommuneField(label="Votre commune", required=False, help_text="Son nom ou son code postal.")


# --- The questions of a sign-up, one form each -----------------------------------------------------------------------


class NameForm(forms.Form):
    first_name = NameField(label="Prénom", missing="Il manque le prénom.", autocomplete="given-name")
    last_name = NameField(label="Nom", missing="Il manque le nom.", autocomplete="family-name")


class BirthForm(forms.Form):
    birth_date = BirthDateField()


class LevelForm(forms.Form):
    school_level = forms.ChoiceField(
        label="Classe",
        choices=SchoolLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Il manque la classe : choisir une des réponses."},
    )


class CommuneForm(forms.Form):
    commune = CommuneField(label="Commune", help_text="Son nom ou son code postal.")


class ContactForm(forms.Form):
    email = AddressField(required=False)
    phone = PhoneField(required=False)

    def __init__(self, *args, optional: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.optional = optional

    def clean(self):
        cleaned = super().clean()
        empty = not cleaned.get("email") and not cleaned.get("phone")
        if empty and not self.errors and not self.optional:
            raise ValidationError("Il manque une adresse e-mail ou un numéro de téléphone : un des deux suffit.")
        cleaned["without_contact"] = empty
        return cleaned


class GuardianForm(forms.Form):
    guardian_first_name = NameField(label="Son prénom", missing="Il manque le prénom de cette personne.")
    guardian_email = AddressField(
        label="Son adresse e-mail",
        autocomplete="off",
        required=False,
        help_text="Pas d’adresse ? Laisser vide : une feuille à faire signer sera proposée.",
    )
    guardian_phone = PhoneField(label="Son téléphone", autocomplete="off", required=False)

    def __init__(self, *args, own_email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.own_email = own_email.casefold()

    def clean_guardian_email(self):
        email = self.cleaned_data["guardian_email"]
        if email and email.casefold() == self.own_email:
            raise ValidationError("C’est l’adresse de la personne inscrite : il faut celle du responsable.")
        return email


class ConfirmForm(forms.Form):
    """What is said at the end: her data may be kept, and whether she may be in a picture."""

    accepts_data = forms.BooleanField(
        label="", error_messages={"required": "Cocher cette case est nécessaire pour garder la place."}
    )
    image = forms.ChoiceField(
        label="", choices=[("oui", "Oui"), ("non", "Non")], required=False, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args,
        data_label: str,
        data_hint: str,
        image_label: str,
        image_hint: str,
        image_yes: str,
        image_no: str,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.fields["accepts_data"].label = data_label
        self.fields["accepts_data"].help_text = data_hint
        self.fields["image"].label = image_label
        self.fields["image"].help_text = image_hint
        self.fields["image"].choices = yes_no(image_yes, image_no)


class AssistedForm(NameForm, BirthForm, LevelForm, CommuneForm):
    """The whole sign-up on one page, filled beside the person: the same answers, no address needed."""

    email = AddressField(required=False, autocomplete="off")
    phone = PhoneField(required=False, autocomplete="off")
    guardian_first_name = NameField(
        label="Prénom de la personne responsable",
        missing="",
        required=False,
        help_text="Avant 18 ans seulement.",
    )
    guardian_email = AddressField(
        label="Son adresse e-mail",
        autocomplete="off",
        required=False,
        help_text="Sans adresse, une feuille à signer sera proposée.",
    )
    guardian_phone = PhoneField(label="Son téléphone", autocomplete="off", required=False)
    accepts_data = forms.BooleanField(
        label="Elle ou il est d’accord pour que ces informations soient gardées par la structure.",
        error_messages={"required": "Sans son accord, rien ne peut être gardé."},
    )
    image = forms.ChoiceField(
        label="Figurer sur des photos",
        choices=[("oui", "Oui"), ("non", "Non")],
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = (
        "first_name", "last_name", "birth_date", "school_level", "commune", "email", "phone", "guardian_first_name",
        "guardian_email", "guardian_phone", "accepts_data", "image",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        birth_date = cleaned.get("birth_date")
        if birth_date and age_on(birth_date, clock.today()) < 18 and not cleaned.get("guardian_first_name"):
            self.add_error("guardian_first_name", "Avant 18 ans, il faut le prénom de la personne responsable.")
        email = cleaned.get("email")
        if email and email.casefold() == (cleaned.get("guardian_email") or "").casefold():
            self.add_error("guardian_email", "C’est l’adresse de la personne inscrite : il faut celle du responsable.")
        return cleaned

    def answers(self) -> dict:
        """Return the answers as the sign-up keeps them."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("accepts_data", "image")}
