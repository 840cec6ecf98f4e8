"""Priority neighbourhoods and their coverage into the drafts."""

from collections import Counter
from collections.abc import Iterable
from statistics import median

from vivier.territories.importing.drafts import Drafts, NeighbourhoodDraft
from vivier.territories.importing.merge import Merge, Rows
from vivier.territories.importing.records import CoverageRow, NeighbourhoodRow
from vivier.territories.models import QpvCoverage

#: Beyond, a "neighbourhood" is a commune: the published neighbourhoods cover about half a square kilometre.
_LARGEST_NEIGHBOURHOOD_KM2 = 40


def merge_neighbourhoods(merge: Merge, rows: Rows) -> None:
    """Add priority neighbourhoods; an outline that is a commune's is not taken for a neighbourhood's."""
    drafts = merge.drafts
    row: NeighbourhoodRow
    by_commune = _describes_communes(rows)
    for line, row in rows:
        communes = {found for code in row.communes if (found := drafts.present(code))}
        if not communes:
            merge.refuse(line, f"commune {', '.join(row.communes) or '(vide)'} inconnue")
            continue
        for code, name in zip(row.codes, row.names, strict=True):
            draft = drafts.neighbourhoods.setdefault(code, NeighbourhoodDraft())
            draft.name = name or draft.name
            draft.communes |= communes
            _cover_partially(drafts, communes)
        if not by_commune and len(row.codes) == 1:
            _shape(drafts.neighbourhoods[row.codes[0]], row)
    if by_commune:
        merge.notes.append(
            "les formes de ce fichier sont celles de communes entières, pas de quartiers : les QPV de chaque commune "
            "sont connus, leurs contours ne le sont pas, et un point y reste « inconnu »."
        )


def _describes_communes(rows: Rows) -> bool:
    """Tell whether the features of a file are communes that list their neighbourhoods, rather than neighbourhoods.

    ANCT publishes both, under the same headings. Listing several codes, giving one code twice, or covering square
    kilometres gives the first away: taken for neighbourhoods, they would put whole cities in priority.
    """
    codes = Counter(code for _, row in rows for code in row.codes)
    areas = [row.outline.area_km2 for _, row in rows if row.outline]
    return (
        any(len(row.codes) > 1 for _, row in rows)
        or any(count > 1 for count in codes.values())
        or (bool(areas) and median(areas) > _LARGEST_NEIGHBOURHOOD_KM2)
    )


def _shape(draft: NeighbourhoodDraft, row: NeighbourhoodRow) -> None:
    if row.outline and row.outline.area_km2 <= _LARGEST_NEIGHBOURHOOD_KM2:
        box = row.outline.box
        draft.outline = row.outline.geometry
        draft.latitude, draft.longitude = row.outline.centre
        draft.south, draft.west, draft.north, draft.east = box.south, box.west, box.north, box.east
    elif row.point and draft.outline is None:
        draft.latitude, draft.longitude = row.point


def _cover_partially(drafts: Drafts, communes: Iterable[str]) -> None:
    for commune in communes:
        department = drafts.departments[drafts.communes[commune].department]
        if department.qpv_coverage == QpvCoverage.UNKNOWN:
            department.qpv_coverage = QpvCoverage.PARTIAL
            department.qpv_coverage_source = department.qpv_coverage_source or "fichier des QPV importé"


def merge_qpv_coverage(merge: Merge, rows: Rows) -> None:
    """Set what the operator declares of each department's coverage."""
    row: CoverageRow
    for line, row in rows:
        if row.department not in merge.drafts.departments:
            merge.refuse(line, f"département {row.department} inconnu")
        elif not merge.twice(row.department, line, row, f"département {row.department}"):
            draft = merge.drafts.departments[row.department]
            draft.qpv_coverage, draft.qpv_coverage_source = row.coverage, row.source
            draft.qpv_coverage_on = row.on
