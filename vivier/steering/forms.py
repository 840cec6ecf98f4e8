"""Shapes of what is typed in the room."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email

from vivier.common import clock
from vivier.mentoring.forms import NO_REASON
from vivier.people.fields import NameField, is_plain_name
from vivier.people.records import NewVolunteer
from vivier.people.vocabulary import Interest, Language, Slot
from vivier.steering.operations import Named
from vivier.steering.operations.asks import ANSWER_TIME
from vivier.steering.vocabulary import DeclineReason
from vivier.territories.forms import CommuneField

#: How many people a partner names at once; the link stays open for more.
LINES = 3
MOST_ASKED = 500


class AskForm(forms.Form):
    """What to ask, and of whom."""

    quantity = forms.IntegerField(
        label="Combien",
        validators=[
            MinValueValidator(1, "Demandez au moins une chose."),
            MaxValueValidator(MOST_ASKED, f"{MOST_ASKED} au plus par demande."),
        ],
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_ASKED, "inputmode": "numeric"}),
    )
    slots = forms.MultipleChoiceField(
        label="À quels créneaux",
        required=False,
        choices=Slot.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cochés : ceux d’un tiers au moins des personnes qui attendent. Aucun : c’est à convenir.",
    )
    answer_before = forms.DateField(
        label="Réponse souhaitée avant le", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    message = forms.CharField(
        label="Quelques mots de vous",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="N’y nommez aucune personne accompagnée.",
    )
    partners = forms.MultipleChoiceField(
        label="À qui",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez au moins un partenaire.",
            "invalid_choice": "Un partenaire ne peut plus être choisi : il vient peut-être de recevoir cette demande.",
        },
    )

    def __init__(self, *args, partners, has_slots: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_slots:
            del self.fields["slots"]
        self.fields["partners"].choices = partners

    @staticmethod
    def answer_day():
        """Return the day proposed for answers: in two weeks."""
        return clock.today() + ANSWER_TIME


class PlainNameField(NameField):
    """A name that somebody else typed and that a mail repeats: nothing in it may pass for a link."""

    def clean(self, value) -> str:
        text = super().clean(value)
        if not is_plain_name(text):
            raise ValidationError("Un nom n’a que des lettres, des espaces, des traits d’union et des apostrophes.")
        return text


class NamedForm(forms.Form):
    """The people whom a partner names: a first name, a name and an address each; empty lines are left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for n in range(1, LINES + 1):
            self.fields[f"first_name_{n}"] = PlainNameField(label="Prénom", missing="", required=False)
            self.fields[f"last_name_{n}"] = PlainNameField(label="Nom", missing="", required=False)
            self.fields[f"email_{n}"] = forms.CharField(
                label="Adresse e-mail", max_length=254, required=False, widget=forms.EmailInput()
            )

    def lines(self):
        """Yield (number, the three fields) of each line, for the page."""
        for n in range(1, LINES + 1):
            yield n, [self[f"{name}_{n}"] for name in ("first_name", "last_name", "email")]

    def clean(self):
        cleaned = super().clean()
        people = []
        for n in range(1, LINES + 1):
            first, last, email = (
                cleaned.get(f"{name}_{n}", "").strip() for name in ("first_name", "last_name", "email")
            )
            if not (first or last or email):
                continue
            if not first and f"first_name_{n}" not in self.errors:
                self.add_error(f"first_name_{n}", "Il manque le prénom.")
            try:
                validate_email(email)
            except ValidationError:
                self.add_error(f"email_{n}", "Il manque une adresse complète, par exemple prenom@exemple.fr.")
            people.append(Named(first, last, email))
        if not people:
            self.add_error(None, "Nommez au moins une personne, avec son adresse.")
        cleaned["people"] = people
        return cleaned


class DeclineForm(forms.Form):
    """Why a partner says no."""

    reason = forms.ChoiceField(label="Pourquoi", choices=[NO_REASON, *DeclineReason.choices])
    note = forms.CharField(label="Précision", max_length=200, required=False)


class JoinForm(forms.Form):
    """What somebody says who becomes a marraine: eleven fields, most of them boxes."""

    first_name = forms.CharField(label="Prénom", max_length=100, widget=forms.TextInput({"autocomplete": "given-name"}))
    last_name = forms.CharField(label="Nom", max_length=100, widget=forms.TextInput({"autocomplete": "family-name"}))
    phone = forms.CharField(
        label="Téléphone",
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
        help_text="Pour l’entretien seulement.",
    )
    commune = CommuneField(label="Votre commune", help_text="Son nom ou son code postal.")
    occupation = forms.CharField(label="Votre métier", max_length=150, help_text="En mots simples.")
    slots = forms.MultipleChoiceField(
        label="Quand",
        required=False,
        choices=Slot.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucun coché : à convenir.",
    )
    interests = forms.MultipleChoiceField(
        label="De quoi pouvez-vous parler",
        required=False,
        choices=Interest.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label="En quelles langues", required=False, choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.TypedChoiceField(
        label="Combien de personnes à la fois", coerce=int, choices=[(1, "Une"), (2, "Deux"), (3, "Trois")],
        widget=forms.RadioSelect, initial=1,
    )  # fmt: skip
    charter = forms.BooleanField(
        label="J’ai lu la charte et je m’y engage",
        error_messages={"required": "Sans cet engagement, nous ne pouvons pas vous inscrire."},
    )

    def person(self, email: str, employer: str) -> NewVolunteer:
        """Return the volunteer to create, under the address that the link proves."""
        names = ("first_name", "last_name", "phone", "commune", "occupation", "interests", "languages")
        return NewVolunteer(email=email, employer=employer, **{name: self.cleaned_data[name] for name in names})


class TrainingForm(forms.Form):
    """Three questions of the short training; every answer is explained, none is held against anybody."""

    address = forms.ChoiceField(
        label="La personne accompagnée vous demande votre numéro personnel. Que faites-vous ?",
        widget=forms.RadioSelect,
        choices=[
            ("give", "Je le donne : c’est plus simple"),
            ("platform", "Je lui réponds par la structure, qui nous met en relation"),
            ("parent", "Je le donne à ses proches seulement"),
        ],
    )
    worry = forms.ChoiceField(
        label="Elle vous confie qu’elle a peur de rentrer chez elle. Que faites-vous ?",
        widget=forms.RadioSelect,
        choices=[
            ("secret", "Je lui promets de garder le secret"),
            ("parents", "J’appelle ses parents"),
            ("call", "Je l’écoute, je préviens la structure aussitôt, et le 119 si c’est urgent"),
        ],
    )
    choice = forms.ChoiceField(
        label="Elle hésite entre deux spécialités. Que faites-vous ?",
        widget=forms.RadioSelect,
        choices=[
            ("decide", "Je lui dis laquelle prendre"),
            ("open", "Je lui raconte ce que chacune ouvre, et elle choisit"),
            ("easy", "Je lui conseille la plus facile"),
        ],
    )

    RIGHT = {
        "address": ("platform", "Aucune coordonnée personnelle : c’est ce qui protège chacune de vous deux."),
        "worry": ("call", "On ne promet jamais le secret : on écoute, on prévient la structure, et le 119 en urgence."),
        "choice": ("open", "Le choix est le sien : racontez, elle décide."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = "Choisissez une réponse."

    def clean(self):
        cleaned = super().clean()
        for name, (right, why) in self.RIGHT.items():
            if cleaned.get(name, right) != right:
                self.add_error(name, f"Pas tout à fait. {why}")
        return cleaned
