"""GeoJSON: every selected project is a feature, one without a place with null geometry."""

from __future__ import annotations

import json

from tests import factories
from tracker.forms.selection import Selection
from tracker.outputs import files
from tracker.services import portfolio

from .conftest import HOSTILE

PROPERTIES = {
    "code",
    "name_vi",
    "name_en",
    "technologies",
    "status",
    "stage",
    "province",
    "accuracy",
    "capacity_mw",
    "storage_mw",
    "storage_mwh",
    "plan",
    "url",
    "sample",
    "licences",
}


def test_every_project_is_a_feature(written):
    found = json.loads(written("geojson"))
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == len(HOSTILE) + 6 == found["generated"]["projects"]
    for feature in found["features"]:
        assert set(feature["properties"]) >= PROPERTIES
        assert isinstance(feature["properties"]["technologies"], list)
        assert feature["properties"]["url"] == f"https://example.org/projects/{feature['id']}"
    assert set(HOSTILE) <= {feature["properties"]["name_vi"] for feature in found["features"]}


def test_geometry_is_the_place_the_shape_or_null(written):
    by_name = {f["properties"]["name_vi"]: f for f in json.loads(written("geojson"))["features"]}
    assert by_name["Pin"]["geometry"] == {"type": "Point", "coordinates": [107.43, 16.69]}
    assert by_name["Điện mặt trời và pin"]["geometry"] is None
    assert by_name["Điện mặt trời và pin"]["properties"]["storage_mwh"] is None
    assert by_name["Đa giác"]["geometry"]["type"] == "Polygon"


def test_the_stamp_is_there(written):
    head = json.loads(written("geojson", province=("46",)))["generated"]
    assert head["selection"] == [["province", "46"]]
    assert head["selection_text"] == "Tỉnh, thành phố: Huế"
    assert head["licences"] == ["odbl"]
    assert "ODbL" in head["attribution"][0]
    assert written("geojson") == written("geojson")


def test_the_public_precision_is_obeyed(app):
    with app.app_context():
        shape = {"type": "Polygon", "coordinates": [[[107, 16], [107.1, 16], [107.1, 16.1], [107, 16]]]}
        for precision in ("exact", "commune", "province", "hidden"):
            factories.make_project(
                name_vi=precision,
                sites=[factories.site(geom=shape, commune="Phong Điền", public_precision=precision)],
            )
        folio = portfolio.current()
        stamp = files.context(Selection(), folio, lang="vi")
        data = b"".join(files.write("geojson", folio.select(Selection()), stamp))
    found = {f["properties"]["name_vi"]: f for f in json.loads(data)["features"]}
    assert found["exact"]["geometry"]["type"] == "Polygon"
    assert [found[name]["geometry"] for name in ("commune", "province", "hidden")] == [None, None, None]
    assert [found[name]["properties"]["accuracy"] for name in ("commune", "province", "hidden")] == [
        "commune",
        "province",
        None,
    ]
