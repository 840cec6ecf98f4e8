"""One row of each kind of file, read strictly: a record, or `Refused` with what is wrong and how to mend it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite, nan

from vivier.common.text import folded
from vivier.territories.distances import Box, area_km2, box_of, centre_of, polygons_of
from vivier.territories.importing.formats import words
from vivier.territories.text import place_name

Values = Mapping[str, object]


class Refused(Exception):
    """A row cannot be imported; the text is the French reason."""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department and the code of its region."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune. `kind` is present, arrondissement or former; `parent` is "" for a present commune."""

    code: str
    name: str
    kind: str
    department: str
    parent: str
    population: int | None
    postal_codes: tuple[str, ...]
    former_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointRow:
    """The point of a commune, in degrees."""

    commune: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PostalRow:
    """A postal code of a commune as La Poste writes it: names in capitals, a locality where it has one."""

    commune: str
    name: str
    code: str
    label: str
    locality: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A commune's employment area, or its labour pool."""

    commune: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DensityRow:
    """A commune's density class."""

    commune: str
    density: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a feature, as published, with what is computed from it."""

    geometry: dict
    box: Box
    centre: tuple[float, float]
    area_km2: float


@dataclass(frozen=True, slots=True)
class NeighbourhoodRow:
    """The priority neighbourhoods of one feature: one, or (in files by commune) all those of a commune."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    communes: tuple[str, ...]
    outline: Outline | None
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What the operator declares of a department's priority neighbourhoods."""

    department: str
    coverage: str
    source: str
    on: date | None


# --- Values ---------------------------------------------------------------------------------------------------

#: Control characters of Latin-1 that are letters of Windows-1252: a file decoded with the wrong one has "C\x9cur".
_WINDOWS_LETTERS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}


def _text(values: Values, field: str, longest: int, what: str = "", *, needed: bool = True) -> str:
    """Return a clean text, or raise Refused; `what` names the field for a person ("nom de la commune")."""
    value = values.get(field)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, bool | list | dict):
        value = ""
    text = unicodedata.normalize("NFC", " ".join(str(value).translate(_WINDOWS_LETTERS).split()))
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cn") for letter in text):
        raise Refused(f"{what or field} : caractères illisibles ; réenregistrez le fichier en UTF-8")
    if len(text) > longest:
        raise Refused(f"{what or field} : plus de {longest} caractères")
    if needed and not text:
        raise Refused(f"{what or field} : la case est vide")
    return text


def _commune_code(text: str) -> str:
    code = text.strip().upper()
    # Spreadsheets eat the first zero of codes.
    code = code.zfill(5) if re.fullmatch(r"\d{4}", code) else code
    if not re.fullmatch(r"(\d\d|2[AB])\d{3}", code):
        raise Refused(f"code de commune « {code[:20]} » : cinq caractères attendus, par exemple 26362 ou 2A004")
    return code


def _commune(values: Values) -> str:
    return _commune_code(_text(values, "commune", 40, "code de commune"))


def _area_code(values: Values, field: str, what: str, width: int = 2) -> str:
    code = _text(values, field, 20, what).upper()
    code = code.zfill(width) if code.isdecimal() else code
    if not re.fullmatch(r"[0-9A-Z]{2,3}", code):
        raise Refused(f"{what} « {code} » : deux ou trois caractères attendus, par exemple 84 ou 2A")
    return code


def _postal_code(text: str) -> str:
    code = text.strip()
    code = code.zfill(5) if len(code) == 4 else code
    if not re.fullmatch(r"[0-9]{5}", code):
        raise Refused(f"code postal « {code[:20]} » : cinq chiffres attendus, par exemple 26000")
    return code


def _number(value: object, what: str) -> float:
    try:
        number = float(str(value).strip().replace(",", ".").replace("_", "?"))
    except ValueError:
        number = nan
    if not isfinite(number):
        raise Refused(f"{what} « {str(value)[:20]} » : un nombre est attendu")
    return number


