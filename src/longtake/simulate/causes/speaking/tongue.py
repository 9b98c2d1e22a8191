"""One campaign's way of speaking: a meaning becomes a sentence with its hidden truth."""

from __future__ import annotations

from collections.abc import Sequence

from longtake.simulate.causes.cast import Cast
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.words.vocabulary import Words, meanings, part
from longtake.simulate.grammar import LONGEST, Utterance

OPENING = 0.55
OPENED = frozenset(
    {
        *("praise", "brief_praise", "blame", "brief_blame", "mixed", "exceeded", "turned", "met", "again"),
        *("violated", "violated_tone", "violated_pace", "not_mine"),
    }
)
"""Meanings before which a speaker may say who they are."""
OPEN_RULES = {"pos": "og", "neg": "ob", "neutral": "om"}
PLAIN = frozenset(
    {
        *(
            "violated",
            "violated_tone",
            "violated_pace",
            "violated_pair",
            "exceeded",
            "turned",
            "met",
            "fed_up",
        ),
        *("not_mine", "rival", "showings", "holiday", "wants_part", "invite", "again", "recreate", "irony"),
    }
)
"""Meanings whose templates say the thing alone: how it is begun and what else is on the mind is added."""
BEGUN, ADDED = 0.4, 0.3
FELT = {"violated_tone": "sigh", "violated_pace": "sigh", "violated_pair": "sigh", "turned": "glad"}
SAID_SO = 0.5
"""How often who tells what was promised otherwise also says in plain words what they make of it."""
TRADITIONAL = 0.012
SIMPLE = (
    "这个们说时过来对还没让会给么么样发现里后东长马门问间见谁买卖钱车电话书学习爱乐欢"
    "动难点热实写亲剧场结终绝骗导戏声听闻级经线红纸转进远边连选运气龙飞风颜页题预"
)
TURNED = (
    "這個們說時過來對還沒讓會給麼麼樣發現裡後東長馬門問間見誰買賣錢車電話書學習愛樂歡"
    "動難點熱實寫親劇場結終絕騙導戲聲聽聞級經線紅紙轉進遠邊連選運氣龍飛風顏頁題預"
)
OLD_STYLE = str.maketrans(SIMPLE, TURNED)
POLES = {"pos": "neg", "neg": "pos", "neutral": "neg"}
EMOJI, TAGGED, SLIP = 0.32, 0.3, 0.09


