# ruff: noqa: T201
"""Build the province layers that ship with Tracker.

    python data/geo/build.py [path/to/vietnam.geojson]

The input is `esm/countries/vietnam.geojson` of the npm package named in PACKAGE (63 former provinces).
Without a path the package is fetched by name with `npm pack`. Output, beside this script:
provinces_63.geojson, provinces_34.geojson (dissolved by data/places/former_provinces.csv) and
islands.geojson. README.md says how good they are.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

PACKAGE = "@superset-ui/legacy-plugin-chart-country-map@0.20.3"
MEMBER = "package/esm/countries/vietnam.geojson"
MADE = "2026-11-24"
GRID = 1e-4  # degrees, about 11 m: the rounding of the coordinates
ACCURACY_KM = 15

HERE = Path(__file__).resolve().parent
PLACES = HERE.parent / "places"

# Spellings of the source that differ from the official list by more than accents, spaces and hyphens.
ALIASES = {"hochiminh": "thanhphohochiminh", "hochiminhcity": "thanhphohochiminh"}

# Label positions of the two archipelagos. Approximate: where to write the name, never a boundary.
ISLANDS = [
    (
        "hoang-sa",
        "Quần đảo Hoàng Sa",
        "Hoàng Sa (Paracel) archipelago",
        "48",
        "thành phố Đà Nẵng",
        "Đà Nẵng city",
        112.0,
        16.5,
        (111.0, 15.7, 113.0, 17.2),
    ),
    (
        "truong-sa",
        "Quần đảo Trường Sa",
        "Trường Sa (Spratly) archipelago",
        "56",
        "tỉnh Khánh Hòa",
        "Khánh Hòa province",
        114.0,
        10.0,
        (111.5, 6.8, 117.5, 12.0),
    ),
]


def fold(name: str) -> str:
    """Name without accents, case, spaces and hyphens: the key that joins two spellings."""
    text = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    key = "".join(c for c in text if c.isalnum()).lower()
    return ALIASES.get(key, key)


def read_csv(name: str) -> list[dict[str, str]]:
    """Rows of a file of data/places."""
    with (PLACES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fetch() -> dict[str, Any]:
    """The source layer out of the npm package."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)  # noqa: S603, S607
        archive = next(Path(folder).glob("*.tgz"))
        with tarfile.open(archive) as tar:
            member = tar.extractfile(MEMBER)
            if member is None:
                raise SystemExit(f"{MEMBER} is not in {PACKAGE}")
            layer: dict[str, Any] = json.load(member)
            return layer


def polygons(geometry: BaseGeometry) -> BaseGeometry:
    """Only the areas of a repaired geometry, on the rounding grid."""
    parts = [p for p in shapely.get_parts(shapely.make_valid(geometry)) if p.geom_type.endswith("Polygon")]
    return shapely.set_precision(shapely.union_all(parts), GRID)