def _point(latitude: object, longitude: object) -> tuple[float, float]:
    lat, lon = _number(latitude, "latitude"), _number(longitude, "longitude")
    if not -90 <= lat <= 90 or not -180 <= lon <= 180:
        raise Refused(f"point {lat:g}, {lon:g} hors de la Terre : des degrés WGS 84 sont attendus")
    return lat, lon


def _population(values: Values) -> int | None:
    value = values.get("population")
    if value is None or value == "":
        return None
    number = _number(value, "population")
    if number < 0 or number > 100_000_000 or number != int(number):
        raise Refused(f"population « {str(value)[:20]} » : un nombre entier d’habitants est attendu")
    return int(number)


def _list(value: object) -> list[str]:
    """Return the parts of a list, or of a text that lists them."""
    parts = value if isinstance(value, list) else re.split(r"[,;|\s]+", str(value if value is not None else ""))
    return [str(part).strip() for part in parts if str(part).strip()]


# --- Rows -----------------------------------------------------------------------------------------------------


def _region(values: Values) -> RegionRow:
    return RegionRow(_area_code(values, "code", "code de région"), _text(values, "name", 100, "nom de la région"))


def _department(values: Values) -> DepartmentRow:
    return DepartmentRow(
        _area_code(values, "code", "code de département"),
        _text(values, "name", 100, "nom du département"),
        _area_code(values, "region", "code de région"),
    )


def _commune_row(values: Values) -> CommuneRow:
    typed = _text(values, "type", 40, "type de commune")
    kind = words("commune_type").get(typed.lower())
    if kind is None:
        raise Refused(f"type de commune « {typed} » inconnu")
    parent = ""
    if kind != "present":
        parent = _commune_code(_text(values, "parent", 40, "commune de rattachement"))
    code = _commune_code(_text(values, "code", 40, "code de commune"))
    # INSEE leaves the department of former communes empty: that of the present commune stands for it.
    former = kind == "former" and not _text(values, "department", 20, needed=False)
    department = "" if former else _area_code(values, "department", "code de département")
    if kind != "former" and not code.startswith(department):
        raise Refused(f"la commune {code} n’est pas du département {department} : corrigez l’un des deux codes")
    return CommuneRow(
        code=code,
        name=_text(values, "name", 120, "nom de la commune"),
        kind=kind,
        department=department,
        parent=parent,
        population=_population(values),
        postal_codes=tuple(_postal_code(code) for code in _list(values.get("postal_codes"))),
        former_codes=tuple(_commune_code(code) for code in _list(values.get("former_codes"))),
    )


def _point_row(values: Values) -> PointRow:
    return PointRow(_commune(values), *_point(values.get("latitude"), values.get("longitude")))


def _postal_row(values: Values) -> PostalRow:
    point = None
    written = _text(values, "point", 80, needed=False)
    if written:
        parts = written.split(",")
        if len(parts) != 2:
            raise Refused(f"coordonnées « {written[:30]} » : « latitude, longitude » attendues")
        point = _point(*parts)
    return PostalRow(
        commune=_commune(values),
        name=_text(values, "name", 120, "nom de la commune", needed=False),
        code=_postal_code(_text(values, "postal_code", 40, "code postal")),
        label=_text(values, "label", 100, "libellé d’acheminement", needed=False),
        locality=_text(values, "locality", 120, "ligne 5", needed=False),
        point=point,
    )


def _area_row(values: Values, what: str, longest: int) -> AreaRow:
    code = _text(values, "code", 40, f"code {what}").upper()
    if not re.fullmatch(rf"[0-9A-Z]{{3,{longest}}}", code):
        raise Refused(f"code {what} « {code[:20]} » : trois à {longest} caractères attendus")
    return AreaRow(_commune(values), code.zfill(4), _text(values, "name", 120, f"nom {what}", needed=False))


def _employment_area_row(values: Values) -> AreaRow:
    return _area_row(values, "de la zone d’emploi", 4)


