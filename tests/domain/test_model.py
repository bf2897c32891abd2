"""Every field of a project says who may read it and what it is called; every code has words in both
languages.
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain import InvestmentCall, Project, db, statuses, technologies
from tracker.domain.base import PUBLIC, STAFF
from tracker.domain.milestones import current_stage
from tracker.domain.text import fold, tidy, without_marks
from tracker.domain.users import ROLES
from tracker.domain.vocabulary import Vocabulary
from tracker.services.documents import SECTIONS

# keys and machinery, not facts about a project
UNDECLARED = {"id", "project_id", "created_at", "lock_version"}
VOCABULARIES = [
    value
    for module in (statuses, technologies)
    for value in vars(module).values()
    if isinstance(value, Vocabulary)
] + [ROLES]


@pytest.mark.parametrize(
    "model", [Project, InvestmentCall, *SECTIONS.values()], ids=lambda model: model.__tablename__
)
def test_every_column_declares_its_audience_and_a_title_in_both_languages(model):
    undeclared = [
        c.key for c in model.__table__.columns if "audience" not in c.info and c.key not in UNDECLARED
    ]
    if model.__tablename__ == "external_id":
        undeclared.remove(
            "organisation_id"
        )  # identifiers of an organisation are no part of a project's document
    assert undeclared == []
    for column in model.__table__.columns:
        if "audience" in column.info:
            assert column.info["audience"] in (PUBLIC, STAFF), column
            assert column.info["title"].vi.strip(), column
            assert column.info["title"].en.strip(), column


def test_what_is_internal_stays_internal():
    staff = {
        f"{model.__tablename__}.{c.key}"
        for model in (Project, InvestmentCall, *SECTIONS.values())
        for c in model.__table__.columns
        if c.info.get("audience") == STAFF
    }
    assert staff >= {
        "project.remarks_internal",
        "project.contact_internal",
        "project.review_comment",
        "site.entered_text",
        "site.public_precision",
        "plan_link.reason",
        "plan_link.decided_by",
        "next_action.text",
        "next_action.assignee",
        "document.file_sha256",
    }


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.name)
def test_every_term_has_words_in_both_languages(vocabulary):
    for term in vocabulary:
        assert term.label.vi.strip(), term
        assert term.label.en.strip(), term
        if term.definition:
            assert term.definition.vi.strip(), term
            assert term.definition.en.strip(), term
        assert unicodedata.is_normalized("NFC", term.label.vi), term


def test_codes_fit_their_columns():
    for table, column, vocabulary in (
        ("unit", "technology", technologies.TECHNOLOGIES),
        ("project", "status", statuses.STATUSES),
        ("milestone", "stage", statuses.STAGES),
        ("plan_link", "relation", statuses.RELATIONS),
        ("site", "accuracy", statuses.ACCURACIES),
        ("site", "public_precision", statuses.PRECISIONS),
        ("party", "role", statuses.ROLES_OF_PARTIES),
        ("user_account", "role", ROLES),
        ("project", "land_status", statuses.LAND_STATUSES),
        ("project_relation", "kind", statuses.PROJECT_RELATIONS),
        ("investment_call", "selection_form", statuses.SELECTION_FORMS),
    ):
        width = db.metadata.tables[table].columns[column].type.length
        assert all(len(code) <= width for code in vocabulary.codes()), table


def test_quantities_of_technologies_are_columns_of_units():
    columns = db.metadata.tables["unit"].columns
    for technology in technologies.TECHNOLOGIES:
        assert technology.family in technologies.FAMILIES
        assert all(name in columns and name in technologies.QUANTITIES for name in technology.quantities), (
            technology
        )


def test_a_family_stands_for_its_members_and_a_wider_family_for_narrower_ones():
    expand = technologies.expand
    assert expand(["solar"]) == ("solar_ground", "solar_rooftop", "solar_floating")
    assert set(expand(["storage"])) == {"battery_storage", "pumped_storage"}
    assert "wind_offshore" in expand(["wind"])
    assert expand(["offshore_wind"]) == ("wind_offshore",)
    assert expand(["hydro"]) == ("hydro",)
    assert expand(["biofuel", "solar_ground"]) == ("solar_ground", "biofuel")
    assert expand([]) == ()
    with pytest.raises(KeyError):
        expand(["sun"])


def test_every_technology_and_family_expands_to_technologies():
    for code in (*technologies.TECHNOLOGIES.codes(), *technologies.FAMILIES.codes()):
        assert set(technologies.expand([code])) <= set(technologies.TECHNOLOGIES.codes())
        assert technologies.expand([code])


def test_only_power_plants_count_as_generation():
    kinds = {t.code: t.counts_as for t in technologies.TECHNOLOGIES}
    assert {code for code, kind in kinds.items() if kind == "storage"} == {
        "battery_storage",
        "pumped_storage",
    }
    assert {code for code, kind in kinds.items() if kind == "none"} >= {
        "lng_terminal",
        "green_hydrogen",
        "biofuel",
    }


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ([], None),
        ([("ipa", None)], None),
        ([("ipa", "2024"), ("land", None)], "ipa"),
        ([("construction", "2025-01"), ("ipa", "2026-01")], "construction"),
        ([("construction", "2025-01"), ("suspended", "2026-01")], "suspended"),
        ([("suspended", "2024"), ("construction", "2025-01")], "construction"),
        ([("operating", "2020"), ("terminated", "2026")], "terminated"),
    ],
)
def test_the_current_stage(steps, stage):
    assert current_stage(steps) == stage


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Điện gió", "dien gio"),
        ("ĐẮK  LẮK", "dak lak"),
        ("Thừa Thiên\nHuế", "thua thien hue"),
        (None, ""),
        ("", ""),
        ("Ðak", "ðak"),
        ("Quảng Trị", "quang tri"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_knows_no_composition_and_is_stable(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40))
def test_tidied_text_is_composed_without_control_characters(text):
    tidied = tidy(text)
    assert tidied is None or (
        tidied == tidied.strip()
        and unicodedata.is_normalized("NFC", tidied)
        and "\0" not in tidied
        and tidy(tidied) == tidied
    )


def test_names_as_english_texts_print_them():
    assert without_marks("Thừa Thiên Huế") == "Thua Thien Hue"
    assert without_marks("Đắk Lắk") == without_marks(unicodedata.normalize("NFD", "Đắk Lắk")) == "Dak Lak"
