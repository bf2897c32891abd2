"""Reading the reference files into rows of the models; what each column means stands in docs/data.md."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ..domain.technologies import TECHNOLOGIES
from ..domain.text import fold

Row = dict[str, Any]
PERIODS = (("2025-2030", 2025, 2030), ("2031-2035", 2031, 2035))
WHOLE_PERIOD = ("2025-2035", 2025, 2035)


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _number(text: str) -> float | None:
    return float(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def provinces(data: Path) -> Iterator[Row]:
    """Yield the 34; `kinds` is a list of kind and the day since when."""
    for row in _csv(data / "places" / "provinces.csv"):
        kinds = [
            dict(zip(("kind", "since"), part.split("@"), strict=True)) for part in row["kinds"].split(";")
        ]
        yield {
            "code": row["code"],
            "abbreviation": row["abbreviation"],
            "name_vi": row["name_vi"],
            "name_en": row["name_en"],
            "kind": row["kind"],
            "kinds": kinds,
            "lon": _number(row["centroid_lon"]),
            "lat": _number(row["centroid_lat"]),
        }


def former_provinces(data: Path) -> Iterator[Row]:
    """Yield the 63 with the province that took them in."""
    for row in _csv(data / "places" / "former_provinces.csv"):
        yield {
            "code": row["code_old"],
            "name_vi": row["name_vi_old"],
            "name_en": row["name_en_old"],
            "province_code": row["code_new"],
            "central_meridian": row["central_meridian"] or None,
        }


def zones(data: Path) -> Iterator[Row]:
    """Yield the zones, parents first."""
    rows = list(_csv(data / "places" / "zones.csv"))
    for row in sorted(rows, key=lambda row: bool(row["parent"])):
        yield {
            "code": row["code"],
            "name_vi": row["name_vi"],
            "name_en": row["name_en"],
            "kind": row["kind"],
            "parent_code": row["parent"] or None,
            "province_code": row["province_code"] or None,
            "communes": row["commune"] or None,
            "former_location": row["former_location"] or None,
            "area_ha": _number(row["area_ha"]),
            "lon": _number(row["lon"]),
            "lat": _number(row["lat"]),
            "accuracy": row["accuracy"] or None,
            "source": row["source"] or None,
            "confidence": row["confidence"] or None,
            "note_vi": row["note_vi"] or None,
            "note_en": row["note_en"] or None,
        }


def instruments(data: Path) -> Iterator[Row]:
    """Yield laws, decisions and plans."""
    same = (
        "code",
        "number",
        "kind",
        "title_vi",
        "title_en",
        "issuer_vi",
        "issuer_en",
        "status",
        "province_code",
        "note_vi",
        "note_en",
        "source",
        "confidence",
        "checked_original",
    )
    for row in _json(data / "plan" / "instruments.json"):
        yield {name: row[name] for name in same} | {
            "issued_on": _day(row["date"]),
            "in_force_on": _day(row["in_force"]),
        }


def instrument_relations(data: Path) -> Iterator[Row]:
    """Yield which instrument adjusts, implements, replaces, supplements or amends which."""
    for row in _json(data / "plan" / "instruments.json"):
        for relation in row["relations"]:
            yield {"from_code": row["code"], "to_code": relation["to"], "kind": relation["kind"]}


def tables(data: Path) -> Iterator[Row]:
    """Yield the tables of the appendices."""
    for path in sorted((data / "plan").glob("tables_*.json")):
        for row in _json(path)["tables"]:
            yield {
                "instrument_code": row["instrument_code"],
                "appendix": row["appendix"],
                "table_no": str(row["table_no"]),
                "title_vi": row["title_vi"],
                "title_en": row["title_en"],
                "kind": row["list_type"],
                "page_from": row["page_from"],
                "page_to": row["page_to"],
                "technologies": row["technology"],
                "columns": row["columns"],
                "counted_in": row["counted_in"],
                "note": row["note"] or None,
            }


def targets(data: Path) -> Iterator[Row]:
    """Yield the targets; the technology is None where the plan's item matches none of ours."""
    for row in _csv(data / "plan" / "targets.csv"):
        covers = row["covers"].split(";") if row["covers"] else []
        yield {
            "instrument_code": row["instrument_code"],
            "year": int(row["year"]),
            "window": row["window"],
            "technology": row["technology"] if row["technology"] in TECHNOLOGIES else None,
            "source_code": row["source_code"],
            "label_vi": row["label_vi"],
            "label_en": row["label_en"],
            "low": _number(row["low"]),
            "high": _number(row["high"]),
            "unit": row["unit"],
            "is_total": row["is_total"] == "true",
            "scope": row["scope"] or None,
            "covers": covers,
            "confidence": row["confidence"] or None,
            "note_vi": row["note_vi"] or None,
            "note_en": row["note_en"] or None,
            "source": row["source"] or None,
        }


