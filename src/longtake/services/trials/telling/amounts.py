"""Numbers of a trial as people write them: shares in percent, their differences in points."""

from __future__ import annotations

import math

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.trials.look import Comparison
from longtake.domain.trials.trial import Trial
from longtake.locale import Catalogue
from longtake.locale.numbers import fixed

FINEST = 4


class Amounts:
    """Writes the numbers of one trial in one language.

    Attributes:
        words: The words.
        trial: The design; it says what a number of it is.
    """

    def __init__(self, words: Catalogue, trial: Trial) -> None:
        """Keep both."""
        self.words, self.trial = words, trial

    def shown(self, one: Comparison) -> Quantity:
        """Return what a comparison is told by: points for splits, a relative change for places."""
        return one.effect if self.trial.by_place else one.difference

    def in_points(self, one: Comparison) -> bool:
        """Whether a comparison is one of two shares."""
        kinds = {metric.key: metric.kind for metric in self.trial.metrics}
        return not self.trial.by_place and kinds.get(one.metric) == "proportion"

    def value(self, quantity: Quantity) -> str:
        """Return a quantity by itself: a share in percent, another number with its digits.

        Examples:
            >>> from longtake.domain.trials.arms import Arm, Metric
            >>> from longtake.locale import catalogue
            >>> one = Trial("t1", "lights", "Which?", "any_look", (Arm("A"), Arm("B")), (Metric("finish"),),
            ...             "viewer", "us", 4000, 0.03)
            >>> Amounts(catalogue("en"), one).value(Estimate.count(0.0345, unit="share", method="m", n=9))
            '3.45%'
        """
        if isinstance(quantity, Unknown):
            return "—"
        if quantity.unit == "share":
            return f"{_digits(quantity.value * 100, self._spread(quantity) * 100)}%"
        return _digits(quantity.value, self._spread(quantity))

    def change(self, quantity: Quantity, *, points: bool) -> str:
        """Return a change without its sign."""
        if isinstance(quantity, Unknown):
            return "—"
        return self._amount(abs(quantity.value), quantity, points=points)

    def signed(self, quantity: Quantity, *, points: bool) -> str:
        """Return a change with its sign."""
        if isinstance(quantity, Unknown):
            return "—"
        size = self._amount(abs(quantity.value), quantity, points=points)
        if not any(digit in size for digit in "123456789"):
            return size
        return ("+" if quantity.value > 0 else "−") + size

    def interval(self, quantity: Quantity, *, points: bool) -> str:
        """Return both ends of an interval with their signs."""
        if isinstance(quantity, Unknown):
            return "—"
        ends = [self._end(end, quantity, points=points, signs=True) for end in (quantity.low, quantity.high)]
        if points:
            return self.words.say(
                "trial.points", points=self.words.say("trial.ends", low=ends[0], high=ends[1])
            )
        return self.words.say("trial.ends", low=ends[0], high=ends[1])

    def range(self, quantity: Quantity) -> str:
        """Return both ends of what an arm shows by itself, without signs; empty for a plain count."""
        if isinstance(quantity, Unknown) or quantity.low == quantity.high:
            return ""
        ends = [self._end(end, quantity, points=False, signs=False) for end in (quantity.low, quantity.high)]
        return self.words.say("trial.ends", low=ends[0], high=ends[1])

    def level(self, quantity: Quantity) -> str:
        """Return the coverage of an interval."""
        return self.words.level(round(quantity.level, 4)) if isinstance(quantity, Estimate) else ""

    def minimum(self) -> str:
        """Return the smallest change worth it."""
        return self.size(self.trial.minimum, relative=self.trial.by_place)

    def size(self, value: float, *, relative: bool) -> str:
        """Return a size of change of the judged metric.

        Args:
            value: The size, above zero.
            relative: Whether it is a share of what would have been.
        """
        if relative:
            return f"{_digits(value * 100, value * 10)}%"
        if self.trial.primary.kind == "proportion":
            return self.words.say("trial.points", points=_digits(value * 100, value * 10))
        return _digits(value, value / 10)

    def chance(self, value: float) -> str:
        """Return a chance in percent."""
        if 0 < value < 0.001 or 0.999 < value < 1:
            return "< 0.1%" if value < 0.5 else "> 99.9%"
        return f"{fixed(value * 100, 0 if 0.01 <= value <= 0.99 else 1)}%"

    def p(self, value: float | None) -> str:
        """Return a p-value."""
        if value is None:
            return "—"
        return "< 0.0001" if value < 0.0001 else fixed(value, 4 if value < 0.01 else 2)

    def _amount(self, value: float, quantity: Estimate, *, points: bool) -> str:
        spread = self._spread(quantity)
        if points:
            return self.words.say("trial.points", points=_digits(value * 100, spread * 100))
        if quantity.unit == "share":
            return f"{_digits(value * 100, spread * 100)}%"
        return _digits(value, spread)

    def _end(self, end: float, quantity: Estimate, *, points: bool, signs: bool) -> str:
        if math.isinf(end):
            return "∞" if end > 0 else "−∞"
        percent = points or quantity.unit == "share"
        scale = 100 if percent else 1
        text = _digits(abs(end) * scale, self._spread(quantity) * scale)
        none = not any(digit in text for digit in "123456789")
        sign = "" if none else "−" if end < 0 else "+" if signs else ""
        return f"{sign}{text}{'%' if percent and not points else ''}"

    @staticmethod
    def _spread(quantity: Estimate) -> float:
        spread = quantity.high - quantity.low
        return spread if math.isfinite(spread) and spread > 0 else abs(quantity.value) / 10


def _digits(value: float, spread: float) -> str:
    """Return a number with the decimals that its spread makes worth reading.

    Examples:
        >>> _digits(1.23456, 0.4), _digits(1234.5, 300), _digits(0.0, 0.0)
        ('1.23', '1,234', '0')
    """
    if spread <= 0:
        return fixed(value, 0 if value == round(value) else 2)
    return fixed(value, min(FINEST, max(0, 1 - math.floor(math.log10(spread)))))
