"""The frame of a map: constants only, local assets only, the same bytes each time."""

from __future__ import annotations

import ast
from pathlib import Path

import folium
import pytest

from tracker.web.maps import frame

PACKAGE = Path(frame.__file__).parent
STATIC = PACKAGE.parent / "static"
FOLIUM_FILES = ("frame.py", "elements.py")


def _is_constant(node: ast.expr, known: set[str]) -> bool:
    """Return whether an argument is written out, or names a piece of the map made in the same function."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Tuple | ast.List):
        return all(_is_constant(item, known) for item in node.elts)
    if isinstance(node, ast.Dict):
        return all(_is_constant(item, known) for item in [*filter(None, node.keys), *node.values])
    if isinstance(node, ast.UnaryOp):
        return _is_constant(node.operand, known)
    return isinstance(node, ast.Name) and node.id in known


def _pieces(tree: ast.Module) -> set[str]:
    """Return the names under which a file knows Folium, branca and our own pieces."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {
                a.asname or a.name.split(".")[0]
                for a in node.names
                if a.name.split(".")[0] in ("folium", "branca")
            }
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in (
            "folium",
            "branca",
            "elements",
        ):
            found |= {a.asname or a.name for a in node.names}
    return found


def _root(node: ast.expr) -> str | None:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _offences(source: str) -> list[str]:
    tree = ast.parse(source)
    pieces = _pieces(tree)
    found: list[str] = []
    for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        made = {a.arg for a in function.args.args if a.arg == "map_"}
        for node in ast.walk(function):
            if (
                isinstance(node, ast.Assign | ast.AnnAssign)
                and isinstance(node.value, ast.Call)
                and (
                    _root(node.value.func) in pieces
                    or _root(node.value.func) in {"compose_country", "compose_site"}
                )
            ):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                made |= {target.id for target in targets if isinstance(target, ast.Name)}
            if (
                isinstance(node, ast.For)
                and isinstance(node.target, ast.Name)
                and _is_constant(node.iter, made)
            ):
                made.add(node.target.id)
        for call in (n for n in ast.walk(function) if isinstance(n, ast.Call)):
            root = _root(call.func)
            if root in pieces or root in made:
                arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
                found += [
                    f"line {call.lineno}: {ast.unparse(argument)}"
                    for argument in arguments
                    if not _is_constant(argument, made)
                ]
    return found


@pytest.mark.parametrize("name", FOLIUM_FILES)
def test_nothing_but_constants_is_given_to_folium(name: str) -> None:
    assert _offences((PACKAGE / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "folium.Marker(location=(1, 2), popup=name).add_to(map_)",
        "folium.Map(tiles=f'{name}')",
        "folium.FeatureGroup(name='a' + name)",
        "folium.GeoJson(load(name))",
    ],
)
def test_the_check_above_finds_what_it_looks_for(line: str) -> None:
    assert _offences(f"import folium\ndef compose(name):\n    {line}\n")


def test_only_the_frame_knows_folium_and_it_knows_nothing_else() -> None:
    for path in PACKAGE.parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
        uses = any(module.split(".")[0] in ("folium", "branca") for module in modules)
        assert uses == (path.parent == PACKAGE and path.name in FOLIUM_FILES), path
        if uses:
            assert not any(
                part in module for module in modules for part in ("services", "domain", "flask", "settings")
            )


@pytest.mark.parametrize("made", [frame.country, frame.site])
def test_every_asset_is_a_shipped_file_and_no_other_server_is_named(made: object) -> None:
    found = made()  # type: ignore[operator]
    assert found.js[0] == "vendor/leaflet/dist/leaflet.js"
    for name in (*found.js, *found.css):
        assert (STATIC / name).is_file(), name
    assert "//" not in found.script.replace("\\/", "/")


def test_an_unknown_asset_fails_loudly() -> None:
    from folium.plugins import MarkerCluster

    map_ = folium.Map(tiles=None)
    MarkerCluster().add_to(map_)
    with pytest.raises(frame.UnknownAsset, match="markercluster"):
        frame.take_apart(map_)


def test_more_than_the_box_of_a_map_is_refused() -> None:
    map_ = folium.Map(tiles=None)
    map_.get_root().html.add_child(folium.Element("<p>more</p>"))
    with pytest.raises(frame.UnexpectedMarkup):
        frame.take_apart(map_)


@pytest.mark.parametrize("compose", [frame.compose_country, frame.compose_site])
def test_two_renderings_are_the_same(compose: object) -> None:
    first, second = (frame.take_apart(compose()) for _ in range(2))  # type: ignore[operator]
    assert first == second


@pytest.mark.parametrize("made", [frame.country, frame.site])
def test_both_archipelagos_stand_on_every_map_with_their_vietnamese_names(made: object) -> None:
    script = made().script.encode().decode("unicode_escape")  # type: ignore[operator]
    for name in ("Quần đảo Hoàng Sa", "thành phố Đà Nẵng", "Quần đảo Trường Sa", "tỉnh Khánh Hòa"):
        assert name in script
    assert '"maxZoom": 18' in script
