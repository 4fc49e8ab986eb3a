"""When a picture's file was kept last, so that those which nothing shows can go."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guides", "0026_copied_sections")]

    operations = [
        migrations.AddField(
            model_name="picturefile",
            name="kept_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="When it was uploaded or brought along last."
            ),
        ),
    ]
