from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_again(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Have the clock write listings and nearness again: neither holds yet what this release puts into them."""
    apps.get_model("occupations", "ListedData").objects.update(editions="")
    apps.get_model("occupations", "NearnessWeights").objects.update(editions="")


class Migration(migrations.Migration):
    dependencies = [("occupations", "0004_nearness")]

    operations = [
        migrations.AddField("occupationlisting", "median_hourly", models.PositiveIntegerField(null=True)),
        migrations.AlterField(
            "occupationlisting",
            "outlook",
            models.CharField(
                blank=True,
                choices=[
                    ("fewer", "Fewer jobs ahead"),
                    ("same", "About as many (0 to under 3%)"),
                    ("more", "More jobs ahead (3% or more)"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(write_again, migrations.RunPython.noop),
    ]
