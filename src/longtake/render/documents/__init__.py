"""The report on paper: one page or the whole retrospective, as Word, PDF or slides."""

from longtake.render.documents.document import FORMS, KINDS, document

__all__ = ["FORMS", "KINDS", "document"]
