"""What people say every day: a line made of nothing else is no line of the film."""

from __future__ import annotations

import re
from functools import cache

from longtake.language.copying.plain import plain

REMAINING = 8
"""Letters that must be left when everyday phrases are taken out of a line in Latin script."""

_TEXT = """
我知道了 我知道 我不知道 不知道 知道了 我明白了 我明白 明白了 我懂了 没关系 没事的 没事儿 没事吧 没事了 没问题
对不起 不好意思 谢谢你们 谢谢你 谢谢您 谢谢大家 谢谢 多谢 不客气 不用谢 没什么 怎么回事 怎么了 怎么办 怎么样
为什么 干什么 做什么 你干嘛 你干什么 这是什么 那是什么 什么意思 什么时候 什么情况 你在哪里 你在哪儿 你在干什么
你好吗 你们好 大家好 早上好 晚上好 下午好 晚安 再见 拜拜 好久不见 明天见 回头见 一会儿见 生日快乐 新年快乐
祝你生日快乐 恭喜恭喜 恭喜发财 一路平安 一路顺风 万事如意 身体健康 早点休息 早点睡 好好休息 多喝热水 注意安全
小心点 路上小心 加油 辛苦了 我爱你 我爱你们 我喜欢你 我想你了 我想你 我也是 我也爱你 你放心 放心吧 别担心 别怕
别哭了 不要哭 不要怕 不要紧 别这样 不要这样 等一下 等等我 等会儿 快点儿 快一点 走吧 我们走 我们走吧 回家吧
我回来了 你回来了 我走了 我先走了 你先走吧 开门 吃饭了 吃饭吧 吃了吗 吃了没 坐吧 请坐 请进 进来吧 快进来
是的 是啊 对啊 好的 好吧 好啊 可以啊 可以吗 当然了 当然可以 真的吗 真的假的 是真的吗 是吗 对吧 对不对 是不是
行不行 好不好 不可能 怎么可能 不行 不是的 不是吧 不会吧 没有啊 没有了 算了吧 算了 随便吧 随便你 无所谓
有什么事 有事吗 有什么事吗 出什么事了 发生什么事了 你说什么 你说得对 说得对 听我说 你听我说 我跟你说 我告诉你
告诉我 老实说 说实话 我觉得 我认为 我相信你 相信我 帮帮我 救命啊 救命 来人啊 快来人 你是谁 他是谁 你叫什么名字
我的天 我的天哪 天哪 老天爷 太好了 太棒了 太可怕了 真好看 真好吃 不错啊 厉害了 开玩笑 开什么玩笑 闭嘴 滚出去
你疯了 你疯了吗 神经病 王八蛋 混蛋 有病吧 活该 没办法 没时间了 来不及了 时间到了 后来呢 然后呢 接下来 就这样
就这样吧 原来如此 原来是这样 果然如此 无论如何 不管怎么样 不管怎样 总而言之 从今以后 从今天开始 越来越好
好好的 一定会的 一定要 我会的 我可以 我愿意 你愿意吗 我不要 我不想 我不会 我不能 不能这样 你怎么来了 你来了
你怎么了 你们怎么来了 你怎么在这里 好好学习 天天向上 老师好 同学们好 阿弥陀佛 我的妈呀 一二三四 哈哈哈
呵呵 嘿嘿 爸爸妈妈 爷爷奶奶 爸爸 妈妈 哥哥 姐姐 弟弟 妹妹 老师 医生 先生 小姐 警察 老板 兄弟 宝贝
thankyou thankyouverymuch iloveyou iamsorry imsorry idontknow iknow whatsup whatswrong areyouok areyouokay
comeon letsgo ohmygod oh no yes please goodmorning goodnight goodbye seeyou hello howareyou waitaminute
shutup getout helpme excuseme nothing nevermind noproblem youreright ofcourse goodluck happybirthday
"""

PHRASES = frozenset(_TEXT.split())
"""Invented from common usage, without punctuation, simplified, lower case."""

SPOKEN = frozenset(
    "我你他她它们您咱的了吗呢吧啊呀哦嗯哎喂嘛啦就都也还很真好是在有这那个不没别快来去到和跟把被给让叫说想要会能可以应该"
    "什么怎样为谁哪里儿几多少大小上下前后中外里出进回过起开关走跑坐站等看见听知道认识记得忘觉感喜欢爱恨怕信相心"
    "意思事情话时候间点天今明昨早晚现先再又已经正从向对错行成点人家女男孩子朋友老师兄弟妈爸工作做干用拿放打吃喝"
    "睡玩笑哭死活生气高兴难受容易简单但因所如果而且只最太更非常些种样次件一二两三十年月日底然其实当定管早就算了"
    "请问谢帮找买送接带穿住门车钱东西地方名字身体手头眼睛办法关系问题发试着跟分钟马立刻刚才直便边完全部每各自己"
)
"""Characters of everyday talk; a line says something of its own with those that are not among them."""

OWN = 2
"""Code points outside `SPOKEN` that a line must have after its everyday phrases are taken out."""

LONG = 12
"""Code points with which a line is one of its own, whatever its characters."""

_LATIN = 0x250


@cache
def _pattern() -> re.Pattern[str]:
    phrases = sorted(PHRASES, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, phrases)))


def everyday(line: str) -> bool:
    """Return whether a plain line is made of everyday phrases and the characters of everyday talk.

    Strict on purpose: a line that has fewer than two characters of its own is given up, golden or not,
    because nothing in a comment tells whether it is quoted or merely said.

    Args:
        line: Letters only, as `plain` returns them.

    Examples:
        >>> everyday("我知道了"), everyday("好的好的你先走吧"), everyday("把月亮挂回旧阁楼")
        (True, True, False)
    """
    rest = _pattern().sub("", line)
    if ord(max(line, default="a")) < _LATIN:
        return len(rest) < REMAINING
    return len(rest) < LONG and sum(character not in SPOKEN for character in rest) < OWN


def within(line: str, names: tuple[str, ...]) -> bool:
    """Return whether a plain line is nothing but one of the names, or a part of it.

    Examples:
        >>> within("长街雨", ("电影长街雨",)), within("长街雨停", ("长街雨",))
        (True, False)
    """
    return any(line in name for name in plain(names).strings())
