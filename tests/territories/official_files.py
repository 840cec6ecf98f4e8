"""Short files in the formats of the producers, written for the tests: true codes, few rows."""

import json
from pathlib import Path

import openpyxl

REGIONS = [
    {"code": "84", "chefLieu": "69123", "nom": "Auvergne-Rhône-Alpes", "typeLiaison": 5, "zone": "metro"},
    {"code": "94", "chefLieu": "2A004", "nom": "Corse", "typeLiaison": 0, "zone": "metro"},
]
DEPARTMENTS = [
    {"code": "26", "region": "84", "chefLieu": "26362", "nom": "Drôme", "typeLiaison": 3, "zone": "metro"},
    {"code": "69", "region": "84", "chefLieu": "69123", "nom": "Rhône", "typeLiaison": 2, "zone": "metro"},
    {"code": "2A", "region": "94", "chefLieu": "2A004", "nom": "Corse-du-Sud", "typeLiaison": 3, "zone": "metro"},
]


def commune(code: str, name: str, **more) -> dict:
    """Return a present commune as Etalab describes it."""
    department = code[:2]
    region = "94" if department == "2A" else "84"
    row = {"code": code, "nom": name, "typeLiaison": 0, "zone": "metro", "departement": department, "region": region}
    return {**row, "type": "commune-actuelle", **more}


COMMUNES = [
    commune("26362", "Valence", codesPostaux=["26000"], population=64458),
    commune("26281", "Romans-sur-Isère", codesPostaux=["26100"], population=33464),
    commune("26001", "Solaure en Diois", anciensCodes=["26187"], codesPostaux=["26150"], population=440),
    commune("69123", "Lyon", codesPostaux=["69001", "69003"], population=519127),
    commune("69149", "Oullins-Pierre-Bénite", anciensCodes=["69152"], codesPostaux=["69310"], population=38168),
    commune("2A004", "Ajaccio", codesPostaux=["20000", "20090"], population=75000),
    {
        **commune("69383", "Lyon 3e Arrondissement", codesPostaux=["69003"], population=100679),
        "type": "arrondissement-municipal",
        "commune": "69123",
    },
    {"code": "69152", "nom": "Pierre-Bénite", "type": "commune-deleguee", "chefLieu": "69149", "departement": "69"},
]
POINTS = """;GeoPoint;Annee;Code_Officiel_Commune;latitude;longitude
0;"44.92, 4.91";2025;26362;44.92256;4.9136467
1;"45.05, 5.03";2025;26281;45.05484;5.03819
2;"45.75, 4.83";2025;69123;45.754917;4.8363423
"""
LA_POSTE = """Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;Ligne_5;coordonnees_gps
26362;VALENCE;26000;VALENCE;;44.9229811667, 4.91444013136
26187;MOLIERES GLANDAZ;26150;MOLIERES GLANDAZ;;44.7269, 5.4003
26001;SOLAURE EN DIOIS;26150;SOLAURE EN DIOIS;AIX EN DIOIS;44.7070, 5.4150
69383;LYON 03;69003;LYON;;45.7533552486, 4.86918522013
"""
EMPLOYMENT_AREAS = """codgeo,libgeo,ze_2020,codze2020,libze2020
26362,Valence,8431 - Valence,8431,Valence
26281,Romans-sur-Isère,8427 - Romans sur Isère,8427,Romans sur Isère
26187,Molières-Glandaz,8417 - Die Crest,8417,Die Crest
69123,Lyon,8421 - Lyon,8421,Lyon
,,,,
"""
LABOUR_POOLS = """reg,dep,codgeo,codbe,libbe
84,26,26362,8432,DROME ARDECHE CENTRE
84,26,26281,8431,DROME-ARDECHE-NORD
84,69,69123,8428,LYON CENTRE
"""
DENSITY = """insee_com,lib_com,niveau_densite
26362,Valence,Grands centres urbains
26281,Romans-sur-Isère,Centres urbains intermédiaires
26001,Solaure en Diois,Rural à habitat très dispersé
69123,Lyon,Grands centres urbains
"""


def square(south: float, west: float, side: float) -> list:
    """Return a closed ring, longitudes first as GeoJSON wants."""
    north, east = south + side, west + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(codes: str, names: str, communes: str, ring: list, *holes: list) -> dict:
    """Return a feature with one polygon, as ANCT publishes neighbourhoods."""
    return {
        "type": "Feature",
        "properties": {"insee_com": communes, "lib_com": "…", "code_qp": codes, "lib_qp": names},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring, *holes]]},
    }


#: One feature for each neighbourhood: half a kilometre wide.
NEIGHBOURHOODS = {
    "type": "FeatureCollection",
    "name": "quartiers",
    "features": [
        feature("QN02607M", "Les Hauts de Valence", "26362", square(44.93, 4.91, 0.005)),
        feature("QN02601I", "Centre Ancien", "26281", square(45.04, 5.04, 0.006), square(45.042, 5.042, 0.002)),
    ],
}
#: One feature for each commune, which lists its neighbourhoods: the outline is the commune's.
NEIGHBOURHOODS_BY_COMMUNE = {
    "type": "FeatureCollection",
    "name": "polygone-4326_qpv",
    "features": [
        feature("QN02606M, QN02607M", "Polygone, Les Hauts de Valence", "26362", square(44.89, 4.87, 0.08)),
        feature("QN02601I", "Centre Ancien", "26281", square(45.01, 5.0, 0.07)),
    ],
}


def write_json(path: Path, rows: object) -> None:
    """Write a list one object a line, as Etalab does, or a whole object."""
    if isinstance(rows, list):
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    else:
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def write_all(folder: Path) -> Path:
    """Write every format under names that say nothing, listed in an order that is not that of their needs."""
    (folder / "a.txt").write_text(DENSITY, encoding="utf-8-sig")
    (folder / "b").write_text(LA_POSTE.replace("\n", "\r\n"), encoding="utf-8")
    (folder / "c.csv").write_text(EMPLOYMENT_AREAS, encoding="utf-8-sig")
    (folder / "d.csv").write_text(LABOUR_POOLS.replace(",", "\t"), encoding="utf-8")
    (folder / "e.csv").write_text(POINTS, encoding="utf-8")
    write_json(folder / "f.dat", NEIGHBOURHOODS)
    write_json(folder / "x.json", COMMUNES)
    write_json(folder / "y.json", DEPARTMENTS)
    write_json(folder / "z.json", REGIONS)
    return folder


def write_insee_workbook(path: Path) -> None:
    """Write INSEE's workbook of employment areas: titles first, headings on the sixth row of the second sheet."""
    book = openpyxl.Workbook()
    listed = book.active
    listed.title = "ZE2020"
    listed.append(["Zones d’emploi 2020"])
    listed.append(["ZE2020", "LIBZE2020", "NB_COM"])
    listed.append(["8431", "Valence", 2])
    sheet = book.create_sheet("Composition_communale")
    for title in ("Zones d’emploi 2020 au 01/01/2025", "Composition communale", "Source : Insee", ""):
        sheet.append([title])
    sheet.append(["Code géographique", "Libellé géographique", "Code de la zone", "Libellé de la zone"])
    sheet.append(["CODGEO", "LIBGEO", "ZE2020", "LIBZE2020", "DEP", "REG"])
    sheet.append(["26362", "Valence", "8431", "Valence", "26", "84"])
    sheet.append([26281, "Romans-sur-Isère", 8427, "Romans sur Isère", 26, 84])
    sheet.append(["99999", "Nulle part", "8427", "Romans sur Isère", "99", "84"])
    book.save(path)
