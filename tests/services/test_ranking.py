"""What was typed stands first: marks, whole words, names; folding only widens what is found."""

from __future__ import annotations

import pytest

from tests import factories
from tracker.forms.selection import Selection
from tracker.services import portfolio

NAMES = {
    "A": "Nhà máy thủy điện A Lưới",
    "B": "Điện gió thử nghiệm",
    "C": "Thừa Thiên",
    "D": "Điện rác Thủ Đức",
    "E": "Kho TEN MOI mở rộng",
    "F": "TEN MOI",
    "G": "Đường dây tênh mỗi",
    "H": "Điện gió biển",
    "I": "Biển Đông điện gió",
}


@pytest.fixture
def names(app):
    with app.app_context():
        for name in NAMES.values():
            factories.make_project(name_vi=name)
        yield


def found(q, **more):
    return [row.name_vi for row in portfolio.current().select(Selection(q=q, **more)).rows]


def test_marks_and_whole_words_count(names):
    assert found("thử")[0] == NAMES["B"]
    assert found("thu")[0] == NAMES["B"], "of equally near ones the first by code, whole words first"
    assert found("thủ")[0] == NAMES["D"]
    assert NAMES["A"] in found("thử"), "parts of words are found all the same"


def test_the_project_of_that_name_stands_first(names):
    assert found("TEN MOI") == [NAMES["F"], NAMES["E"], NAMES["G"]]
    assert found("điện gió")[:3] == [NAMES["B"], NAMES["H"], NAMES["I"]]
    assert found("gió biển")[0] == NAMES["H"]


def test_a_code_is_found_first(names):
    last = portfolio.current().rows[-1]
    assert portfolio.current().select(Selection(q=last.code.lower())).rows[0].code == last.code


def test_an_asked_order_stands(names):
    assert found("TEN MOI", sort="-name") == sorted(
        (NAMES["E"], NAMES["F"], NAMES["G"]), key=lambda name: name.casefold().replace("đ", "d"), reverse=True
    )