def coverage(areas: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The same areas without overlaps or gaps, every border shared vertex for vertex.

    The source repeats borders with small differences. All lines are cut at each other into faces; a face goes
    to the first area that holds it, a face that nobody holds (a gap between neighbours) to the one it shares
    the longest border with.
    """
    lines = shapely.union_all([shapely.boundary(a) for a in areas.values()], grid_size=GRID)
    faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(lines).tolist())))
    owned: dict[str, list[BaseGeometry]] = {code: [] for code in areas}
    gaps = []
    for face in faces:
        inside = face.representative_point()
        owner = next((code for code, area in areas.items() if area.covers(inside)), None)
        if owner is None:
            gaps.append(face)
        else:
            owned[owner].append(face)
    for gap in gaps:
        shared = {c: sum(gap.boundary.intersection(f.boundary).length for f in fs) for c, fs in owned.items()}
        owned[max(shared, key=lambda c: shared[c])].append(gap)
    print(f"{len(gaps)} gaps closed, the largest {max((g.area for g in gaps), default=0):.4f} square degrees")
    codes = list(areas)
    return dict(zip(codes, (shapely.coverage_union_all(owned[c]) for c in codes), strict=True))


def rounded(value: Any) -> Any:
    """Coordinates with four decimals."""
    if isinstance(value, float):
        return round(value, 4)
    return [rounded(v) for v in value]


def write(name: str, features: list[dict[str, Any]], provenance: dict[str, Any]) -> None:
    """One feature per line, so that a change of one province is a change of one line."""
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    head = json.dumps(provenance, ensure_ascii=False)
    text = f'{{"type":"FeatureCollection",\n"provenance":{head},\n"features":[\n{lines}\n]}}\n'
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(features)} features, {len(text.encode()) / 1000:.0f} kB")


def feature(code: str, name_vi: str, name_en: str, geometry: BaseGeometry) -> dict[str, Any]:
    """A GeoJSON feature, rings wound as RFC 7946 asks."""
    if not geometry.is_valid or geometry.is_empty:
        raise SystemExit(f"{name_vi}: invalid geometry")
    area = mapping(shapely.orient_polygons(geometry))
    return {
        "type": "Feature",
        "properties": {"code": code, "name_vi": name_vi, "name_en": name_en},
        "geometry": {"type": area["type"], "coordinates": rounded(area["coordinates"])},
    }


def islands() -> list[dict[str, Any]]:
    """A label point and a rough extent for each archipelago."""
    features = []
    for code, name_vi, name_en, unit, unit_vi, unit_en, lon, lat, extent in ISLANDS:
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "code": code,
                    "name_vi": name_vi,
                    "name_en": name_en,
                    "province_code": unit,
                    "unit_vi": unit_vi,
                    "unit_en": unit_en,
                    "kind": "label",
                    "approximate": True,
                    "extent": list(extent),
                    "note_vi": "Vị trí đặt tên, gần đúng; không phải ranh giới.",
                    "note_en": "Approximate position of the label; not a boundary.",
                },
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
            }
        )
    return features


def main() -> None:
    """Read, join on the folded name, dissolve, write."""
    layer = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")) if len(sys.argv) > 1 else fetch()
    former = {fold(r["name_vi_old"]): r for r in read_csv("former_provinces.csv")}
    areas: dict[str, BaseGeometry] = {}
    for item in layer["features"]:
        row = former.get(fold(item["properties"]["NAME_1"]))
        if row is None:
            raise SystemExit(f"no former province is called {item['properties']['NAME_1']}")
        if row["code_old"] in areas:
            raise SystemExit(f"{row['name_vi_old']} stands twice in the source")
        areas[row["code_old"]] = polygons(shape(item["geometry"]))
    rows = sorted(former.values(), key=lambda r: r["code_old"])
    missing = [r["name_vi_old"] for r in rows if r["code_old"] not in areas]
    if missing:
        raise SystemExit(f"not in the source: {', '.join(missing)}")

    areas = coverage(areas)

    provenance = {
        "source": f"npm package {PACKAGE}, file {MEMBER.removeprefix('package/')} (from Natural Earth 1:10m)",
        "licence": "Apache-2.0 (package); public domain (Natural Earth)",
        "made": MADE,
        "accuracy_km": ACCURACY_KM,
    }
    write(
        "provinces_63.geojson",
        [feature(r["code_old"], r["name_vi_old"], r["name_en_old"], areas[r["code_old"]]) for r in rows],
        provenance,
    )
    merged = []
    for p in read_csv("provinces.csv"):
        area = shapely.coverage_union_all([areas[r["code_old"]] for r in rows if r["code_new"] == p["code"]])
        merged.append(feature(p["code"], p["name_vi"], p["name_en"], area))
    write(
        "provinces_34.geojson",
        merged,
        provenance | {"note": "the 63 former provinces dissolved by data/places/former_provinces.csv"},
    )
    write(
        "islands.geojson",
        islands(),
        {"source": "placed by hand", "licence": "public domain (facts)", "made": MADE, "accuracy_km": 100},
    )


if __name__ == "__main__":
    main()
