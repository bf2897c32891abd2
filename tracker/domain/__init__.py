"""What a project, site, plan entry or user *is*. Imports nothing of the floors above."""

from .base import db
from .calls import InvestmentCall
from .checks import Batch, FactChange, FormDraft, NotDuplicate, Override
from .milestones import Milestone, NextAction
from .office import Inquiry, Meeting, Setting
from .organisations import Organisation, Party
from .places import FormerProvince, Province, Zone
from .plan_links import PlanLink
from .plans import Allocation, Entry, Instrument, InstrumentRelation, PlanRule, PlanTable, Target
from .projects import CodeRedirect, Project, ProjectRelation, Unit
from .sites import Site
from .sources import Attachment, Citation, Document, ExternalId, Source
from .users import RateCount, User, UserToken, WebSession
from .versions import AuditEvent, ProjectVersion, Publication, Revision

__all__ = [
    "Allocation",
    "Attachment",
    "AuditEvent",
    "Batch",
    "Citation",
    "CodeRedirect",
    "Document",
    "Entry",
    "ExternalId",
    "FactChange",
    "FormDraft",
    "FormerProvince",
    "Inquiry",
    "Instrument",
    "InstrumentRelation",
    "InvestmentCall",
    "Meeting",
    "Milestone",
    "NextAction",
    "NotDuplicate",
    "Organisation",
    "Override",
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
    "UserToken",
    "WebSession",
    "Zone",
    "db",
]
