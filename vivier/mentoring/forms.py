"""Shapes of what is typed in the room."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from vivier.mentoring.queries.mentors import ENDING, FREE, FULL, IN_FORCE, PAUSED, REFUSED, TO_DO
from vivier.mentoring.queries.pairs import UNINVITED
from vivier.mentoring.vocabulary import Decision, DeclineReason, EndReason, PairState, RefusalReason, Side
from vivier.people.models import Vetting
from vivier.people.operations.volunteers import VETTING_MONTHS
from vivier.people.vocabulary import Slot

#: A reason is chosen, never left as the page proposed it.
NO_REASON = ("", "Choisir un motif")
#: More filleules than anybody can accompany at once: a slip of the finger.
MOST_MENTEES = 30
#: More than six is a workshop, not a group that somebody accompanies.
MOST_IN_GROUP = 6
_SHOWN_STATES = (PairState.PROPOSED, PairState.LOCKED, PairState.ACCEPTED, PairState.REFUSED, PairState.ENDED)


def _search_field() -> forms.CharField:
    return forms.CharField(
        label="Nom", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class SearchForm(forms.Form):
    """A name to look for."""

    q = _search_field()


class WishForm(forms.Form):
    """A mentor to add to the wishes, or to take from them."""

    choix = forms.ChoiceField(choices=[("ajouter", "ajouter"), ("retirer", "retirer")])
    mentor = forms.UUIDField()


class PairFilterForm(forms.Form):
    """Narrows the list of a run page; the names of its fields are those of the address."""

    ville = forms.ChoiceField(label="Ville", required=False)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[("", "Tous"), *((state.value, state.label) for state in _SHOWN_STATES), (UNINVITED, "à inviter")],
    )
    q = _search_field()
    vue = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, cities, has_states: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ville"].choices = [("", "Toutes"), *cities]
        if not has_states:
            del self.fields["etat"]
        if not self.data.get("vue"):
            del self.fields["vue"]


class MentorFilterForm(forms.Form):
    """Narrows the list of marraines; the names of its fields are those of the address."""

    ville = forms.CharField(
        label="Commune", max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    verification = forms.ChoiceField(
        label="Vérification",
        required=False,
        choices=[
            ("", "Toutes"),
            (TO_DO, "à faire ou périmée"),
            (ENDING, "se termine dans 30 jours"),
            (IN_FORCE, "en cours de validité"),
            (REFUSED, "refusée"),
        ],
    )
    place = forms.ChoiceField(
        label="Place",
        required=False,
        choices=[("", "Toutes"), (FREE, "une place libre"), (FULL, "complet"), (PAUSED, "en pause")],
    )
    q = _search_field()


class DecisionForm(forms.Form):
    """One decision about one pair. `retour` is the page to come back to."""

    decision = forms.ChoiceField(
        choices=Decision.choices,
        error_messages={"required": "Choisissez une décision.", "invalid_choice": "Choisissez une décision."},
    )
    reason = forms.ChoiceField(required=False, choices=[*RefusalReason.choices, *EndReason.to_choose()])
    note = forms.CharField(required=False, max_length=200)
    wants_another = forms.BooleanField(required=False)
    #: With an acceptance: the invitations go out at once.
    invites = forms.BooleanField(required=False)


class DeclineForm(forms.Form):
    """Why one side says no to an invitation: a closed list, no free text."""

    reason = forms.ChoiceField(label="Pourquoi", initial=DeclineReason.UNSAID)

    def __init__(self, *args, side: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = DeclineReason.for_side(side)


class NoteReplyForm(forms.Form):
    """An answer given to the structure by voice or on paper."""

    #: Nothing is chosen beforehand: nobody's yes is noted by a slip.
    side = forms.ChoiceField(label="Qui a répondu", choices=[("", "Choisir"), *Side.choices])
    says = forms.ChoiceField(label="Sa réponse", choices=[("", "Choisir"), ("yes", "oui"), ("no", "non")])
    reason = forms.ChoiceField(
        label="Si c’est non, pourquoi", choices=DeclineReason.choices, initial=DeclineReason.UNSAID, required=False
    )


class RefuseForm(forms.Form):
    """Why a pair is refused."""

    reason = forms.ChoiceField(label="Pourquoi", choices=[NO_REASON, *RefusalReason.choices])
    note = forms.CharField(
        label="Précision", max_length=200, required=False, help_text="Aucun détail de santé ni de vie privée."
    )


class EndForm(forms.Form):
    """Why a pair ends, and what the mentee wants next."""

    reason = forms.ChoiceField(label="Pourquoi", choices=[NO_REASON, *EndReason.to_choose()])
    wants_another = forms.BooleanField(label="Lui chercher quelqu’un d’autre au prochain appariement", required=False)
    note = forms.CharField(
        label="Précision", max_length=200, required=False, help_text="Aucun détail de santé ni de vie privée."
    )


class OfferForm(forms.Form):
    """What a marraine offers."""

    capacity = forms.IntegerField(
        label="Filleules à la fois",
        help_text="0 veut dire : aucune nouvelle. Les accompagnements en cours continuent.",
        validators=[
            MinValueValidator(0, "Mettez 0 ou plus."),
            MaxValueValidator(MOST_MENTEES, f"Mettez {MOST_MENTEES} au plus."),
        ],
        widget=forms.NumberInput(attrs={"min": 0, "max": MOST_MENTEES, "inputmode": "numeric"}),
    )
    slots = forms.MultipleChoiceField(
        label="Créneaux possibles",
        required=False,
        choices=Slot.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucun créneau coché : on ne sait pas encore, et personne n’est écarté pour cela.",
    )


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class VettingForm(forms.Form):
    """The result of a verification; the documents are never asked for."""

    outcome = forms.ChoiceField(
        label="Résultat", choices=Vetting.Outcome.choices, widget=forms.RadioSelect, initial=Vetting.Outcome.OK
    )
    checked_on = forms.DateField(label="Vérifiée le", widget=_Day())
    expires_on = forms.DateField(
        label="Valable jusqu’au", widget=_Day(), required=False, help_text=f"Vide : {VETTING_MONTHS // 12} ans."
    )


class InterviewForm(forms.Form):
    """The day on which somebody of the structure met a newcomer."""

    met_on = forms.DateField(label="Entretien mené le", widget=_Day())


class RulesForm(forms.Form):
    """The rules of a programme's matching."""

    radius_km = forms.IntegerField(
        label="Distance à ne pas dépasser, en km",
        help_text="À vol d’oiseau, de commune à commune.",
        validators=[MinValueValidator(1, "Mettez 1 km ou plus."), MaxValueValidator(1000, "Mettez 1 000 km au plus.")],
        widget=forms.NumberInput(attrs={"min": 1, "max": 1000, "inputmode": "numeric"}),
    )
    require_common_slot = forms.BooleanField(
        label="Exiger un créneau commun, quand les deux sont connus", required=False
    )
    require_common_language = forms.BooleanField(
        label="Exiger une langue commune, quand les deux sont connues", required=False
    )
    weight_distance = forms.IntegerField(label="Proximité")
    weight_slots = forms.IntegerField(label="Créneaux communs")
    weight_interests = forms.IntegerField(label="Goûts communs")
    first_qpv = forms.BooleanField(label="Servir d’abord les quartiers prioritaires (QPV)", required=False)
    first_rural = forms.BooleanField(label="Servir d’abord les communes rurales", required=False)
    score = forms.ChoiceField(
        label="Ce que l’on cherche",
        widget=forms.RadioSelect,
        choices=[
            ("concave", "Équilibré : relever d’abord les moins bons accords"),
            ("linear", "Total simple : la plus grande somme des accords"),
        ],
    )

    hold_floor = forms.BooleanField(
        label="D’abord rendre le moins bon accord aussi bon que possible, sans servir une personne de moins",
        required=False,
    )
    stickiness = forms.TypedChoiceField(
        label="Quand on relance",
        widget=forms.RadioSelect,
        coerce=int,
        choices=[
            (0, "Repartir de zéro"),
            (1_000, "Garder les propositions en attente, sauf si l’on y gagne nettement"),
            (3_000, "Les garder autant que possible"),
        ],
        help_text="Ce qui est accepté ou verrouillé ne bouge jamais.",
    )
    group_size = forms.IntegerField(
        label="Filleules pour une même marraine, quand les places manquent",
        help_text="1 : jamais plus que ce que chacune offre. Au-delà, c’est à convenir avec elle avant d’accepter.",
        validators=[
            MinValueValidator(1, "Mettez 1 ou plus."),
            MaxValueValidator(MOST_IN_GROUP, f"Mettez {MOST_IN_GROUP} au plus."),
        ],
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_IN_GROUP, "inputmode": "numeric"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("weight_distance", "weight_slots", "weight_interests"):
            field = self.fields[name]
            field.validators = [
                MinValueValidator(0, "Mettez 0 ou plus."),
                MaxValueValidator(100, "Mettez 100 au plus."),
            ]
            field.widget = forms.NumberInput(attrs={"min": 0, "max": 100, "inputmode": "numeric"})
