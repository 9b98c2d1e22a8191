"""One more kind of job: acts on a plan that measure a whole campaign."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widen the choices of a job's kind."""

    dependencies = [("records", "0002_papers_and_alerts")]
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
                    ("plan", "plan"),
                ],
                max_length=12,
            ),
        ),
    ]
