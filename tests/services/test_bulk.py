"""What a change would do to each project, told before it is done."""

from __future__ import annotations

from tests.factories import edit, make_project
from tracker.forms.bulk import Order
from tracker.services import batches, bulk, projects
from tracker.services.transactions import SYSTEM


def carry_out(seen, **options):
    return batches.apply(kind="bulk", title="x", actor=SYSTEM, changes=seen.changes, seen=seen.seen, **options)


def status(code="operating", since="2026-06", source="Thông báo 12"):
    return Order("status", {"status": code, "status_as_of": since, "status_source": source})


def test_a_status_is_written_with_its_date_its_source_and_its_memory(inside):
    code = make_project(sources=[{"citation": "QĐ 768"}], status_as_of="2024")
    seen = bulk.preview([code, code], status())
    assert [(e.before, e.after) for e in seen.changed] == [(("construction", "2024"), ("operating", "2026-06"))]
    carry_out(seen)
    project = projects.find(code)
    assert [(s.ordinal, s.citation) for s in project.sources] == [(1, "QĐ 768"), (2, "Thông báo 12")]
    [change] = project.fact_changes
    assert (change.field, change.before, change.after, change.dated, change.source_ordinal) == (
        "status", "construction", "operating", "2026-06", 2,
    )  # fmt: skip
    again = bulk.preview([code], status())
    assert not again.changed
    assert len(again.unchanged) == 1


def test_a_contradiction_that_the_change_would_bring_is_told(inside):
    code = make_project(status="pre_construction")
    [effect] = bulk.preview([code], status()).changed
    assert [doubt.en for doubt in effect.doubts] == ["Operating, but no actual COD is given"]
    [effect] = bulk.preview([code], status("announced")).changed
    assert not effect.doubts


def test_a_new_status_without_a_date_does_not_keep_the_old_date(inside):
    code = make_project(status_as_of="2024")
    carry_out(bulk.preview([code], status(since=None, source=None)))
    project = projects.find(code)
    assert (project.status, project.status_as_of, len(project.sources)) == ("operating", None, 0)


def test_plain_fields_sources_actions_and_calls(inside):
    code = make_project(call={"period": "2026–2030"}, sources=[{"citation": "A"}], last_checked="2025-01-01")
    told = {"source_citation": "B", "source_url": None, "source_dated": "2026", "source_licence": None}
    orders = [
        Order("province_code", {"province_code": "44"}),
        Order("last_checked", {"last_checked": "2026-11-24"}),
        Order("source", told | {"source_confidence": "low"}),
        Order("action", {"action_text": "Gọi điện", "action_assignee": "Lan", "action_due": "2026-12-01"}),
        Order("call", {}),
    ]
    for order in orders:
        seen = bulk.preview([code], order)
        assert len(seen.changed) == 1, order
        carry_out(seen)
        assert len(bulk.preview([code], order).unchanged) == 1, order
    project = projects.find(code)
    assert (project.province_code, project.last_checked.isoformat(), project.call) == ("44", "2026-11-24", None)
    assert [(s.ordinal, s.citation, s.dated) for s in project.sources] == [(1, "A", None), (2, "B", "2026")]
    assert [(a.text, a.assignee) for a in project.actions] == [("Gọi điện", "Lan")]


def test_what_cannot_be_published_is_named_and_the_rest_is_published(inside):
    ready = make_project(publish=False, sources=[{"citation": "A"}])
    bare = make_project(publish=False)
    public = make_project(sources=[{"citation": "A"}])
    edit(public, jobs=4)
    seen = bulk.preview([ready, bare, public, "HUE-XXX-999"], Order("publish", {}))
    assert [(e.code, e.refused) for e in seen.refused] == [("HUE-XXX-999", ("gone",)), (bare, ("sources",))]
    assert ready in seen.changes
    carry_out(seen, publish=True)
    assert projects.find(ready).review_state == "published"
    assert not bulk.preview([ready], Order("publish", {})).changed
