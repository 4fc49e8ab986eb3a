"""Sections that began as a copy, until somebody has looked at them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0025_preview_links")]

    operations = [
        migrations.AddField(
            model_name="upkeep",
            name="copied_from",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The title of the guide that it began as a copy of.",
                max_length=200,
                verbose_name="copied from",
            ),
            preserve_default=False,
        ),
    ]
