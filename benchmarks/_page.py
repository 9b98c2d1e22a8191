"""One table, printed and written into the documentation in both languages."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Page:
    """A benchmark's result.

    Attributes:
        name: File name without its ending.
        title: Title by language.
        intro: What was measured and how, by language.
        header: Headings by language.
        rows: Cells; the same in both languages.
    """

    name: str
    title: dict[str, str]
    intro: dict[str, str]
    header: dict[str, Sequence[str]]
    rows: Sequence[Sequence[str]]

    def show(self) -> None:
        """Print the English table."""
        print(self._text("en"))

    def write(self) -> None:
        """Write both pages."""
        for lang in ("en", "zh"):
            path = ROOT / "docs" / lang / "benchmarks" / f"{self.name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._text(lang), "utf-8")

    def _text(self, lang: str) -> str:
        machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
        lines = [f"# {self.title[lang]}", "", self.intro[lang], "", f"`{machine}`", ""]
        lines.append("| " + " | ".join(self.header[lang]) + " |")
        lines.append("|" + "---|" * len(self.header[lang]))
        lines.extend("| " + " | ".join(row) + " |" for row in self.rows)
        return "\n".join(lines) + "\n"
