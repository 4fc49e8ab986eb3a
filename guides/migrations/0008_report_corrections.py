from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("guides", "0007_kind_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="edition",
            field=models.ForeignKey(blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to="guides.edition", verbose_name="edition the reader saw"),
        ),
        migrations.AddField(
            model_name="report",
            name="correction",
            field=models.ForeignKey(blank=True, help_text="The edition that brought the correction to readers. Only those published since are offered.", null=True, on_delete=models.SET_NULL, related_name="+", to="guides.edition", verbose_name="corrected by"),
        ),
    ]
