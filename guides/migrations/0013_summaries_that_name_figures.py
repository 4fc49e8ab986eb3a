"""A summary may name figures, so it is stored longer than readers see it."""

import json
import zlib

import guides.models.fields
from django.db import migrations

LONGEST = 260


def fill_in(apps, editor):
    """Going back: put what the figures say into summaries that have no room for the names, as the draft has it."""
    from guides import freezing

    for section in apps.get_model("guides", "section").objects.filter(summary__contains="{figure:"):
        draft = apps.get_model("guides", "edition").objects.filter(guide_id=section.guide_id).order_by("number").last()
        if len(section.summary) > LONGEST and draft:
            guide = freezing.thaw(json.loads(zlib.decompress(draft.packed)))
            filled = {each.slug: each.summary for each in guide.sections.all()}
            section.summary = filled.get(section.slug, section.summary)[:LONGEST]
            section.save(update_fields=["summary"])


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0012_former_addresses'),
    ]

    operations = [
        migrations.AlterField(
            model_name='section',
            name='summary',
            field=guides.models.fields.LimitedTextField(blank=True, help_text="One or two sentences that answer the section's question; shown while it is closed.", max_length=260, verbose_name='summary'),
        ),
        migrations.RunPython(migrations.RunPython.noop, fill_in),
    ]
