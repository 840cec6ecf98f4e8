"""What the components page shows: fictional people, and the figures 0, 1 and 10 000."""

import datetime

from django import forms

SESSION_ADDRESS = "http://localhost:8000/seances/atelier-valence"
LONG_NAME = "Marie-Antoinette Rakotondrainibe-Vandenbroucke de Saint-Symphorien-sur-Coise"

GROUPS = [
    {"label": "Couleurs et lettres", "anchor": "couleurs"},
    {"label": "Agir", "anchor": "agir"},
    {"label": "Demander", "anchor": "demander"},
    {"label": "Dire", "anchor": "dire"},
    {"label": "Compter", "anchor": "compter"},
    {"label": "Lister", "anchor": "lister"},
    {"label": "Personnes et séances", "anchor": "personnes"},
    {"label": "Pages entières", "anchor": "pages"},
    {"label": "L’étang", "anchor": "etang"},
]

#: the token, and what it is for
SWATCHES = [
    ("paper", "le fond"),
    ("card", "les surfaces"),
    ("sunken", "les creux"),
    ("ink", "le texte"),
    ("muted", "le texte second"),
    ("line", "les traits"),
    ("water", "ce qui se suit ou se presse"),
    ("water-soft", "l’eau claire"),
    ("coral", "ce qui manque"),
    ("coral-soft", "son fond"),
    ("sun", "ce qui attend"),
    ("sun-soft", "son fond"),
    ("leaf", "ce qui est fait"),
    ("leaf-soft", "son fond"),
]

ICONS = (
    "check wait alert info right left arrow calendar place online download upload lock unlock search plus close "
    "print mail phone person people out edit file"
).split()


class SampleForm(forms.Form):
    """Every kind of field."""

    first_name = forms.CharField(
        label="Prénom", help_text="Celui que tu utilises.", widget=forms.TextInput({"autocomplete": "given-name"})
    )
    email = forms.EmailField(label="Adresse e-mail", widget=forms.EmailInput({"autocomplete": "email"}))
    birth = forms.DateField(
        label="Date de naissance",
        help_text="Elle sert à savoir qui doit donner son autorisation.",
        widget=forms.DateInput({"type": "date", "autocomplete": "bday"}),
    )
    level = forms.ChoiceField(
        label="Classe", choices=[("", "Choisir"), ("2de", "Seconde"), ("1re", "Première"), ("term", "Terminale")]
    )
    code = forms.CharField(
        label="Code reçu par e-mail",
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "6"}),
    )
    mode = forms.ChoiceField(
        label="Comment préfères-tu venir ?",
        choices=[("site", "Sur place, à Valence"), ("online", "En ligne"), ("both", "Les deux me vont")],
        widget=forms.RadioSelect,
    )
    likes = forms.MultipleChoiceField(
        label="Qu’est-ce qui te plaît ?",
        required=False,
        choices=[("draw", "Dessiner, mettre en forme"), ("solve", "Résoudre des énigmes"), ("help", "Aider des gens")],
        widget=forms.CheckboxSelectMultiple,
    )
    message = forms.CharField(label="Un mot pour nous", required=False, widget=forms.Textarea({"rows": 4}))
    people = forms.FileField(
        label="Fichier des lycéennes",
        help_text="Excel, LibreOffice ou CSV, tel que vous l’avez. Rien n’est écrit avant votre accord.",
    )
    agree = forms.BooleanField(label="J’ai lu ce qui est fait de mes réponses")


class FilterForm(forms.Form):
    """What a list can be narrowed by."""

    city = forms.ChoiceField(
        label="Ville", required=False, choices=[("", "Toutes"), ("valence", "Valence"), ("lyon", "Lyon")]
    )
    state = forms.ChoiceField(
        label="État", required=False, choices=[("", "Tous"), ("waiting", "En attente"), ("paired", "Accompagnée")]
    )
    name = forms.CharField(label="Nom", required=False)


class GuardianForm(forms.Form):
    """The two answers of one question of a sign-up."""

    name = forms.CharField(label="Son prénom", widget=forms.TextInput({"autocomplete": "off"}))
    email = forms.EmailField(label="Son adresse e-mail", widget=forms.EmailInput({"autocomplete": "off"}))


