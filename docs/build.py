"""Write the pages that are made from the code: the command line, the readers and the model card.

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
from longtake.language.judgement.weights import PACKAGED, read_card
from longtake.services.upkeep.readers import known

DOCS = Path(__file__).parent
TITLES = {
    "cli": {"en": "# Command line", "zh": "# 命令行"},
    "readers": {"en": "# Readers", "zh": "# 能读的格式"},
    "model-card": {"en": "# Polarity model card", "zh": "# 极性模型卡"},
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
INTRO["model-card"] = {
    "en": "Made from the weights' own card by `make docs`. Trained by `longtake train`; `longtake train "
    "FILE` adapts them to a team's own labelled rows, and `LONGTAKE_WEIGHTS` names the folder in use.",
    "zh": "由 `make docs` 从权重自带的卡片生成。用 `longtake train` 训练；"
    "`longtake train 文件` 用自己标注的数据来适配，`LONGTAKE_WEIGHTS` 指向哪个文件夹就用哪里的权重。",
}
CARD = {
    "en": {"model": "model", "version": "version", "split": "split", "licence_of_data": "data"},
    "zh": {"model": "模型", "version": "版本", "split": "划分", "licence_of_data": "数据"},
}
SAID = {
    "model": {
        "en": "hashed character n-grams, four lanes, logistic",
        "zh": "散列字符 n 元，四条通道，逻辑回归",
    },
    "split": {
        "en": "films by a hash of their name, other texts by a hash of the text; about a fifth for testing; "
        "test texts that training holds too were left out",
        "zh": "影片按片名散列划分，其余按文本散列；约五分之一用于测试；训练里也有的测试文本已剔除",
    },
    "licence_of_data": {
        "en": "research data, not redistributed: the package holds hashed weights alone",
        "zh": "研究用数据，不再分发：软件里只有散列后的权重",
    },
}
CARD_HEADS = {
    "en": "| set | training rows | tuning rows | test rows | positive | AUC | accuracy | macro F1 | ECE "
    "| accuracy, b | macro F1, b | ECE, b |\n|---|---|---|---|---|---|---|---|---|---|---|---|",
    "zh": "| 数据 | 训练行 | 调参行 | 测试行 | 正面占比 | AUC | 准确率 | 宏 F1 | 校准误差 "
    "| 准确率 b | 宏 F1 b | 校准误差 b |\n|---|---|---|---|---|---|---|---|---|---|---|---|",
}
CARD_NOTES = {
    "en": "Test rows are of films (or texts) that training never saw, and take a side: at most two stars or "
    "at least four. The judgement is learned as if good and bad were as common, so that a text that says "
    "nothing is called neither; on a set in which nine ratings of ten are good its probabilities are low. "
    "The columns marked b first estimate, without any label, how many texts of the set are good (Saerens, "
    "Latinne, Decaestecker 2002, doi:10.1162/089976602753284446) and move the probabilities to that share. "
    "Three-star rows make the neutral class. Irony, in-jokes and new slang are often misread; do not use the "
    "score of one text.",
    "zh": "测试行来自训练没见过的影片（或文本），且表了态：不高于两星或不低于四星。"
    "学习时把好评差评当成一样多，免得什么都没说的话被算成好评；因此在十条九条好评的数据上，概率会偏低。"
    "标 b 的几列先不看标签、估出这批文本里好评的占比"
    "（Saerens、Latinne、Decaestecker 2002，doi:10.1162/089976602753284446），再把概率换算到这个占比上。"
    "三星构成中性类。反讽、圈内梗和新词常被读错；不要使用单条的分数。",
}
HEADS = {"en": "| reader | what it reads |\n|---|---|", "zh": "| 读取器 | 读什么 |\n|---|---|"}


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every generated page with its text."""
    for lang in ("en", "zh"):
        bodies = {
            "cli": _commands(),
            "readers": f"{HEADS[lang]}\n{_readers()}",
            "model-card": _model_card(lang),
        }
        for name, body in bodies.items():
            text = f"{TITLES[name][lang]}\n\n{INTRO[name][lang]}\n\n{body}\n"
            yield DOCS / lang / f"{name}.md", text


def _model_card(lang: str) -> str:
    """Return the model card of the packaged weights; every number is the card's own."""
    card = read_card(PACKAGED)
    told = {"version": card["version"], **{key: words[lang] for key, words in SAID.items()}}
    lines = [f"- {heading}: {told[key]}" for key, heading in CARD[lang].items()]
    lines += ["", CARD_HEADS[lang]]
    for source in card["sources"]:
        test = source["test"]
        rows = f"| `{source['name']}` | {source['rows_train']:,} | {source['rows_tune']:,} "
        if test is None:
            lines.append(f"{rows}| 0 |{' – |' * 8}")
            continue
        even = ("positive", "auc", "accuracy", "macro_f1", "ece")
        level = source["test_at_base_rate"]
        figures = [*(test[key] for key in even), *(level[key] for key in even[2:])]
        shares = " | ".join(f"{figure:.3f}" for figure in figures)
        lines.append(f"{rows}| {test['n']:,} | {shares} |")
    return "\n".join([*lines, "", CARD_NOTES[lang]])


def _commands() -> str:
    return "\n\n".join(_described(typer.main.get_command(app), "longtake"))


def _described(group: click.Group, path: str) -> Iterator[str]:
    """Yield each command of a group, and of the groups in it, with its options."""
    for name, command in sorted(group.commands.items()):
        whole = f"{path} {name}"
        if isinstance(command, click.Group):
            yield from _described(command, whole)
            continue
        context = click.Context(command, info_name=whole)
        usage = command.get_usage(context).replace("Usage: ", "")
        rows = []
        for parameter in command.params:
            record = parameter.get_help_record(context)
            if record is None:
                record = (parameter.human_readable_name, getattr(parameter, "help", "") or "")
            rows.append(f"| `{record[0]}` | {record[1]} |".replace("|[", "| ["))
        table = "\n".join(["| | |", "|---|---|", *rows])
        said = command.get_short_help_str(400)
        yield f"## {whole.removeprefix('longtake ')}\n\n{said}\n\n```\n{usage}\n```\n\n{table}"


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
