import django.db.models.deletion
from django.db import migrations, models

from guides.search.engines import ENGINES


def empty(apps, schema_editor):
    """What is searched is made anew from what is live, by `rebuild_search --missing` at the next start."""
    for name in ("Passage", "Word"):
        apps.get_model("guides", name).objects.all().delete()


def set_up(apps, schema_editor):
    """SQLite has altered its tables by making them anew: their triggers are gone."""
    ENGINES[schema_editor.connection.vendor].set_up(schema_editor.execute)


def set_up_all(apps, schema_editor):
    set_up(apps, schema_editor)
    ENGINES[schema_editor.connection.vendor].set_up_names(schema_editor.execute)


def drop_names(apps, schema_editor):
    """The index of names goes with its table on PostgreSQL; SQLite's stands beside it, and its triggers name it."""
    for name in ("Passage", "Word", "Name", "Entry"):
        apps.get_model("guides", name).objects.all().delete()
    # PostgreSQL alters no table while it has still to check what was deleted.
    schema_editor.connection.check_constraints()
    if schema_editor.connection.vendor == "sqlite":
        for what in ("TRIGGER guides_name_added", "TRIGGER guides_name_gone", "TABLE guides_name_fts"):
            schema_editor.execute("DROP " + what)


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0016_unsaved_texts'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, set_up),
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.CreateModel(
            name='IndexedSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=20, unique=True)),
                ('version', models.CharField(blank=True, max_length=200)),
            ],
            options={'default_permissions': ()},
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20)),
                ('key', models.CharField(max_length=120)),
                ('title', models.CharField(max_length=200)),
                ('address', models.CharField(max_length=300)),
                ('code', models.CharField(blank=True, db_index=True, max_length=10)),
                ('weight', models.FloatField(default=0)),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'entry of the search index',
                'verbose_name_plural': 'entries of the search index',
                'ordering': ['title', 'key'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=250)),
                ('stems', models.CharField(db_index=True, max_length=300)),
                ('is_title', models.BooleanField(default=False)),
                ('length', models.PositiveSmallIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='guides.entry')),
            ],
            options={
                'verbose_name': 'name in the search index',
                'verbose_name_plural': 'names in the search index',
                'ordering': ['entry', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.AlterModelOptions(
            name='passage',
            options={'ordering': ['entry', 'position'], 'verbose_name': 'passage', 'verbose_name_plural': 'passages'},
        ),
        migrations.RemoveField(model_name='passage', name='guide'),
        migrations.AddField(
            model_name='passage',
            name='entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='guides.entry'),
        ),
        migrations.AddField(model_name='passage', name='address', field=models.CharField(max_length=300)),
        migrations.AlterField(
            model_name='passage',
            name='kind',
            field=models.CharField(choices=[('guide', 'guide'), ('entry', 'page'), ('name', 'also called'), ('section', 'section'), ('skill', 'skill'), ('question', 'question'), ('tool', 'tool')], max_length=8),
        ),
        migrations.RemoveField(model_name='word', name='guides'),
        migrations.AddField(model_name='word', name='entries', field=models.IntegerField(default=0)),
        migrations.AddField(model_name='word', name='names', field=models.IntegerField(default=0)),
        migrations.RunPython(set_up_all, drop_names),
    ]
