"""The page of one person for the staff who follow her, and what they may record on it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vivier.common import clock
from vivier.common.errors import DomainError
from vivier.common.permissions import Permission
from vivier.people import operations
from vivier.people.consent_rules import Band, band_on
from vivier.people.extensions import subjects_of
from vivier.people.forms import GuardianForm, PaperForm, PersonForm
from vivier.people.models import Beneficiary, Guardian, Guardianship
from vivier.people.permissions import beneficiary_or_404
from vivier.people.queries import person_page, purposes_for
from vivier.people.records import NewGuardian

_PERSON_FIELDS = ("kind", "school_level", "school_name", "commune", "qpv")
_IDENTITY_FIELDS = ("first_name", "last_name", "birth_date", "email", "phone")


@require_safe
def beneficiary(request, public_id):
    """Show a person: who she is, her guardians, her authorisations with their proof, her places."""
    found = beneficiary_or_404(request.actor, public_id, Permission.VIEW_PEOPLE)
    page = person_page(request.actor, found)
    may_manage = request.actor.may(Permission.MANAGE_PEOPLE, found.controller_id)
    return render(request, "people/beneficiary.html", {"page": page, "may_manage": may_manage, **_names(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, public_id):
    """Change who a person is."""
    found = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_PEOPLE)
    initial = {
        **{name: getattr(found, name) for name in _PERSON_FIELDS},
        **{name: getattr(found.identity, name) for name in _IDENTITY_FIELDS},
    }
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.update_beneficiary(by=request.actor, beneficiary=found, **form.cleaned_data)
        messages.success(request, "La fiche est enregistrée.")
        return redirect("people:beneficiary", public_id)
    context = {"form": form, "is_born": bool(found.identity.birth_date), **_names(found)}
    return render(request, "people/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_guardian(request, public_id):
    """Name one more guardian."""
    found = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_PEOPLE)
    form = GuardianForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        operations.name_guardian(by=request.actor, beneficiary=found, guardian=NewGuardian(**form.cleaned_data))
        messages.success(request, "Le responsable est enregistré. Envoyez-lui son lien, ou imprimez le formulaire.")
        return redirect("people:beneficiary", public_id)
    context = {"form": form, "guardian": None, **_names(found)}
    return render(request, "people/guardian.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_guardian(request, public_id, guardian_id):
    """Change how a guardian is named and reached; doing so vouches for her."""
    found, guardianship = _guardianship(request, public_id, guardian_id)
    guardian = guardianship.guardian
    initial = {name: getattr(guardian, name) for name in ("first_name", "last_name", "email", "phone")}
    form = GuardianForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.update_guardian(by=request.actor, guardian=guardian, **form.cleaned_data)
        operations.vouch_for_guardian(by=request.actor, guardianship=guardianship)
        messages.success(request, "Le responsable est enregistré.")
        return redirect("people:beneficiary", public_id)
    context = {"form": form, "guardian": guardian, **_names(found)}
    return render(request, "people/guardian.html", context, status=422 if form.errors else 200)


@require_POST
def remove_guardian(request, public_id, guardian_id):
    """End a guardianship."""
    _, guardianship = _guardianship(request, public_id, guardian_id)
    operations.remove_guardian(by=request.actor, guardianship=guardianship)
    messages.success(request, "Cette personne n’est plus responsable. Ses réponses restent dans l’historique.")
    return redirect("people:beneficiary", public_id)


@require_POST
def settle_claim(request, public_id, claim_id):
    """Confirm as guardian whom an online sign-up named (`choix` "confirmer"), or set her aside."""
    found = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_PEOPLE)
    claim = found.guardian_claims.filter(public_id=claim_id).first()
    if claim is None:
        messages.info(request, "C’est déjà fait.")
    elif request.POST.get("choix") == "confirmer":
        guardianship = operations.confirm_claim(by=request.actor, claim=claim)
        told = "son lien part" if guardianship.asked_at else "imprimez-lui le formulaire"
        messages.success(request, f"Cette personne est maintenant responsable ; {told}.")
    else:
        operations.dismiss_claim(by=request.actor, claim=claim)
        messages.success(request, "Cette indication est écartée : personne n’en a rien su.")
    return redirect("people:beneficiary", public_id)


@require_POST
def send_link(request, public_id, guardian_id):
    """Send a guardian her link again; with `annuler`, the links sent before stop working."""
    _, guardianship = _guardianship(request, public_id, guardian_id)
    if "annuler" in request.POST:
        operations.cancel_links(by=request.actor, row=guardianship)
    if operations.ask_guardian(by=request.actor, guardianship=guardianship):
        messages.success(request, f"Le lien part à l’adresse {guardianship.guardian.email}.")
    else:
        messages.error(request, "Ce responsable n’a pas d’adresse e-mail : imprimez le formulaire.")
    return redirect("people:beneficiary", public_id)


@require_POST
def send_own_link(request, public_id):
    """Send the person her own link again."""
    found = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_PEOPLE)
    if "annuler" in request.POST:
        operations.cancel_links(by=request.actor, row=found)
    if operations.send_own_link(by=request.actor, beneficiary=found):
        messages.success(request, f"Le lien part à l’adresse {found.identity.email}.")
    else:
        messages.error(request, "Aucune adresse e-mail n’est connue : complétez la fiche.")
    return redirect("people:beneficiary", public_id)


@require_POST
def access(request, public_id):
    """Open or close the person's own space."""
    found = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_PEOPLE)
    change_access(request, found)
    return redirect("people:beneficiary", public_id)