def wrong_form() -> SampleForm:
    """Return the sample form as sent with mistakes, each said with how to mend it."""
    form = SampleForm({"faute-first_name": LONG_NAME, "faute-email": "nadia@exemple"}, prefix="faute")
    form.errors.clear()
    form.add_error("email", "Il manque la fin de l’adresse, par exemple « .fr ».")
    form.add_error("birth", "Choisis ta date de naissance : jour, mois, année.")
    form.add_error("mode", "Choisis une des trois réponses.")
    form.add_error("people", "Ce fichier est vide. Ouvrez-le dans Excel pour vérifier, puis déposez-le de nouveau.")
    form.add_error("agree", "Coche la case pour continuer.")
    return form


def wrong_guardian_form() -> GuardianForm:
    """Return the question as it comes back when the address is cut."""
    sent = {"responsable-faux-name": "Nadia", "responsable-faux-email": "nadia@exemple"}
    form = GuardianForm(sent, prefix="responsable-faux")
    form.errors.clear()
    form.add_error("email", "Il manque la fin de l’adresse, par exemple « .fr ».")
    return form


def everything() -> dict:
    """Return the values of every specimen, by component."""
    return {
        "long_name": LONG_NAME,
        "date": datetime.date(2026, 12, 16),
        "trail": [{"label": "Mon programme", "url": "#pages"}, {"label": "Appariements", "url": "#pages"}],
        "tabs": [
            {"label": "À valider", "url": "#lister", "count": 138, "current": True},
            {"label": "En attente", "url": "#lister", "count": 0},
            {"label": "Toutes", "url": "#lister", "count": 10_000},
        ],
        "todo": [
            {
                "label": "Bilan de la subvention",
                "detail": "Région, 10 000 €, dû le 3 novembre",
                "url": "#dire",
                "action": "Préparer",
                "urgent": True,
            },
            {
                "label": "4 autorisations à relancer",
                "detail": "séance du 14 décembre, Lyon",
                "url": "#dire",
                "action": "Voir la liste",
            },
            {
                "label": "2 accompagnements sans nouvelles depuis 3 semaines",
                "detail": "dernier contact le 30 octobre",
                "url": "#dire",
                "action": "Ouvrir",
            },
        ],
        "funnel": [
            {"label": "Inscrites", "value": 171, "url": "#compter"},
            {"label": "Autorisées", "value": 161, "url": "#compter", "lost": "10 autorisations manquent"},
            {"label": "Présentes", "value": 150, "url": "#compter"},
            {"label": "Marraine trouvée", "value": 138, "url": "#compter", "lost": "12 attendent, surtout à Valence"},
            {"label": "Commencé", "value": 106, "url": "#compter", "low": True},
        ],
        "large_funnel": [
            {"label": "Inscrites", "value": 10_000, "url": "#compter"},
            {"label": "Présentes", "value": 1, "url": "#compter"},
            {"label": "Accompagnées", "value": 0},
        ],
        "figures": [
            {"value": 138, "label": "lycéennes ont une marraine", "url": "#compter", "detail": "sur 150 présentes"},
            {"value": 12, "label": "en attendent une", "url": "#compter", "detail": "dont 10 à Valence", "low": True},
            {"value": 0, "label": "incident ouvert"},
            {"value": 10_000, "label": "inscriptions en une année", "url": "#compter"},
        ],
        "definitions": [
            {"term": "Programme", "value": "Ell’oweb", "url": "#lister"},
            {"term": "Lieu", "value": "Moulin des idées, 3 rue de l’Écluse, 26000 Valence"},
            {"term": "Places", "value": "24, dont 2 libres"},
            {"term": "Distance moyenne", "value": None},
        ],
        "cities": [
            {"name": "Grenoble", "present": 32, "served": 32, "tone": "ok", "state": "complet"},
            {"name": "Valence", "present": 24, "served": 14, "tone": "alert", "state": "10 manquent"},
            {"name": "Lyon", "present": 48, "served": 47, "tone": "wait", "state": "1 en attente"},
            {"name": "Saint-Étienne", "present": 22, "served": 22, "tone": "ok", "state": "complet"},
            {"name": "Clermont-Ferrand", "present": 24, "served": 23, "tone": "wait", "state": "1 en attente"},
        ],
        "reasons": [
            "Elles sont libres toutes les deux le mercredi après-midi.",
            "Elle travaille à Romans, à 18 km.",
            "Une seule autre marraine était possible.",
        ],
        "people": [
            {"name": "Inès B.", "detail": "seconde, lycée du Vercors"},
            {"name": "Maëlys T.", "detail": "première, lycée du Vercors"},
            {"name": LONG_NAME, "detail": "terminale"},
        ],
        "hidden": [{"name": "pair", "value": "12"}],
        "index": [{"label": "Rappel", "anchor": "pages"}, {"label": "Suite", "anchor": "etang"}],
    }
