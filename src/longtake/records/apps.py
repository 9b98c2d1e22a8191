"""The application as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Names the application and the type of its keys."""

    name = "longtake.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
