from django.db import migrations, models


class Migration(migrations.Migration):
    """The middle band of outlooks ends below 3 percent, and its name says so; no row changes."""

    dependencies = [("guides", "0022_batches_and_upkeep")]

    operations = [
        migrations.AlterField(
            "listing",
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
    ]