@require_POST
def guardian_access(request, public_id, guardian_id):
    """Open or close a guardian's own space."""
    _, guardianship = _guardianship(request, public_id, guardian_id)
    change_access(request, guardianship.guardian)
    return redirect("people:beneficiary", public_id)


def change_access(request, record) -> None:
    """Open or close the space of a record, as `choix` says, and tell what was done."""
    if request.POST.get("choix") == "fermer":
        operations.close_access(by=request.actor, record=record)
        messages.success(request, "L’accès est fermé.")
        return
    try:
        user = operations.open_access(by=request.actor, record=record)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"L’accès est ouvert. Un message part à {user.email}.")


@require_safe
def paper_form(request, public_id):
    """Show the form to print, for whoever answers on paper."""
    found = beneficiary_or_404(request.actor, public_id, Permission.VIEW_PEOPLE)
    rows = list(found.guardianships.select_related("guardian").order_by("pk"))
    chosen = next((row for row in rows if str(row.guardian.public_id) == request.GET.get("responsable")), None)
    # Spoken to as a guardian while she is a minor, even when nobody is named yet.
    is_minor = band_on(found.identity.birth_date, clock.today()) != Band.ADULT
    guardian = chosen.guardian if chosen else (rows[0].guardian if rows else None)
    context = {
        "purposes": purposes_for(found, guardian) if guardian or not is_minor else _for_any_guardian(found),
        "guardian": chosen.guardian if chosen else None,
        "is_minor": is_minor,
        "subjects": subjects_of(found, chosen),
        "structure": found.controller,
        **_names(found),
    }
    return render(request, "people/paper_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record_paper(request, public_id):
    """Record what a signed paper says."""
    found = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_PEOPLE)
    guardians = [row.guardian for row in found.guardianships.select_related("guardian").order_by("pk")]
    form = PaperForm(
        request.POST if request.method == "POST" else None,
        guardians=guardians,
        first_name=found.identity.first_name,
        initial={"signatory": request.GET.get("responsable", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            recorded = operations.record_paper(
                by=request.actor,
                beneficiary=found,
                guardian=form.guardian(),
                answers=form.answers(),
                signed_on=form.cleaned_data["signed_on"],
                reference=form.cleaned_data["reference"],
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            said = "Les réponses du formulaire sont enregistrées." if recorded else "Ces réponses étaient déjà connues."
            messages.success(request, said)
            return redirect("people:beneficiary", public_id)
    context = {
        "form": form,
        "answers": [form[purpose] for purpose in form.purposes],
        "has_guardians": bool(guardians),
        **_names(found),
    }
    return render(request, "people/record_paper.html", context, status=422 if form.errors else 200)


def _for_any_guardian(found: Beneficiary):
    """Return the purposes as a guardian reads them, although none is known yet."""
    return purposes_for(found, Guardian(pk=0, controller=found.controller))


def _guardianship(request, public_id, guardian_id) -> tuple[Beneficiary, Guardianship]:
    found = beneficiary_or_404(request.actor, public_id, Permission.MANAGE_PEOPLE)
    guardianship = (
        Guardianship.objects.filter(beneficiary=found, guardian__public_id=guardian_id)
        .select_related("guardian", "beneficiary")
        .first()
    )
    if guardianship is None:
        raise Http404
    return found, guardianship


def _names(found: Beneficiary) -> dict:
    """Return what every page about a person shows of her."""
    return {"beneficiary": found, "person": found.identity}
