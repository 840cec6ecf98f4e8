"""What a Django form becomes in a page: labels, hints and errors tied to their fields."""

import re

from django import forms
from django.template import Context, engines

from vivier.portal.components_samples import SampleForm, wrong_form


class Sign(forms.Form):
    email = forms.EmailField(label="Adresse e-mail", help_text="Celle que tu lis.")
    city = forms.ChoiceField(
        label="Ville", choices=[("v", "Valence"), ("l", "Lyon")], widget=forms.RadioSelect, help_text="La plus proche."
    )
    word = forms.CharField(label="Un mot", required=False)
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("Cette séance est complète.")


def element(html: str, opening: str) -> str:
    """Return the first tag of `html` that holds `opening`."""
    return next(tag for tag in re.findall(r"<[^>]+>", html) if opening in tag)


def test_a_hint_and_an_error_are_read_with_their_field():
    html = str(Sign({"email": "nadia@"})["email"].as_field_group())
    field = element(html, "<input")
    assert 'aria-invalid="true"' in field
    described = re.search(r'aria-describedby="([^"]+)"', field)[1].split()
    assert described == ["id_email_helptext", "id_email_error"]
    for name in described:
        assert f'id="{name}"' in html
    assert html.index("id_email_helptext") < html.index("id_email_error") < html.index("<input")
    assert 'for="id_email"' in html


def test_choices_are_a_group_with_a_name():
    html = str(Sign({})["city"].as_field_group())
    assert html.index("<fieldset") < html.index("<legend>Ville")
    assert 'aria-describedby="id_city_helptext id_city_error"' in element(html, "<fieldset")


def test_the_summary_leads_to_each_field():
    html = str(Sign({"email": "nadia@", "token": "x"}))
    assert "3 réponses sont à corriger" in html
    assert "<li>Cette séance est complète.</li>" in html
    for link in re.findall(r'href="#([^"]+)"', html):
        assert f'id="{link}"' in html
    assert 'href="#id_city_0"' in html
    assert html.index('role="alert"') < html.index("<label")


def test_a_hidden_field_with_an_error_does_not_disappear():
    assert "Ce champ est obligatoire" in str(Sign({"email": "a@b.fr", "city": "v"})).split("<label")[0]


def test_what_is_optional_says_so_and_what_is_required_does_not():
    html = str(Sign())
    assert html.count("(facultatif)") == 1
    assert html.index("(facultatif)") > html.index("Un mot")


def test_a_form_without_data_shows_no_error():
    html = str(SampleForm())
    assert "error-summary" not in html
    assert "aria-invalid" not in html


def test_the_sample_of_errors_shows_every_kind():
    html = str(wrong_form())
    assert html.count('class="field invalid"') == 5


def test_a_label_is_escaped():
    class Odd(forms.Form):
        name = forms.CharField(label="<b>Nom</b>")

    assert "&lt;b&gt;Nom" in str(Odd())


def rendered(source: str, **context) -> str:
    return engines["django"].from_string("{% load components %}" + source).template.render(Context(context))


def test_a_component_sees_its_slots_and_nothing_of_the_page():
    html = rendered(
        '{% component "card" level="h3" %}<p>{{ heading }}</p>{% endcomponent %}', heading="Le titre de la page"
    )
    assert "<h3>" not in html
    assert "<p>Le titre de la page</p>" in html


def test_a_component_escapes_what_it_is_given():
    assert "&lt;script&gt;" in rendered('{% component "card" heading=name %}{% endcomponent %}', name="<script>")


def test_a_component_can_be_kept_for_the_slot_of_another():
    html = rendered(
        '{% component "card" heading="À faire" as todo %}<p>Rien</p>{% endcomponent %}'
        '{% component "hero" heading="138" aside=todo %}{% endcomponent %}'
    )
    assert html.count("<p>Rien</p>") == 1
    assert html.index("hero-heading") < html.index("À faire")


def test_numbers_are_written_as_in_french():
    assert rendered("{{ n|number }}", n=10_000) == "10\u00a0000"
    assert rendered("{{ n|number }}", n=0) == "0"
    assert rendered("{{ n|number }}", n="1 h 12") == "1 h 12"


def test_a_bar_never_divides_by_nothing():
    assert 'class="fill"' not in rendered('{% include "components/bar.html" with value=0 total=0 only %}')
    assert 'width="50%"' in rendered('{% include "components/bar.html" with value=75 total=150 only %}')


def test_a_code_of_an_address_holds_no_style():
    html = rendered("{{ url|qr_code }}", url="http://localhost/seances/1?a=1&b=2")
    assert html.startswith("<svg")
    assert "style" not in html
