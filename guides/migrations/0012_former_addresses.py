import json
import zlib

import django.db.models.deletion
from django.db import migrations, models


def remember_addresses(apps, schema_editor):
    """Keep the addresses of every section that readers could follow until now."""
    published = apps.get_model("guides", "PublishedSection")
    known = {}
    for edition in apps.get_model("guides", "Edition").objects.exclude(published_at=None).order_by("published_at"):
        for plain in json.loads(zlib.decompress(edition.packed))["objects"]:
            if plain["model"] == "guides.section":
                parent = plain["fields"].get("parent")
                known[edition.guide_id, plain["fields"]["slug"]] = parent[1] if parent else ""
    published.objects.bulk_create(
        published(guide_id=guide, slug=slug, parent=parent) for (guide, slug), parent in known.items()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0011_hourly_pay_and_categories'),
    ]

    operations = [
        migrations.AddField(
            model_name='guide',
            name='replaced_by',
            field=models.SlugField(blank=True, help_text='Once this guide is withdrawn: the guide that readers are led to instead. It counts without publishing.', max_length=80, verbose_name='replaced by'),
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The last part of the web address that a section had once, such as market-2025.', max_length=60, verbose_name='former address')),
                ('leads_to', models.SlugField(blank=True, help_text="The address of the section that took its place. Empty leads to the guide's first page.", max_length=60, verbose_name='leads to')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='guides.guide')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('guide', 'slug'), name='former_address_once', violation_error_message='This guide leads readers on from that address already.')],
            },
        ),
        migrations.CreateModel(
            name='PublishedSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, verbose_name='address')),
                ('parent', models.SlugField(blank=True, max_length=60, verbose_name='part of')),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='published_sections', to='guides.guide')),
            ],
            options={
                'verbose_name': 'published section',
                'verbose_name_plural': 'published sections',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('guide', 'slug'), name='published_section_once')],
            },
        ),
        migrations.RunPython(remember_addresses, migrations.RunPython.noop),
    ]