class Tongue:
    """Speaks one campaign's part of a set of words.

    Args:
        luck: Source of chance; it also draws the part.
        spoken: The set of words.
        film: Whom and what they speak of.
    """

    def __init__(self, luck: Luck, spoken: Words, film: Cast) -> None:
        self.luck, self.spoken, self.film = luck, spoken, film
        self.rules = part(luck, spoken.rules)
        self.copies = [self._parts(parts, "pos", {})[0] for parts in luck.some(self.rules["copy"], 3)]

    def say(self, meaning: str, platform: str, opens: Sequence[str] = ()) -> Utterance:
        """Return one utterance.

        Args:
            meaning: A key of ``words/meanings.toml``.
            platform: Decides emoji and hashtags.
            opens: Openings of the speaker's circle, used before half of what they think of the film.

        Raises:
            KeyError: There is no such meaning.
        """
        facts = meanings()[meaning]
        polarity, voice = str(facts["polarity"]), str(facts.get("voice", "audience"))
        if meaning == "copy":
            return Utterance(self._varied(), meaning, polarity, (), False, None, None, voice)
        said: dict[str, str] = {}
        text, echo = self._parts(self.luck.pick(self.rules[meaning]), polarity, said)
        if meaning in PLAIN:
            text = self._more(text, polarity, said, felt=FELT.get(meaning))
        audience = voice == "audience"
        if audience and not meaning.startswith("danmaku"):
            if opens and meaning in OPENED and self.luck.chance(OPENING):
                text = self.luck.pick(opens) + text
            text = self._dressed(text, platform)
        return Utterance(
            text=text[:LONGEST],
            intent=meaning,
            polarity=polarity,
            aspects=tuple(dict.fromkeys(said.values())) if audience else (),
            self_story=bool(facts.get("self_story", False)),
            expectation=facts.get("expectation"),
            echo=echo if audience else None,
            voice=voice,
        )

    def fill(self, text: Sequence[str]) -> str:
        """Return a compiled text with its slots filled, kindly meant."""
        return self._parts(text, "pos", {})[0]

    def _parts(self, parts: Sequence[str], polarity: str, said: dict[str, str]) -> tuple[str, int | None]:
        if len(parts) == 1:
            return parts[0], None
        out, echo = list(parts), None
        for i in range(1, len(parts), 2):
            out[i], quoted = self._slot(parts[i], polarity, said)
            echo = echo if quoted is None else quoted
        return "".join(out), echo

    def _slot(self, name: str, polarity: str, said: dict[str, str]) -> tuple[str, int | None]:
        film, luck = self.film, self.luck
        if name in "abcd":
            return self._named(name), None
        if name in ("A", "B", "C", "B1"):
            return self._clause(name, POLES[polarity] if name == "B1" else polarity, said)
        if name == "line":
            at = luck.below(len(film.golden))
            return film.golden[at], at
        fixed = {"thing": film.things, "place": film.places, "rival": film.rivals}.get(name)
        if fixed:
            return luck.pick(fixed), None
        if name in ("title", "brand"):
            return film.title if name == "title" else film.brand, None
        rule = {
            "genre": f"genre.{film.genre}",
            "promised": f"genre.{film.promised}",
            "sold": f"genre.{film.sold}",
            "promised_feel": f"promised_feel.{film.promised}",
        }.get(name, name)
        return self._parts(luck.pick(self.rules[rule]), polarity, said)

    def _named(self, place: str) -> str:
        return self.film.people["abcd".index(place)]

    def _clause(self, place: str, polarity: str, said: dict[str, str]) -> tuple[str, int | None]:
        aspect = self.luck.pick(self.spoken.aspects)
        while aspect in said.values():
            aspect = self.luck.pick(self.spoken.aspects)
        said[place] = aspect
        pole = "pos" if polarity == "neutral" else polarity
        return self._parts(self.luck.pick(self.rules[f"{aspect}.{pole}"]), pole, said)

    def _more(self, text: str, polarity: str, said: dict[str, str], *, felt: str | None) -> str:
        """Return a text with a beginning, what is felt, and a clause on the film, as often as people do."""
        luck = self.luck
        if felt and luck.chance(SAID_SO):
            plain = self._parts(luck.pick(self.rules[felt]), polarity, said)[0]
            text = f"{text}，{plain}" if luck.chance(0.7) else f"{plain}，{text}"
        if luck.chance(BEGUN):
            text = self._parts(luck.pick(self.rules[OPEN_RULES[polarity]]), polarity, said)[0] + text
        if luck.chance(ADDED):
            text += luck.pick(("，", "。", "，", " ")) + self._clause("more", polarity, said)[0]
        return text

    def _varied(self) -> str:
        """Return a near-copy: hired hands change a mark, or add one."""
        text, luck = self.luck.pick(self.copies), self.luck
        if luck.chance(0.3):
            text = text.replace("，", luck.pick((" ", "。", "！")), 1)
        if luck.chance(0.25):
            text += luck.pick(("👍", "🔥", "！", "推荐", f"#{self.film.title}#"))
        return text

    def _dressed(self, text: str, platform: str) -> str:
        """Return the text with the slips, emoji and hashtags of phones and platforms."""
        luck = self.luck
        if luck.chance(SLIP):
            kind = luck.below(3)
            if kind == 0:
                text = text.replace(*luck.pick(self.spoken.slips), 1)
            elif kind == 1:
                text = text.replace("，", " ").rstrip("。")
            else:
                text += self.fill(luck.pick(self.rules["shouts"]))
        emoji = self.rules.get(f"emoji.{platform}")
        if emoji and luck.chance(EMOJI):
            text += self.fill(luck.pick(emoji)) * (1 + luck.below(3) // 2)
        if platform in ("weibo", "xiaohongshu") and luck.chance(TAGGED):
            tag = f"#{self.film.title}#" if platform == "weibo" else f"#{self.film.title}"
            text = f"{tag} {text}" if platform == "weibo" and luck.chance(0.5) else f"{text} {tag}"
        return text.translate(OLD_STYLE) if luck.chance(TRADITIONAL) else text
