"""The shipped layers say what they are."""

from __future__ import annotations

import pytest

from tracker.geo import layers


def test_every_shipped_layer_tells_its_source_licence_date_and_accuracy() -> None:
    found = layers.shipped()
    assert [(layer.code, layer.features) for layer in found] == [
        ("provinces-34", 34),
        ("provinces-63", 63),
        ("islands", 2),
    ]
    for layer in found:
        assert layer.path.is_file()
        assert layer.source and layer.licence and layer.made and layer.accuracy_km > 0
        assert layer.label.vi and layer.label.en


def test_an_unknown_layer_is_refused() -> None:
    with pytest.raises(layers.UnknownLayer):
        layers.shipped_layer("../../etc/passwd")


def test_both_archipelagos_have_their_vietnamese_names_and_units() -> None:
    told = {
        f["properties"]["name_vi"]: f["properties"]["unit_vi"]
        for f in layers.collection("islands")["features"]
    }
    assert told == {"Quần đảo Hoàng Sa": "thành phố Đà Nẵng", "Quần đảo Trường Sa": "tỉnh Khánh Hòa"}
