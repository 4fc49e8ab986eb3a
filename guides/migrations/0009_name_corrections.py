from django.db import migrations


def name_corrections(apps, schema_editor):
    """Give each report that was closed as led to a correction the edition that was published before it was closed."""
    Report, Edition = apps.get_model("guides", "Report"), apps.get_model("guides", "Edition")
    for report in Report.objects.filter(outcome="corrected").exclude(closed_at=None):
        since = Edition.objects.filter(guide__slug=report.guide, published_at__gt=report.created_at)
        report.correction = since.filter(published_at__lte=report.closed_at).order_by("published_at").last()
        report.save(update_fields=["correction"])


class Migration(migrations.Migration):

    dependencies = [
        ("guides", "0008_report_corrections"),
    ]

    operations = [
        migrations.RunPython(name_corrections, migrations.RunPython.noop),
    ]