def _labour_pool_row(values: Values) -> AreaRow:
    row = _area_row(values, "du bassin", 5)
    return AreaRow(row.commune, row.code, place_name(row.name))


def _density_row(values: Values) -> DensityRow:
    written = _text(values, "density", 60, "classe de densité")
    density = words("density").get(folded(written))
    if density is None:
        raise Refused(f"classe de densité « {written} » inconnue : les sept classes de l’INSEE sont attendues")
    return DensityRow(_commune(values), density)


def _neighbourhood_row(values: Values) -> NeighbourhoodRow:
    codes = tuple(code.upper() for code in _list(_text(values, "codes", 2_000, "code du QPV")))
    for code in codes:
        if not re.fullmatch(r"Q[NP][0-9A-Z]{6}", code):
            raise Refused(f"code de QPV « {code[:20]} » : huit caractères attendus, par exemple QN03807M")
    written = _text(values, "names", 8_000, "nom du QPV", needed=False)
    names = tuple(name.strip()[:200] for name in written.split(",")) if len(codes) > 1 else (written[:200],)
    communes = tuple(_commune_code(code) for code in _list(_text(values, "communes", 2_000, "code de commune")))
    return NeighbourhoodRow(
        codes=codes,
        names=names if len(names) == len(codes) else ("",) * len(codes),
        communes=communes,
        outline=_outline(values.get("geometry")),
        point=_geometry_point(values.get("geometry")),
    )


def _geometry_point(geometry: object) -> tuple[float, float] | None:
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None
    coordinates = geometry.get("coordinates")
    if not isinstance(coordinates, list) or len(coordinates) < 2:
        raise Refused("point : deux nombres sont attendus")
    return _point(coordinates[1], coordinates[0])


def _outline(geometry: object) -> Outline | None:
    """Return the shape of a Polygon or MultiPolygon; None for a point or nothing. Refuses what is no shape on earth."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None
    try:
        polygons = polygons_of(geometry)
        for polygon in polygons:
            for ring in polygon:
                if len(ring) < 3:
                    raise Refused("contour : un anneau a moins de trois points")
                for point in ring:
                    if isinstance(point, str) or not all(
                        isinstance(part, int | float) and isfinite(part) for part in point
                    ):
                        raise Refused("contour : un sommet n’est pas fait de deux nombres")
                    _point(point[1], point[0])
        if not polygons or not all(polygons):
            raise Refused("contour : aucun point")
        shape = {"type": geometry["type"], "coordinates": geometry["coordinates"]}
        return Outline(shape, box_of(shape), centre_of(shape), area_km2(shape))
    except (TypeError, KeyError, IndexError, ValueError, OverflowError) as error:
        raise Refused("contour : ce n’est pas une géométrie GeoJSON") from error


def _coverage_row(values: Values) -> CoverageRow:
    written = _text(values, "coverage", 20, "couverture")
    coverage = words("coverage").get(folded(written))
    if coverage is None:
        raise Refused(f"couverture « {written} » inconnue : « inconnue », « partielle » ou « complete » attendu")
    source = _text(values, "source", 200, "source", needed=coverage == "complete")
    written_on = _text(values, "on", 20, "date", needed=coverage == "complete")
    try:
        on = date.fromisoformat(written_on) if written_on else None
    except ValueError as error:
        raise Refused(f"date « {written_on} » : année-mois-jour attendus, par exemple 2026-01-31") from error
    return CoverageRow(_area_code(values, "department", "code de département"), coverage, source, on)


#: How a row of each kind of `formats.toml` is read.
READERS: dict[str, Callable[[Values], object]] = {
    "regions": _region,
    "departments": _department,
    "communes": _commune_row,
    "points": _point_row,
    "postal_codes": _postal_row,
    "employment_areas": _employment_area_row,
    "labour_pools": _labour_pool_row,
    "density": _density_row,
    "neighbourhoods": _neighbourhood_row,
    "qpv_coverage": _coverage_row,
}
