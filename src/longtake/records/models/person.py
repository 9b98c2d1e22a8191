"""Who may sign in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Person(AbstractUser):
    """An account; a superuser owns the workspace and sees every campaign.

    Attributes:
        shown_name: What others see; the sign-in name when empty.
        language: zh or en; empty to follow the browser.
    """

    first_name = None
    last_name = None
    shown_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=8, blank=True)

    def __str__(self) -> str:
        """Return what others see."""
        return self.shown_name or self.username


class Attempt(models.Model):
    """A sign-in that failed, to slow down guessing.

    Attributes:
        name: The sign-in name that was tried, folded.
        address: Where it came from.
        at: When.
    """

    name = models.CharField(max_length=150, db_index=True)
    address = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        """Return who was tried from where."""
        return f"{self.name} {self.address}"
