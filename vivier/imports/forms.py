"""Shapes of what is sent about people files."""

from django import forms

from vivier.common import clock
from vivier.imports.fields import MENTORS, REGISTRANTS
from vivier.imports.grid import ALL_SHEETS
from vivier.imports.operations import UNANSWERED, Stated, Statement
from vivier.imports.understanding import Understanding
from vivier.mentoring.vocabulary import mentor_words
from vivier.people.operations.volunteers import VETTING_MONTHS
from vivier.programmes.models import Programme

_ACCEPTED = ".xlsx,.ods,.xls,.csv,.tsv,.txt"


class UploadForm(forms.Form):
    """One file of registrants, one of mentors, or both."""

    registrants = forms.FileField(required=False, allow_empty_file=True)
    mentors = forms.FileField(required=False, allow_empty_file=True)

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        words, helpers = programme.words, mentor_words(programme.audience)
        labels = {REGISTRANTS: f"Les {words.many}", MENTORS: f"Les {helpers.many}"}
        for name, field in self.fields.items():
            field.label = labels[name]
            field.widget.attrs["accept"] = _ACCEPTED

    def clean(self):
        """Refuse a form without any file."""
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name) for name in (REGISTRANTS, MENTORS)):
            raise forms.ValidationError("Choisissez un fichier, ou les deux.")
        return cleaned


class SheetForm(forms.Form):
    """Which sheet of a workbook to read."""

    sheet = forms.ChoiceField(label="Feuille à lire", widget=forms.RadioSelect)

    def __init__(self, *args, sheets: tuple[str, ...], several_fit: bool, **kwargs):
        super().__init__(*args, **kwargs)
        every = [(ALL_SHEETS, "Toutes celles qui ont des noms, l’une après l’autre")] if several_fit else []
        self.fields["sheet"].choices = [*((name, name) for name in sheets), *every]


class StatementForm(forms.Form):
    """What she states for the whole file where it is silent.

    Without `understood`, only the shape of an answer is checked: a file of ten thousand lines is not read for that.
    """

    what = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[(one, one) for one in Stated], error_messages={"required": UNANSWERED}
    )
    on = forms.DateField(
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Cette date n’existe pas. Écrivez-la jour/mois/année."},
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y"],
    )

    def __init__(self, *args, understood: Understanding | None = None, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        if understood is None:
            self.fields["what"].required = False
            return
        if not understood.leaves_open:
            self.fields.clear()
            return
        questions = _registrant_questions if understood.kind == REGISTRANTS else _mentor_questions
        what, on = self.fields["what"], self.fields["on"]
        what.label, on.label, on.help_text, what.choices = questions(understood, programme)
        if understood.kind == MENTORS:
            on.widget.attrs["max"] = f"{clock.today():%Y-%m-%d}"

    def clean(self):
        """Ask for the day of what is stated, and refuse to attest what is to come."""
        cleaned = super().clean()
        stated = cleaned.get("what")
        if stated and stated != Stated.NOTHING and "on" not in self.errors:
            if cleaned.get("on") is None:
                self.add_error("on", "Indiquez la date.")
            elif stated == Stated.ATTESTED and cleaned["on"] > clock.today():
                self.add_error("on", "Cette date est dans l’avenir : vous ne pouvez attester que ce qui a eu lieu.")
        return cleaned

    @property
    def statement(self) -> Statement | None:
        """What she stated, once the form is valid; None when she did not answer."""
        if not self.cleaned_data.get("what"):
            return None
        stated = Stated(self.cleaned_data["what"])
        return Statement(stated, None if stated is Stated.NOTHING else self.cleaned_data["on"])


Questions = tuple[str, str, str, list[tuple[str, str]]]


def _registrant_questions(understood: Understanding, programme: Programme) -> Questions:
    words = programme.words
    choices = []
    if understood.lacks_presence:
        choices.append((Stated.ATTESTED, f"J’atteste que ces {words.many} étaient {words.present}."))
    elif understood.lacks_days:
        choices.append((Stated.ATTESTED, "Présentes et absentes sont dans le fichier : voici la date de l’atelier."))
    if understood.lacks_days:
        choices.append((Stated.PLACES, "Ce sont des places pour ce jour-là : la présence sera notée plus tard."))
        choices.append((Stated.NOTHING, "Je ne sais pas encore : les ajouter au programme, sans séance."))
        hint = "Le jour où l’atelier a eu lieu, ou celui de la séance qui vient."
    else:
        choices.append((Stated.NOTHING, "Je n’atteste rien : la présence reste à noter sur les séances."))
        hint = "Le jour de votre attestation : les séances gardent les dates du fichier."
    return "Qui était là ?", "Date de l’atelier" if understood.lacks_days else "Attesté le", hint, choices


def _mentor_questions(understood: Understanding, programme: Programme) -> Questions:
    helpers = mentor_words(programme.audience)
    checked = "vérifiées" if helpers.many == "marraines" else "vérifiées et vérifiés"
    choices = []
    if understood.lacks_vetting:
        choices.append((Stated.ATTESTED, f"J’atteste que ces {helpers.many} ont été {checked}."))
    choices.append(
        (Stated.NOTHING, "Je n’atteste rien : la vérification sera demandée avant d’accepter un accompagnement.")
    )
    return (
        "La vérification est-elle faite ?",
        "Faite le",
        f"Le jour de la vérification ; elle vaut {VETTING_MONTHS} mois.",
        choices,
    )
