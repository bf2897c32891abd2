"""The form of a project: one set of rules for the screen and for a row of a spreadsheet.

Names of fields are paths: `name_vi`, `units-0-capacity_mw`, `call-period`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, Form, FormField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from ..domain import Project
from ..domain.statuses import CONFIDENCES, LAND_STATUSES, ROLES_OF_PARTIES, STATUSES
from .calls import CallForm
from .documents import DocumentRow
from .facts import ChangeForm
from .fields import (
    Choice,
    Day,
    Line,
    Number,
    Paragraph,
    PartialDate,
    Row,
    Whole,
    longest,
    options,
    rows,
    title,
)
from .milestones import MilestoneRow
from .parties import PartyRow, share_problem
from .plan_links import LinkRow, target_key
from .relations import RelationRow
from .sites import SiteRow
from .sources import SourceRow
from .units import UnitRow

SECTIONS = ("units", "sites", "links", "parties", "milestones", "documents", "sources", "relations")
NUMBERED = ("units", "sites", "documents", "sources")  # rows that others refer to by their number
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Known:
    """What a form may refer to; terms have `code` and `label`."""

    provinces: Sequence[Any] = ()
    formers: Sequence[Any] = ()
    zones: Sequence[Any] = ()
    plan_rows: Sequence[SelectChoice] = ()
    plan_kinds: Mapping[str, str] = field(default_factory=dict)  # of each of these, see `plan_links.fitting`
    is_project: Callable[[str], bool] = field(default=lambda code: True)


def _text(name: str, **kwargs: Any) -> Any:
    return Line(title(Project, name), length=longest(Project, name), **kwargs)


def _section(row: type[Row], **kwargs: Any) -> Any:
    return FieldList(FormField(row), **kwargs)


class ProjectForm(Form):  # type: ignore[misc]
    """The working copy of a project. A name and the technology of one unit are enough to save."""

    name_vi = _text("name_vi")
    name_en = _text("name_en")
    name_other = _text("name_other")
    status = Choice(
        title(Project, "status"),
        choices=options(STATUSES),
        default="unknown",
        required=_l("Choose the status."),
    )
    status_as_of = PartialDate(title(Project, "status_as_of"))
    change = FormField(ChangeForm)
    province_code = Choice(title(Project, "province_code"))
    summary_vi = Paragraph(title(Project, "summary_vi"))
    summary_en = Paragraph(title(Project, "summary_en"))

    units = _section(UnitRow, min_entries=1)
    sites = _section(SiteRow)
    links = _section(LinkRow)
    parties = _section(PartyRow)

    cod_first_planned = PartialDate(title(Project, "cod_first_planned"))
    cod_latest_planned = PartialDate(title(Project, "cod_latest_planned"))
    cod_actual = PartialDate(title(Project, "cod_actual"))
    milestones = _section(MilestoneRow)
    documents = _section(DocumentRow)

    invest_vnd_bn = Number(title(Project, "invest_vnd_bn"), high=100_000_000)
    invest_usd_m = Number(title(Project, "invest_usd_m"), high=10_000_000)
    invest_year = Whole(title(Project, "invest_year"), low=1990, high=2100)
    jobs = Whole(title(Project, "jobs"), high=10_000_000)
    land_ha = Number(title(Project, "land_ha"), high=10_000_000)
    land_status = Choice(
        title(Project, "land_status"), choices=options(LAND_STATUSES, empty=_l("Not stated"))
    )
    grid_voltage_kv = Number(title(Project, "grid_voltage_kv"), high=2000)
    grid_substation = _text("grid_substation")
    grid_line_km = Number(title(Project, "grid_line_km"), high=10_000)
    grid_agreement = _text("grid_agreement")

    calling = BooleanField(_l("This project calls for investment"))
    call = FormField(CallForm)

    sources = _section(SourceRow)
    confidence = Choice(title(Project, "confidence"), choices=options(CONFIDENCES, empty=_l("Not stated")))
    last_checked = Day(title(Project, "last_checked"))
    relations = _section(RelationRow)

    remarks_internal = Paragraph(title(Project, "remarks_internal"))
    contact_internal = Paragraph(title(Project, "contact_internal"))
    reason = Line(
        _l("Reason for the change"),
        length=500,
        description=_l("Kept in the history, for example the letter that asked for it."),
    )

    def __init__(self, formdata: Any = None, *, known: Known, had_call: bool = False, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.known, self.had_call = known, had_call
        self.arrange()

    def arrange(self) -> None:
        """Number the rows and offer each choice what there is to choose; call again after adding a row."""
        for name in NUMBERED:
            used: set[int] = set()
            forms = [entry.form for entry in self[name]]
            for row in forms:
                if row.ordinal.data in used or not row.ordinal.data:
                    row.ordinal.data = None
                else:
                    used.add(row.ordinal.data)
            for row in forms:
                if row.ordinal.data is None:
                    row.ordinal.data = max(used, default=0) + 1
                    used.add(row.ordinal.data)
        self._offer()

    def _offer(self) -> None:
        provinces = options(self.known.provinces, empty=_("Not known or at sea"))
        self.province_code.choices = provinces
        sites = _numbers(self.sites, _("Not stated"), "name")
        units = _numbers(self.units, _("The whole project"), "name_vi")
        sources = _numbers(self.sources, _("Not stated"), "citation")
        self.change.form.source_ordinal.choices = sources
        formers, zones = (
            options(terms, empty=_("Not stated")) for terms in (self.known.formers, self.known.zones)
        )
        for entry in self.units:
            entry.form.site_ordinal.choices = sites
        for entry in self.sites:
            entry.form.province_code.choices = provinces
            entry.form.former_province_code.choices = formers
            entry.form.zone_code.choices = zones
            entry.form.source_ordinal.choices = sources
        for entry in self.links:
            entry.form.offer(self.known.plan_kinds)
            entry.form.unit_ordinal.choices = units
            entry.form.target.choices = [
                SelectChoice("", _("Choose a row of the plan")),
                *self.known.plan_rows,
            ]

    def add_row(self, section: str) -> None:
        """Add an empty row to a section."""
        if section in SECTIONS and len(self[section]) < MOST_ROWS:
            self[section].append_entry()
            self.arrange()

    def remove_row(self, name: str) -> None:
        """Take out the row of that name, e.g. `units-1`."""
        section = name.rpartition("-")[0]
        if section in SECTIONS:
            self[section].entries[:] = [entry for entry in self[section].entries if entry.name != name]
            self.arrange()

    def validate_name_vi(self, field: Line) -> None:
        if not field.data and not self.name_en.data:
            raise ValidationError(_("Enter the name of the project, in Vietnamese or in English."))

    def validate_units(self, field: FieldList) -> None:
        if not rows(field):
            field.entries[0].form.technology.errors = [_("Choose the technology of at least one unit.")]
            raise ValidationError(_("Choose the technology of at least one unit."))
        known = {str(row.ordinal.data) for row in rows(self.sites)}
        for row in rows(field):
            if row.site_ordinal.code and row.site_ordinal.code not in known:
                row.site_ordinal.errors = [_("This site is empty. Fill it in or choose another one.")]
                raise ValidationError(_("A unit refers to an empty site."))

    def validate_parties(self, field: FieldList) -> None:
        for role in ROLES_OF_PARTIES.codes():
            shares = [row.share_percent for row in rows(field) if row.role.code == role]
            problem = share_problem(share.data for share in shares)
            if problem:
                shares[-1].errors = [*shares[-1].errors, problem]
                raise ValidationError(problem)

    def validate_relations(self, field: FieldList) -> None:
        for row in rows(field):
            if row.code.data and not self.known.is_project(row.code.data.upper()):
                row.code.errors = [_("There is no project with this code.")]
                raise ValidationError(_("There is no project with this code."))

    def validate_calling(self, field: BooleanField) -> None:
        if not field.data and not self.had_call and not self.call.form.blank:
            raise ValidationError(_("Tick this, or empty the fields of the call for investment."))

    def values(self) -> dict[str, Any]:
        """Return the working copy in document shape (see `services.documents`), empty rows left out."""
        found: dict[str, Any] = {}
        for name, item in self._fields.items():
            if name in SECTIONS:
                found[name] = [row.values() for row in rows(item)]
            elif isinstance(item, Choice):
                found[name] = item.code
            elif name not in ("call", "calling", "change", "reason"):
                found[name] = item.data
        found["call"] = self.call.form.values() if self.calling.data else None
        return found


def _numbers(field_list: Any, empty: str, name: str) -> list[SelectChoice]:
    """Return the rows of a section as choices by their number."""
    found = [SelectChoice("", empty)]
    for entry in field_list:
        number, text = entry.form.ordinal.data, str(entry.form[name].data or "")
        found.append(SelectChoice(str(number), f"{number} · {text[:60]}" if text else str(number)))
    return found


def entered(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document as the data of a form."""
    found = dict(document)
    found["links"] = [link | {"target": target_key(link)} for link in document["links"]]
    found["parties"] = [
        party
        | {
            "organisation": party["organisation"]["name_vi"],
            "organisation_en": party["organisation"]["name_en"],
            "country": party["organisation"]["country"],
        }
        for party in document["parties"]
    ]
    found["calling"], found["call"] = document["call"] is not None, document["call"] or {}
    return found


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value: the path of its field and words for the person."""

    path: str
    message: str


def read(row: Mapping[str, str], *, known: Known) -> tuple[dict[str, Any], list[Problem]]:
    """Return the document of a flat row, e.g. of a spreadsheet, and what is wrong with it."""
    form = ProjectForm(MultiDict(row), known=known)
    if form.validate():
        return form.values(), []
    return {}, list(_problems(form))


def _problems(form: Form) -> list[Problem]:
    found = []
    for item in form:
        if isinstance(item, FieldList):
            for entry in item:
                found += _problems(entry.form)
            found += [Problem(item.name, str(error)) for error in item.errors if isinstance(error, str)]
        elif isinstance(item, FormField):
            found += _problems(item.form)
        else:
            found += [Problem(item.name, str(error)) for error in item.errors]
    return found


def missing_for_publication(document: dict[str, Any]) -> list[str]:
    """Return the fields that must be filled before the public may read a project."""
    missing = []
    if not (document["name_vi"] or document["name_en"]):
        missing.append("name_vi")
    if not document["units"]:
        missing.append("units")
    if not document["sources"]:
        missing.append("sources")
    return missing
