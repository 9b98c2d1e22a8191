"""The stock administration, for the owner of a workspace."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from longtake.records import models, trail


class Recorded:
    """What is done in the administration stands in the record of acts as well."""

    def log_addition(self, request: Any, obj: Any, message: Any) -> Any:
        """Write down that something was added."""
        _note(request, "add", obj)
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        """Write down that something was changed, a password included."""
        _note(request, "change", obj)
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def log_deletions(self, request: Any, queryset: Any) -> Any:
        """Write down that something was deleted."""
        for obj in queryset:
            _note(request, "delete", obj)
        return super().log_deletions(request, queryset)  # type: ignore[misc]


def _note(request: Any, what: str, obj: Any) -> None:
    trail.note(
        f"admin-{what}",
        person=request.user,
        campaign=getattr(obj, "campaign", ""),
        kind=obj._meta.model_name,
        name=getattr(obj, "username", "") or str(obj),
    )


@admin.register(models.Person)
class PersonAdmin(Recorded, UserAdmin):
    """Accounts."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (None, {"fields": ("shown_name", "email", "language")}),
        (None, {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    list_display = ("username", "shown_name", "is_active", "is_superuser")
    search_fields = ("username", "shown_name")


@admin.register(models.Membership)
class MembershipAdmin(Recorded, admin.ModelAdmin):
    """Roles."""

    list_display = ("person", "campaign", "role", "lane")
    list_filter = ("role",)


@admin.register(models.Job)
class JobAdmin(Recorded, admin.ModelAdmin):
    """Work, to look at."""

    list_display = ("id", "kind", "campaign", "state", "attempts", "made_at")
    list_filter = ("state", "kind")

    def has_add_permission(self, request: object) -> bool:  # noqa: ARG002 -- Django's signature
        """Jobs are asked for on their own screens."""
        return False


@admin.register(models.Act)
class ActAdmin(admin.ModelAdmin):
    """The record of acts, to look at."""

    list_display = ("at", "person", "campaign", "what")

    def has_add_permission(self, request: object) -> bool:  # noqa: ARG002 -- Django's signature
        """Nobody writes it by hand."""
        return False

    def has_change_permission(self, request: object, obj: object = None) -> bool:  # noqa: ARG002
        """Nobody changes it."""
        return False

    def has_delete_permission(self, request: object, obj: object = None) -> bool:  # noqa: ARG002
        """Nobody takes anything out of it."""
        return False