def entries(data: Path) -> Iterator[Row]:
    """Yield the numbered rows of the plans; a row of two former provinces keeps both names."""
    for path in sorted((data / "plan").glob("entries_*.csv")):
        for row in _csv(path):
            yield _entry(row)


def _entry(row: dict[str, str]) -> Row:
    start, end = _whole(row["period_from"]), _whole(row["period_to"])
    split = {
        label: float(row[f"mw_{label.replace('-', '_')}"])
        for label, _, _ in PERIODS
        if row[f"mw_{label.replace('-', '_')}"]
    }
    label = row.get("period_label", "").replace("–", "-") or (f"{start or ''}-{end}" if end else "")
    return {
        "instrument_code": row["instrument_code"],
        "appendix": row["appendix"],
        "table_no": row["table_no"],
        "ordinal": int(row["ordinal"]),
        "section": row["section"] or None,
        "row_no": row["row_no"] or None,
        "technology": row["technology"],
        "name_vi": row["name_vi"] or None,
        "name_en": row["name_en"] or None,
        "name_vi_confidence": row["name_vi_confidence"] or None,
        "name_folded": fold(f"{row['name_vi']} {row['name_en']}"),
        "province_old": row["province_old"] or None,
        "province_code": row["province_code"] or None,
        "region_text": row["region_text"] or None,
        "mw_low": _number(row["mw_low"]),
        "mw_high": _number(row["mw_high"]),
        "mw_text": row["mw_text"] or None,
        "period_label": label or None,
        "period_from": start,
        "period_to": end,
        "mw_split": split or None,
        "list_kind": row["list_kind"],
        "mark": row["mark"] or None,
        "can_accelerate": row["can_accelerate"] == "true",
        "page": _whole(row["page"]),
        "check": row["check"] or None,
        "confidence": row.get("confidence") or None,
        "source": row.get("source") or None,
    }


def allocations(data: Path) -> Iterator[Row]:
    """Yield one row for each period printed; a figure that covers both periods is one row of its own,
    undivided.
    """
    for path in sorted((data / "plan").glob("allocations_*.csv")):
        for row in _csv(path):
            base = {
                "instrument_code": row["instrument_code"],
                "appendix": row["appendix"],
                "table_no": row["table_no"],
                "ordinal": int(row["ordinal"]),
                "technology": row["technology"],
                "subset": row["subset"] or None,
                "kind": row["kind"],
                "area_kind": row["area_kind"],
                "area_vi": row["area_vi"] or None,
                "area_en": row["area_en"] or None,
                "province_old": row["province_old"] or None,
                "province_code": row["province_code"] or None,
                "page": _whole(row["page"]),
                "check": row["check"] or None,
            }
            figures = [(period, _number(row[f"mw_{period[0].replace('-', '_')}"])) for period in PERIODS]
            printed = [figure for figure in figures if figure[1] is not None]
            for (label, start, end), mw in printed or [(WHOLE_PERIOD, _number(row["mw_total"]))]:
                yield base | {"period_label": label, "period_from": start, "period_to": end, "mw": mw}


def rules(data: Path) -> Iterator[Row]:
    """Yield the rules and notes printed in the plans."""
    for path in sorted((data / "plan").glob("rules_*.json")):
        for row in _json(path):
            yield {
                "code": row["id"],
                "instrument_code": row["instrument_code"],
                "kind": row["kind"],
                "appendix": ";".join(row["appendix"]) or None,
                "tables": [str(number) for number in row["table_no"]],
                "pages": row["page"],
                "value": row["value"],
                "text_vi": row["text_vi"],
                "text_en": row["text_en"],
                "applies_to": row["applies_to"] or None,
                "check": row["check"] or None,
            }
