"""The two files of the main job, as associations send them: merged title, blank row, capitals, total."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from vivier.demo import cast

REGISTRANTS = "ell-oweb-lyceennes-presentes.xlsx"
MENTORS = "ell-oweb-marraines.xlsx"

_REGISTRANT_HEADINGS = (
    "Ville de l’atelier", "Date de l’atelier", "NOM", "Prénom", "Date de naissance", "Lycée", "Classe", "Commune",
    "Code postal", "Mail élève", "Nom responsable légal", "Mail responsable", "Disponibilités", "Ce qui l’intéresse",
    "QPV", "Présence",
)  # fmt: skip
_MENTOR_HEADINGS = (
    "NOM", "Prénom", "Mail", "Téléphone", "Métier", "Entreprise", "Commune", "CP", "Nb filleules max", "Disponibilités",
    "Domaines", "Langues", "Vérifiée le",
)  # fmt: skip


def registrants_workbook(today: date) -> bytes:
    """Return the bytes of the file of the 150 pupils present."""
    rows = (
        (
            pupil.city, pupil.workshop_on, pupil.last_name.upper(), pupil.first_name, pupil.birth_date, pupil.school,
            pupil.level, pupil.commune, int(pupil.postal_code), pupil.email, pupil.guardian_name, pupil.guardian_email,
            pupil.slots, pupil.interests, pupil.qpv, "oui",
        )
        for pupil in cast.pupils(today)
    )  # fmt: skip
    return _workbook(
        "ELL’OWEB : lycéennes présentes aux ateliers (données de démonstration)", _REGISTRANT_HEADINGS, rows
    )


def mentors_workbook(today: date) -> bytes:
    """Return the bytes of the file of the 110 marraines."""
    rows = (
        (
            marraine.last_name.upper(), marraine.first_name, marraine.email, marraine.phone, marraine.occupation,
            marraine.company, marraine.commune, int(marraine.postal_code), marraine.capacity, marraine.slots,
            marraine.domains, marraine.languages, marraine.vetted_on,
        )
        for marraine in cast.marraines(today)
    )  # fmt: skip
    return _workbook("ELL’OWEB : marraines volontaires (données de démonstration)", _MENTOR_HEADINGS, rows)


def _workbook(title: str, headings: tuple[str, ...], rows: Iterable[tuple]) -> bytes:
    from openpyxl import Workbook  # slow to load, and every start of the demonstration comes by here
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = "Liste"
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(list(headings))
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    count = 0
    for row in rows:
        sheet.append(list(row))
        count += 1
    for line in sheet.iter_rows(min_row=4):
        for cell in line:
            if isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
    sheet.append([])
    sheet.append([f"Total : {count}"])
    for column in sheet.iter_cols(min_row=3, max_row=3):
        sheet.column_dimensions[column[0].column_letter].width = 20
    content = BytesIO()
    book.save(content)
    return content.getvalue()
