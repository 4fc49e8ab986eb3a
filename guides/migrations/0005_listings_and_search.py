import django.db.models.deletion
import guides.models.fields
from django.db import migrations, models

from guides.search.engines import ENGINES


def set_up_search(apps, schema_editor):
    ENGINES[schema_editor.connection.vendor].set_up(schema_editor.execute)


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0004_publishing'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShareImage',
            fields=[
                ('guide', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='share_image', serialize=False, to='guides.guide')),
                ('png', models.BinaryField()),
            ],
            options={
                'verbose_name': 'share image',
                'verbose_name_plural': 'share images',
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='short name')),
                ('words', guides.models.fields.LimitedTextField(help_text='Two or more words or phrases that mean the same, one a line. Small and capital letters are one.', max_length=500, verbose_name='words')),
            ],
            options={
                'verbose_name': 'synonym',
                'verbose_name_plural': 'synonyms',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='Texts refer to it by this name, [like this](glossary:short-name): choose it once.', max_length=60, unique=True, verbose_name='short name')),
                ('name', models.CharField(help_text='As it stands in a text: MARC21, interlibrary loan.', max_length=80, verbose_name='name')),
                ('long_name', models.CharField(blank=True, help_text='What the letters stand for, if it is an abbreviation.', max_length=120, verbose_name='in full')),
                ('definition', guides.models.fields.LimitedTextField(help_text='One to three plain sentences that need no other term.', max_length=500, verbose_name='definition')),
            ],
            options={
                'verbose_name': 'glossary term',
                'verbose_name_plural': 'glossary',
                'ordering': ['name', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40, unique=True)),
                ('stem', models.CharField(db_index=True, max_length=40)),
                ('guides', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'word',
                'verbose_name_plural': 'words',
            },
        ),
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('guide', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='listing', serialize=False, to='guides.guide')),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', models.CharField(max_length=80)),
                ('other_titles', models.TextField(blank=True)),
                ('short_title', models.CharField(blank=True, max_length=6)),
                ('summary', models.CharField(max_length=320)),
                ('field_of_work', models.CharField(max_length=80)),
                ('occupation_code', models.CharField(max_length=7)),
                ('language', models.CharField(max_length=10)),
                ('reviewed_on', models.DateField()),
                ('first_published_at', models.DateTimeField()),
                ('published_at', models.DateTimeField()),
                ('median_pay', models.BigIntegerField(null=True)),
                ('pay_label', models.CharField(blank=True, max_length=100)),
                ('pay_period', models.CharField(blank=True, max_length=40)),
                ('pay_source', models.CharField(blank=True, max_length=60)),
                ('change_percent', models.BigIntegerField(null=True)),
                ('change_label', models.CharField(blank=True, max_length=100)),
                ('change_period', models.CharField(blank=True, max_length=40)),
                ('change_source', models.CharField(blank=True, max_length=60)),
                ('education_words', models.CharField(blank=True, max_length=300)),
                ('months_from', models.PositiveSmallIntegerField(null=True)),
                ('months_to', models.PositiveSmallIntegerField(null=True)),
                ('education', models.CharField(blank=True, choices=[('none', 'No diploma'), ('school', 'High school diploma'), ('certificate', 'Certificate or some college'), ('associate', 'Associate’s degree'), ('bachelor', 'Bachelor’s degree'), ('master', 'Master’s degree or more')], max_length=12)),
                ('pay_band', models.CharField(blank=True, choices=[('under-30', 'Under $30,000'), ('30-40', '$30,000 to $39,999'), ('40-50', '$40,000 to $49,999'), ('50-75', '$50,000 to $74,999'), ('over-75', '$75,000 or more')], max_length=12)),
                ('outlook', models.CharField(blank=True, choices=[('fewer', 'Fewer jobs ahead'), ('same', 'About as many (0 to 2%)'), ('more', 'More jobs ahead (3% or more)')], max_length=12)),
                ('time_band', models.CharField(blank=True, choices=[('3-months', 'Within 3 months'), ('12-months', '4 to 12 months'), ('24-months', '1 to 2 years'), ('longer', 'Longer than 2 years')], max_length=12)),
            ],
            options={
                'verbose_name': 'listing',
                'verbose_name_plural': 'listings',
                'ordering': ['title', 'slug'],
                'indexes': [models.Index(fields=['title', 'slug'], name='listing_title'), models.Index(fields=['field_of_work', 'title'], name='listing_field')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('guide', 'guide'), ('name', 'also called'), ('section', 'section'), ('skill', 'skill'), ('question', 'question')], max_length=8)),
                ('position', models.PositiveIntegerField()),
                ('section', models.SlugField(blank=True, db_index=False, max_length=60)),
                ('anchor', models.CharField(blank=True, max_length=80)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField()),
                ('title_stems', models.TextField()),
                ('context_stems', models.TextField()),
                ('text_stems', models.TextField()),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='guides.guide')),
            ],
            options={
                'verbose_name': 'passage',
                'verbose_name_plural': 'passages',
                'ordering': ['guide', 'position'],
            },
        ),
        migrations.RunPython(set_up_search, migrations.RunPython.noop),
    ]
