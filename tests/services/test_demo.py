"""The demo portfolio and the sample set: loaded once, what people made of it kept, the samples removable."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from tests.factories import edit, make_project, unit
from tracker.domain import Inquiry, Meeting, Project, User, db
from tracker.services import demo, portfolio, projects, samples, upkeep
from tracker.services.portfolio_files import BadPortfolio
from tracker.services.transactions import Actor, write

DOCUMENTS = [
    {
        "code": "HUE-WIN-001",
        "name_vi": "Gió Phong Điền",
        "status": "announced",
        "province_code": "46",
        "units": [unit("wind_onshore", capacity_mw=100.0)],
        "sites": [{"ordinal": 1, "province_code": "46", "accuracy": "province"}],
        "links": [
            {
                "relation": "listed",
                "entry": {
                    "instrument_code": "qd-768-2025",
                    "appendix": "III",
                    "table_no": "13",
                    "ordinal": 491,
                },
            }
        ],
        "relations": [{"code": "HUE-SOL-001", "kind": "co_located"}],
    },
    {
        "code": "HUE-SOL-001",
        "name_vi": "Mặt trời Phong Hòa",
        "status": "operating",
        "province_code": "46",
        "units": [unit(capacity_mw=50.0)],
        "sites": [],
        "links": [
            {
                "relation": "allocation",
                "allocation": {
                    "instrument_code": "qd-768-2025",
                    "appendix": "II",
                    "table_no": 2,
                    "ordinal": 0,
                    "period_label": "2025-2030",
                },
            }
        ],
    },
]


def documents():
    """The projects above, the allocation row looked up by what is printed."""
    from tracker.domain import Allocation

    ordinal = db.session.scalar(
        select(Allocation.ordinal).where(
            Allocation.province_code == "46",
            Allocation.technology == "solar_ground",
            Allocation.appendix == "II",
        )
    )
    DOCUMENTS[1]["links"][0]["allocation"]["ordinal"] = ordinal
    return DOCUMENTS


def test_links_find_their_plan_rows_and_relations_their_projects(inside):
    assert demo.enter(documents()) == 2
    wind, solar = (portfolio.document(code) for code in ("HUE-WIN-001", "HUE-SOL-001"))
    assert wind is not None
    assert solar is not None
    assert wind["links"][0]["target"]["page"] == 41
    assert (solar["links"][0]["target"]["kind"], solar["links"][0]["target"]["mw_high"]) == (
        "allocation",
        397,
    )
    assert [relation["code"] for relation in wind["relations"]] == ["HUE-SOL-001"]


def test_a_project_that_is_there_stays_as_people_made_it(inside):
    demo.enter(documents())
    edit("HUE-SOL-001", name_vi="Tên do cán bộ sửa")
    before = portfolio.revision()
    assert demo.enter(documents()) == 0
    assert portfolio.revision() == before
    assert projects.find("HUE-SOL-001").name_vi == "Tên do cán bộ sửa"


def test_a_link_to_a_row_that_is_not_there_enters_nothing(inside):
    broken = [
        DOCUMENTS[0]
        | {
            "links": [
                {
                    "relation": "listed",
                    "entry": {
                        "instrument_code": "qd-768-2025",
                        "appendix": "III",
                        "table_no": "13",
                        "ordinal": 99999,
                    },
                }
            ]
        }
    ]
    with pytest.raises(BadPortfolio, match="99999"):
        demo.enter(broken)
    assert portfolio.current().rows == ()


@pytest.fixture
def full(demo_app):
    with demo_app.app_context():
        yield demo_app


def test_the_demo_holds_real_published_projects_of_all_technologies_of_the_mission(full):
    from tracker.domain.technologies import expand

    rows = [row for row in portfolio.current().rows if row.number is not None]
    assert len(rows) >= 200
    used = {technology for row in rows for technology in row.technologies}
    for family in ("solar", "wind", "lng", "hydrogen", "storage"):
        assert used & set(expand([family])), family
    assert "biofuel" in used
    assert upkeep.problems() == []


def test_samples_are_marked_and_drafts_are_not_public(full):
    public = {row.code: row for row in portfolio.current().rows}
    drafts = db.session.scalars(select(Project).where(Project.sample)).all()
    assert drafts
    assert not {project.code for project in drafts} & set(public)
    calls = [row for row in public.values() if row.calling]
    assert calls
    assert all(row.sample for row in calls)


def test_loading_twice_adds_nothing(full):
    before = portfolio.revision()
    demo.load_portfolio(full.config["TRACKER"].data)
    assert set(samples.load(full.config["TRACKER"].data, passwords={}).values()) == {0}
    assert portfolio.revision() == before


def test_removing_the_samples_leaves_the_real_projects(full):
    real = {row.code for row in portfolio.current().rows}
    edit("HUE-WIN-001", jobs=7)
    assert samples.remove() > 10
    rows = portfolio.current().rows
    assert {row.code for row in rows} == real
    assert not any(row.sample or row.calling for row in rows)
    assert not any(row.sample for row in portfolio.current(audience="staff").rows)
    left = [
        db.session.scalar(select(func.count()).where(model.sample))
        for model in (Project, Meeting, Inquiry, User)
    ]
    assert left == [0, 0, 0, 0]
    shown = portfolio.document("HUE-WIN-001")
    assert shown is not None
    assert shown["jobs"] is None  # the edit that nobody published is still not public
    assert upkeep.problems() == []
    assert samples.remove() == 0
    assert not samples.wanted()


def test_a_sample_account_that_changed_something_is_blocked_and_stays_in_the_history(full):
    actor = Actor.of(db.session.scalars(select(User).where(User.role == "editor")).one())
    with write(actor=actor, action="edit"):
        projects.put(projects.find("HUE-WIN-001"), {"jobs": 3})
    samples.remove()
    user = db.session.get_one(User, actor.id)
    assert (user.active, user.password_hash) == (False, None)


def test_real_data_entered_beside_the_samples_is_kept(full):
    code = make_project(call={"objective_vi": "Lời kêu gọi thật"}, actions=[{"text": "Việc thật"}])
    samples.remove()
    project = projects.find(code)
    assert project.call is not None
    assert [action.text for action in project.actions] == ["Việc thật"]
