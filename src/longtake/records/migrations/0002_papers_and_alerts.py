"""Two more kinds of jobs: documents, and rules held against figures."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widen the choices of a job's kind."""

    dependencies = [("records", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "import"),
                    ("measure", "measure"),
                    ("rows", "rows"),
                    ("papers", "papers"),
                    ("alerts", "alerts"),
                    ("sample", "sample"),
                    ("undo", "undo"),
                ],
                max_length=12,
            ),
        ),
    ]
