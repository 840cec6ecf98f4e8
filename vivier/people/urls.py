"""Addresses of the room."""

from django.urls import path

from vivier.people.views import accounts, links, staff

app_name = "people"
urlpatterns = [
    path("autorisation/", links.consent_by_link, name="consent_by_link"),
    path("autorisation/nouveau-lien/", links.new_link, name="new_link"),
    path("autorisations/", accounts.my_authorisations, name="my_authorisations"),
    path("autorisations/<uuid:public_id>/", accounts.authorisations_of, name="authorisations_of"),
    path("mon-parcours/", accounts.my_path, name="my_path"),
    path("mes-donnees/", accounts.my_data, name="my_data"),
    path("mes-donnees/copie.json", accounts.my_data_file, name="my_data_file"),
    path("personnes/<uuid:public_id>/", staff.beneficiary, name="beneficiary"),
    path("personnes/<uuid:public_id>/modifier/", staff.edit, name="edit"),
    path("personnes/<uuid:public_id>/lien/", staff.send_own_link, name="send_own_link"),
    path("personnes/<uuid:public_id>/acces/", staff.access, name="access"),
    path("personnes/<uuid:public_id>/formulaire/", staff.paper_form, name="paper_form"),
    path("personnes/<uuid:public_id>/reponse-papier/", staff.record_paper, name="record_paper"),
    path("personnes/<uuid:public_id>/responsables/ajouter/", staff.add_guardian, name="add_guardian"),
    path(
        "personnes/<uuid:public_id>/responsables/<uuid:guardian_id>/modifier/",
        staff.edit_guardian,
        name="edit_guardian",
    ),
    path(
        "personnes/<uuid:public_id>/responsables/<uuid:guardian_id>/retirer/",
        staff.remove_guardian,
        name="remove_guardian",
    ),
    path(
        "personnes/<uuid:public_id>/responsables/<uuid:guardian_id>/acces/",
        staff.guardian_access,
        name="guardian_access",
    ),
    path(
        "personnes/<uuid:public_id>/responsables/a-confirmer/<uuid:claim_id>/",
        staff.settle_claim,
        name="settle_claim",
    ),
    path("personnes/<uuid:public_id>/responsables/<uuid:guardian_id>/lien/", staff.send_link, name="send_link"),
]
