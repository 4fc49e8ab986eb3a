"""The content model: a guide, its sections, what they hold, the figures, and the editions readers see."""

from .batch import Batch
from .edition import Edition
from .feedback import Feedback, PageCount
from .figures import Figure, Observation, Source
from .former_addresses import FormerAddress, PublishedSection
from .glossary import Term
from .guide import Guide, GuideTitle, RelatedCareer, Section
from .links import LinkVisit
from .listing import Listing, ShareImage
from .pictures import Picture, PictureFile
from .preview_links import PreviewLink
from .report import Report
from .rows import CareerLevel, Point, Question, Route, Skill, Step, ToolLink
from .search import Entry, IndexedSource, Name, Passage, Synonym, Word
from .shared import SharedEdition
from .shipped import Release, ShippedContent
from .unsaved import UnsavedText
from .upkeep import Upkeep
from .version import ContentVersion, NarrowChange

__all__ = [
    "Batch",
    "CareerLevel",
    "ContentVersion",
    "Edition",
    "Entry",
    "Feedback",
    "Figure",
    "FormerAddress",
    "Guide",
    "GuideTitle",
    "IndexedSource",
    "LinkVisit",
    "Listing",
    "Name",
    "NarrowChange",
    "Observation",
    "PageCount",
    "Passage",
    "Picture",
    "PictureFile",
    "Point",
    "PreviewLink",
    "PublishedSection",
    "Question",
    "RelatedCareer",
    "Release",
    "Report",
    "Route",
    "Section",
    "ShareImage",
    "SharedEdition",
    "ShippedContent",
    "Skill",
    "Source",
    "Step",
    "Synonym",
    "Term",
    "ToolLink",
    "UnsavedText",
    "Upkeep",
    "Word",
]
