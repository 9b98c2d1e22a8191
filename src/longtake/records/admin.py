"""The stock administration, for the owner of a workspace."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from longtake.records import models


@admin.register(models.Person)
class PersonAdmin(UserAdmin):
    """Accounts."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (None, {"fields": ("shown_name", "email", "language")}),
        (None, {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    list_display = ("username", "shown_name", "is_active", "is_superuser")
    search_fields = ("username", "shown_name")


@admin.register(models.Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Roles."""

    list_display = ("person", "campaign", "role", "lane")
    list_filter = ("role",)


@admin.register(models.Job)
class JobAdmin(admin.ModelAdmin):
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
