"""What can go wrong between this machine and a plugged model, without ever quoting the key or the server."""

from __future__ import annotations

from longtake.errors import LongtakeError


class ModelSettingError(LongtakeError):
    """A model is not configured, or a variable holds a value that cannot be used.

    Attributes:
        variable: The environment variable.
        reason: What is wrong with its value; the value itself is not quoted, it may hold a secret.
    """

    code = "model_setting"

    def __init__(self, variable: str, reason: str, *, fix: str) -> None:
        super().__init__(f"{variable} {reason}.", fix=fix)
        self.variable, self.reason = variable, reason


class ModelAddressError(LongtakeError):
    """A model's address is not one that comments may be sent to; nothing was sent.

    Attributes:
        where: Host or address that was refused; empty where the URL could not be read.
        reason: Why.
    """

    code = "model_address"

    def __init__(self, where: str, reason: str, *, fix: str) -> None:
        named = f"The model's address {where}" if where else "The model's address"
        super().__init__(f"{named} {reason}; nothing was sent.", fix=fix)
        self.where, self.reason = where, reason


class ModelUnreachableError(LongtakeError):
    """A model's server gave no answer: refused, dropped, too slow, or a status that says so.

    Attributes:
        reason: What happened.
        status: HTTP status; None when there was none.
        attempts: How often it was asked.
    """

    code = "model_unreachable"

    def __init__(self, reason: str, *, status: int | None = None, attempts: int = 1) -> None:
        times = f" after {attempts} attempts" if attempts > 1 else ""
        super().__init__(
            f"The model's server {reason}{times}.", fix="See that it runs, then `longtake models check`."
        )
        self.reason, self.status, self.attempts = reason, status, attempts


class ModelAnswerError(LongtakeError):
    """A model's server answered in a form that is not accepted; the answer was thrown away.

    Attributes:
        reason: What was wrong with it.
    """

    code = "model_answer"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The model's answer was thrown away: {reason}.", fix="Run `longtake models check`.")
        self.reason = reason
