"""What a project, site, plan entry or user *is*. Imports nothing of the floors above."""

from .base import db
from .calls import InvestmentCall
from .milestones import Milestone, NextAction
from .office import Inquiry, Meeting, Setting
from .organisations import Organisation, Party
from .places import FormerProvince, Province, Zone
from .plan_links import PlanLink
from .plans import Allocation, Entry, Instrument, InstrumentRelation, PlanRule, PlanTable, Target
from .projects import CodeRedirect, Project, ProjectRelation, Unit
from .sites import Site
from .sources import Citation, Document, ExternalId, Source
from .users import RateCount, User, WebSession
from .versions import AuditEvent, ProjectVersion, Publication, Revision

__all__ = [
    "Allocation",
    "AuditEvent",
    "Citation",
    "CodeRedirect",
    "Document",
    "Entry",
    "ExternalId",
    "FormerProvince",
    "Inquiry",
    "Instrument",
    "InstrumentRelation",
    "InvestmentCall",
    "Meeting",
    "Milestone",
    "NextAction",
    "Organisation",
    "Party",
    "PlanLink",
    "PlanRule",
    "PlanTable",
    "Project",
    "ProjectRelation",
    "ProjectVersion",
    "Province",
    "Publication",
    "RateCount",
    "Revision",
    "Setting",
    "Site",
    "Source",
    "Target",
    "Unit",
    "User",
    "WebSession",
    "Zone",
    "db",
]
