"""Several models foretell together, each as far as the time before the start speaks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import stdtr, stdtrit

from longtake.trial.its.shapes import Course

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One course with errors of a known shape, ready for any series of its length.

    Attributes:
        path: Matrix that takes a series before the start to the expected steps after it, shape (h, n).
        spread: Covariance of those steps around what is expected, in units of the error variance,
            coefficients unknown, shape (h, h).
        coefficients: Matrix that takes a series to the course's coefficients, shape (p, n).
        uncertainty: Covariance of the coefficients in units of the error variance, shape (p, p).
    """

    path: Floats
    spread: Floats
    coefficients: Floats
    uncertainty: Floats


def model(columns: Floats, errors: Floats, before: int) -> Model:
    """Return a model from its columns and the covariance of its errors up to a factor.

    Args:
        columns: The course over all steps, shape (t, p), of full rank before the start.
        errors: Covariance of the errors over all steps up to a factor, shape (t, t).
        before: Steps before the start, more than p + 1.

    Examples:
        >>> mean = model(np.ones((5, 1)), np.eye(5), 4)
        >>> mean.path.round(6).tolist(), mean.spread.round(6).tolist()
        ([[0.25, 0.25, 0.25, 0.25]], [[1.25]])
    """
    inverse = np.linalg.inv(np.linalg.cholesky(errors[:before, :before]))
    q, r = np.linalg.qr(inverse @ columns[:before])
    back = np.linalg.inv(r)
    coefficients = back @ (q.T @ inverse)
    carry = (errors[before:, :before] @ inverse.T) @ inverse
    ahead = columns[before:] - carry @ columns[:before]
    uncertainty = back @ back.T
    return Model(
        path=carry + ahead @ coefficients,
        spread=errors[before:, before:] - carry @ errors[:before, before:] + ahead @ uncertainty @ ahead.T,
        coefficients=coefficients,
        uncertainty=uncertainty,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What models foretell for the mean of the steps after the start.

    Attributes:
        weights: Weight of each model after the data are seen, shape (b, g).
        means: Expected mean of each model, shape (b, g).
        scales: Scale of each model's t distribution, shape (b, g).
        freedom: Degrees of freedom of each model, shape (g,).
        variances: Error variance of each model, shape (b, g).
    """

    weights: Floats
    means: Floats
    scales: Floats
    freedom: Floats
    variances: Floats

    @property
    def mean(self) -> Floats:
        """Expected mean over models, shape (b,)."""
        return np.asarray((self.weights * self.means).sum(axis=1))

    @property
    def deviation(self) -> Floats:
        """Standard deviation of the mean, models' disagreement included, shape (b,)."""
        own = self.scales**2 * self.freedom / np.maximum(self.freedom - 2, 1.0)
        apart = (self.means - self.mean[:, None]) ** 2
        return np.asarray(np.sqrt((self.weights * (own + apart)).sum(axis=1)))

    def likely(self) -> Ahead:
        """Return the first series' forecast by the models that count, their weights raised to one."""
        kept = self.weights[0] >= NEGLIGIBLE * self.weights[0].max()
        weights = self.weights[:1, kept]
        return Ahead(
            weights / weights.sum(),
            self.means[:1, kept],
            self.scales[:1, kept],
            self.freedom[kept],
            self.variances[:1, kept],
        )

    def below(self, mean: float) -> float:
        """Return the probability that the first series' mean after the start stays below a value."""
        z = (mean - self.means[0]) / self.scales[0]
        return float((self.weights[0] * stdtr(self.freedom, z)).sum())

    def quantile(self, share: float) -> float:
        """Return the value that the first series' mean stays below with a probability in (0, 1)."""
        each = self.means[0] + self.scales[0] * stdtrit(self.freedom, share)
        low, high = float(each.min()), float(each.max())
        if self.below(low) >= share or self.below(high) <= share:
            return low
        return float(brentq(lambda mean: self.below(mean) - share, low, high, xtol=1e-13 + 1e-13 * abs(high)))


@dataclass(frozen=True, slots=True, eq=False)
class Bank:
    """Every pairing of a course with a shape of errors, model g = error * courses + course.

    Attributes:
        courses: The courses, c of them.
        errors: Covariances of the errors over all steps, shape (e, t, t).
        before: Steps before the start.
        whiten: For each shape of errors the matrix that makes them unrelated, shape (e, n, n).
        spans: For each shape of errors the orthonormal columns of all courses side by side, shape (e, n, s).
        firsts: First of those columns of each course, shape (c,).
        functional: What takes a series to the expected mean after the start, shape (g, n).
        factor: Variance of that mean in units of the error variance, shape (g,).
        weight: Logarithm of prior times what does not depend on the series, shape (g,).
        freedom: Degrees of freedom, shape (g,).
    """

    courses: tuple[Course, ...]
    errors: Floats
    before: int
    whiten: Floats
    spans: Floats
    firsts: NDArray[np.intp]
    functional: Floats
    factor: Floats
    weight: Floats
    freedom: Floats

    @classmethod
    def of(
        cls,
        made: Sequence[Course],
        errors: Sequence[Floats],
        before: int,
        *,
        priors: Sequence[float] | None = None,
    ) -> Bank:
        """Return the bank of courses and shapes of errors.

        Args:
            made: Courses over all steps.
            errors: Covariances of the errors over all steps up to a factor, shape (t, t) each.
            before: Steps before the start, more than the columns of any course plus one.
            priors: Weight of each shape of errors before the data are seen; all alike when None.

        Raises:
            ValueError: A course has too many columns for the time before the start.
        """
        most = max(course.columns.shape[1] for course in made)
        if before < most + 2:
            raise ValueError(f"{before} steps before the start for courses of {most} columns")
        whiten, spans, functional, factor, weight = [], [], [], [], []
        shares = [1.0 / len(errors)] * len(errors) if priors is None else list(priors)
        for error, share in zip(errors, shares, strict=True):
            lower = np.linalg.cholesky(error[:before, :before])
            inverse = np.linalg.inv(lower)
            carry = (error[before:, :before] @ inverse.T) @ inverse
            mean_carry = carry.mean(axis=0)
            alone = float((error[before:, before:] - carry @ error[:before, before:]).mean())
            side = []
            for course in made:
                columns = course.columns
                q, r = np.linalg.qr(inverse @ columns[:before])
                ahead = columns[before:].mean(axis=0) - mean_carry @ columns[:before]
                toward = np.linalg.solve(r.T, ahead)
                side.append(q)
                functional.append(mean_carry + toward @ (q.T @ inverse))
                factor.append(alone + float(toward @ toward))
                plain = columns[:before].T @ columns[:before] / before
                weight.append(
                    np.log(course.prior * share)
                    - np.log(np.diag(lower)).sum()
                    - np.log(np.abs(np.diag(r))).sum()
                    + np.linalg.slogdet(plain)[1] / 2
                )
            whiten.append(inverse)
            spans.append(np.concatenate(side, axis=1))
        sizes = np.array([course.columns.shape[1] for course in made])
        return cls(
            courses=tuple(made),
            errors=np.stack(list(errors)),
            before=before,
            whiten=np.stack(whiten),
            spans=np.stack(spans),
            firsts=np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp),
            functional=np.stack(functional),
            factor=np.array(factor),
            weight=np.array(weight, dtype=np.float64),
            freedom=np.tile(before - sizes, len(whiten)).astype(np.float64),
        )

    def ahead(self, series: Floats) -> Ahead:
        """Return what the models foretell from series before the start.

        Each model's weight is its marginal likelihood with the coefficients and the error variance
        integrated out under a prior worth one observation, times its prior.

        Args:
            series: Series before the start, shape (b, n).

        References:
            Kass and Wasserman, 1995, A reference Bayesian test for nested hypotheses and its relationship
            to the Schwarz criterion, doi:10.1080/01621459.1995.10476592.
            Hoeting, Madigan, Raftery and Volinsky, 1999, Bayesian model averaging,
            doi:10.1214/ss/1009212519.
        """
        n = self.before
        middle = series.mean(axis=1, keepdims=True)
        near = series - middle
        rest = []
        for white, span in zip(self.whiten, self.spans, strict=True):
            clean = near @ white.T
            held = np.add.reduceat((clean @ span) ** 2, self.firsts, axis=1)
            rest.append((clean**2).sum(axis=1)[:, None] - held)
        left = np.concatenate(rest, axis=1)
        left = np.maximum(left, (1e-12 * (near**2).sum(axis=1) + 1e-24 * (1 + middle[:, 0] ** 2))[:, None])
        score = self.weight - (n - 1) / 2 * np.log(left)
        score -= score.max(axis=1, keepdims=True)
        weights = np.exp(score)
        weights /= weights.sum(axis=1, keepdims=True)
        variances = left / self.freedom
        means = middle + near @ self.functional.T
        return Ahead(weights, means, np.sqrt(variances * self.factor), self.freedom, variances)

    def at(self, place: int) -> tuple[Course, Floats]:
        """Return the course and the errors of one model."""
        error, course = divmod(place, len(self.courses))
        return self.courses[course], self.errors[error]
