"""Alerts: a rule over figures, one decision a message, once a change of state."""

from longtake.services.alerts.answer import answer
from longtake.services.alerts.book import Alert, Book
from longtake.services.alerts.check import Checked, check, hold
from longtake.services.alerts.deliver import Delivery, deliver, trial
from longtake.services.alerts.settings import FILE, read, sample

__all__ = [
    "FILE",
    "Alert",
    "Book",
    "Checked",
    "Delivery",
    "answer",
    "check",
    "deliver",
    "hold",
    "read",
    "sample",
    "trial",
]
