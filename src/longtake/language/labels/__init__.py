"""Every label of a comment: who gave it, how sure, and which words decided."""

from longtake.language.labels.labeller import Labeller, label_rows, labeller
from longtake.language.labels.rows import Rows
from longtake.language.labels.wide import label

__all__ = ["Labeller", "Rows", "label", "label_rows", "labeller"]
