"""The rows of each kind of file into the drafts, in the order of their needs."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from statistics import fmean

from vivier.common.text import plural
from vivier.territories.distances import distance_km
from vivier.territories.importing.drafts import (
    CommuneDraft,
    DepartmentDraft,
    Drafts,
    RegionDraft,
)
from vivier.territories.importing.merge import Merge, Rows
from vivier.territories.importing.neighbourhoods import merge_neighbourhoods, merge_qpv_coverage
from vivier.territories.importing.records import (
    AreaRow,
    CommuneRow,
    DensityRow,
    DepartmentRow,
    PointRow,
    PostalRow,
    RegionRow,
)
from vivier.territories.text import place_name, search_key

#: No commune of these is farther from its department's centroid: latitude and longitude swapped, or another commune.
_FARTHEST_KM = 400


def merge_regions(merge: Merge, rows: Rows) -> None:
    """Create or rename regions."""
    row: RegionRow
    for line, row in rows:
        if not merge.twice(row.code, line, row, f"code {row.code}"):
            draft = merge.drafts.regions.setdefault(row.code, RegionDraft(row.name))
            draft.name = row.name


def merge_departments(merge: Merge, rows: Rows) -> None:
    """Create departments, rename them, move them to another region."""
    row: DepartmentRow
    for line, row in rows:
        if row.region not in merge.drafts.regions:
            merge.refuse(line, f"région {row.region} inconnue : ajoutez le fichier des régions au dossier")
        elif not merge.twice(row.code, line, row, f"code {row.code}"):
            draft = merge.drafts.departments.setdefault(row.code, DepartmentDraft(row.name, row.region))
            draft.name, draft.region = row.name, row.region


# --- Communes -------------------------------------------------------------------------------------------------


def merge_communes(merge: Merge, rows: Rows) -> None:
    """Create and update communes, then arrondissements, then former communes; a merged commune keeps its row."""
    drafts = merge.drafts
    row: CommuneRow
    by_kind: dict[str, list] = defaultdict(list)
    for line, row in rows:
        if row.department and row.department not in drafts.departments:
            merge.refuse(line, f"département {row.department} inconnu : ajoutez le fichier des départements au dossier")
        elif not merge.twice((row.kind == "former", row.code), line, row, f"code {row.code}"):
            by_kind[row.kind].append((line, row))
    merged: dict[str, str] = {}
    listed = {row.code for kind in ("present", "arrondissement") for _, row in by_kind[kind]}
    for _, row in by_kind["present"]:
        _put_commune(drafts, row, None)
        merged.update((code, row.code) for code in row.former_codes if code not in listed)
    for line, row in by_kind["arrondissement"]:
        if row.parent in drafts.communes and row.parent != row.code:
            _put_commune(drafts, row, row.parent)
        else:
            merge.refuse(line, f"commune de rattachement {row.parent} inconnue")
    for line, row in by_kind["former"]:
        if row.parent not in drafts.communes:
            merge.refuse(line, f"commune de rattachement {row.parent} inconnue")
        elif row.code != row.parent or search_key(row.name) != search_key(drafts.communes[row.parent].name):
            drafts.add_former(row.parent, row.code, row.name)
            if row.code not in listed:
                merged[row.code] = row.parent
    for code, successor in merged.items():
        drafts.add_former(successor, code, "")
        _retire(drafts, code, successor)
    _note_absent(merge, by_kind, listed)


def _put_commune(drafts: Drafts, row: CommuneRow, parent: str | None) -> None:
    draft = drafts.communes.setdefault(row.code, CommuneDraft(row.name, row.department))
    draft.name, draft.department, draft.parent, draft.is_current = row.name, row.department, parent, True
    if row.population is not None:
        draft.population = row.population
    for code in row.postal_codes:
        drafts.postal_codes.setdefault((row.code, code), "")


def _retire(drafts: Drafts, code: str, successor: str) -> None:
    """Turn a commune that was merged since into a former one; its old names now find the successor."""
    draft = drafts.communes.get(code)
    if draft is None or code == successor:
        return
    draft.is_current, draft.parent = False, successor
    drafts.add_former(successor, code, draft.name)
    for (commune, old), name in list(drafts.former.items()):
        if commune == code:
            drafts.add_former(successor, old, name)
    for (commune, _), name in list(drafts.localities.items()):
        if commune == code:
            drafts.add_locality(successor, name)


def _note_absent(merge: Merge, by_kind: dict[str, list], listed: set[str]) -> None:
    departments = {row.department for kind in ("present", "arrondissement") for _, row in by_kind[kind]}
    absent = sorted(
        code
        for code, draft in merge.drafts.communes.items()
        if draft.is_current and draft.department in departments and code not in listed
    )
    merge.absent = absent
    if absent:
        merge.notes.append(
            f"{plural(len(absent), 'commune connue manque', 'communes connues manquent')} à ce fichier ; "
            "elles sont gardées telles quelles."
        )


# --- What is said of communes ---------------------------------------------------------------------------------


def _far(drafts: Drafts, commune: str, latitude: float, longitude: float) -> str:
    """Return why a point cannot be that of the commune, or ""."""
    draft = drafts.communes[commune]
    centre = drafts.departments[draft.department]
    # Overseas collectivities spread over oceans: no distance tells anything there.
    if centre.latitude is None or (draft.department >= "975" and len(draft.department) == 3):
        return ""
    kilometres = distance_km(latitude, longitude, centre.latitude, centre.longitude)
    if kilometres <= _FARTHEST_KM:
        return ""
    swapped = distance_km(longitude, latitude, centre.latitude, centre.longitude) if abs(longitude) <= 90 else 1e9
    hint = "latitude et longitude sont inversées" if swapped <= _FARTHEST_KM else "vérifiez la ligne"
    return f"point à {kilometres:.0f} km du centre du département {draft.department} : {hint}"


def merge_points(merge: Merge, rows: Rows) -> None:
    """Set the points of communes."""
    row: PointRow
    for line, row, commune in _own_code_first(merge, rows):
        if why := _far(merge.drafts, commune, row.latitude, row.longitude):
            merge.refuse(line, why)
        elif row.commune == commune or merge.drafts.communes[commune].latitude is None:
            draft = merge.drafts.communes[commune]
            draft.latitude, draft.longitude = row.latitude, row.longitude


def merge_postal_codes(merge: Merge, rows: Rows) -> None:
    """Add postal codes and localities; a point of La Poste only fills a gap."""
    drafts = merge.drafts
    row: PostalRow
    labelled = set()
    for line, row in rows:
        commune = merge.present(row.commune, line)
        if commune is None:
            continue
        if row.point and (why := _far(drafts, commune, *row.point)):
            merge.refuse(line, why)
            continue
        if (commune, row.code) not in labelled:
            labelled.add((commune, row.code))
            drafts.postal_codes[commune, row.code] = row.label or drafts.postal_codes.get((commune, row.code), "")
        if (commune, row.commune) in drafts.former and row.name:
            merge.via_former += 1
            if not drafts.former[commune, row.commune] and _differs(drafts, commune, row.name):
                drafts.add_former(commune, row.commune, place_name(row.name))
        if row.locality:
            drafts.add_locality(commune, place_name(row.locality))
        draft = drafts.communes[commune]
        if row.point and draft.latitude is None and row.commune == commune:
            draft.latitude, draft.longitude = row.point


def _differs(drafts: Drafts, commune: str, name: str) -> bool:
    return search_key(name) != search_key(drafts.communes[commune].name)


def _own_code_first(merge: Merge, rows: Rows) -> Iterable[tuple[int, object, str]]:
    """Yield (line, row, present commune): rows by present codes, then rows by former codes of communes not yet met."""
    later, met = [], set()
    for line, row in rows:
        commune = merge.present(row.commune, line)
        if commune is None or merge.twice(row.commune, line, row, f"commune {row.commune}"):
            continue
        if commune == row.commune:
            met.add(commune)
            yield line, row, commune
        else:
            later.append((line, row, commune))
    merge.via_former += len(later)
    for line, row, commune in later:
        if commune not in met:
            met.add(commune)
            yield line, row, commune


def merge_density(merge: Merge, rows: Rows) -> None:
    """Set the density classes of communes."""
    row: DensityRow
    for _, row, commune in _own_code_first(merge, rows):
        merge.drafts.communes[commune].density_class = row.density


def merge_employment_areas(merge: Merge, rows: Rows) -> None:
    """Set the employment area of each commune, and name the areas."""
    _merge_areas(merge, rows, merge.drafts.employment_areas, "employment_area", "la zone d’emploi")


def merge_labour_pools(merge: Merge, rows: Rows) -> None:
    """Set the labour pool of each commune, and name the pools."""
    _merge_areas(merge, rows, merge.drafts.labour_pools, "labour_pool", "le bassin")


def _merge_areas(merge: Merge, rows: Rows, names: dict[str, str], column: str, what: str) -> None:
    row: AreaRow
    votes: dict[str, Counter] = defaultdict(Counter)
    for _, row in rows:
        votes[row.code][row.name] += bool(row.name)
    usual = {code: count.most_common(1)[0][0] for code, count in votes.items()}
    agreed = []
    for line, row in rows:
        if row.name and row.name != usual[row.code]:
            merge.refuse(
                line,
                f"{what} {row.code} est nommé « {row.name} » ici et « {usual[row.code]} » le plus souvent : vérifiez",
            )
        else:
            agreed.append((line, row))
    for _, row, commune in _own_code_first(merge, agreed):
        names[row.code] = usual[row.code] or names.get(row.code) or row.code
        setattr(merge.drafts.communes[commune], column, row.code)


# --- Afterwards -----------------------------------------------------------------------------------------------


def complete(drafts: Drafts) -> None:
    """Fill what follows from the rest: missing centroids, and what arrondissements share with their city."""
    for draft in drafts.communes.values():
        if draft.parent and draft.is_current:
            city = drafts.communes[draft.parent]
            draft.employment_area = draft.employment_area or city.employment_area
            draft.labour_pool = draft.labour_pool or city.labour_pool
            draft.density_class = draft.density_class or city.density_class
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for draft in drafts.communes.values():
        if draft.latitude is not None:
            points[draft.department].append((draft.latitude, draft.longitude))
    for code, department in drafts.departments.items():
        if department.latitude is None and points[code]:
            department.latitude, department.longitude = (fmean(axis) for axis in zip(*points[code], strict=True))


MERGES: dict[str, Callable[[Merge, Rows], None]] = {
    "regions": merge_regions,
    "departments": merge_departments,
    "communes": merge_communes,
    "points": merge_points,
    "postal_codes": merge_postal_codes,
    "employment_areas": merge_employment_areas,
    "labour_pools": merge_labour_pools,
    "density": merge_density,
    "neighbourhoods": merge_neighbourhoods,
    "qpv_coverage": merge_qpv_coverage,
}
