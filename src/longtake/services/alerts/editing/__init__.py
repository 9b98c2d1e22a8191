"""Change ``alerts.toml`` from a form: the file of the command line, never its secrets."""

from longtake.services.alerts.editing.channels import drop_channel, put_channel
from longtake.services.alerts.editing.rules import drop_rule, pause_rule, put_rule, rules_of

__all__ = ["drop_channel", "drop_rule", "pause_rule", "put_channel", "put_rule", "rules_of"]
