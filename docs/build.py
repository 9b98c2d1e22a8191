"""Write the pages that are made from the code: the command line and the readers.

python -m docs.build            write
python -m docs.build --check    exit 1 when a page is stale
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import typer.main

from longtake.cli.main import app
from longtake.services.readers import known

DOCS = Path(__file__).parent
TITLES = {
    "cli": {"en": "# Command line", "zh": "# 命令行"},
    "readers": {"en": "# Readers", "zh": "# 能读的格式"},
}
INTRO = {
    "cli": {
        "en": "Made from the code by `make docs`. Every command answers `--help`.",
        "zh": "由 `make docs` 从代码生成。每条命令都可以加 `--help`。",
    },
    "readers": {
        "en": "Made from the code by `make docs`. Files are recognised by content, not by name. "
        "A file nobody recognises can be mapped once with `longtake map FILE`.",
        "zh": "由 `make docs` 从代码生成。靠内容识别，不看文件名。"
        "没人认识的表，用 `longtake map FILE` 说一次就记住。",
    },
}
HEADS = {"en": "| reader | what it reads |\n|---|---|", "zh": "| 读取器 | 读什么 |\n|---|---|"}


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every generated page with its text."""
    for lang in ("en", "zh"):
        for name, body in (("cli", _commands()), ("readers", f"{HEADS[lang]}\n{_readers()}")):
            text = f"{TITLES[name][lang]}\n\n{INTRO[name][lang]}\n\n{body}\n"
            yield DOCS / lang / f"{name}.md", text


def _commands() -> str:
    group = typer.main.get_command(app)
    parts = []
    for name, command in sorted(group.commands.items()):
        context = click.Context(command, info_name=f"longtake {name}")
        usage = command.get_usage(context).replace("Usage: ", "")
        rows = []
        for parameter in command.params:
            record = parameter.get_help_record(context)
            if record is None:
                record = (parameter.human_readable_name, getattr(parameter, "help", "") or "")
            rows.append(f"| `{record[0]}` | {record[1]} |".replace("|[", "| ["))
        table = "\n".join(["| | |", "|---|---|", *rows])
        parts.append(f"## {name}\n\n{command.get_short_help_str(400)}\n\n```\n{usage}\n```\n\n{table}")
    return "\n\n".join(parts)


def _readers() -> str:
    return "\n".join(f"| `{reader.name}` | {reader.about} |" for reader in known())


def main() -> int:
    """Write the pages, or say which are stale."""
    stale = []
    for path, text in pages():
        if not path.exists() or path.read_text("utf-8") != text:
            stale.append(path)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
    for path in stale:
        sys.stdout.write(f"{path}\n")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
