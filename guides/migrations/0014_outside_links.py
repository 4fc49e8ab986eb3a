from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0013_summaries_that_name_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500, unique=True, verbose_name='address')),
                ('state', models.CharField(choices=[('unseen', 'not visited yet'), ('works', 'works'), ('moved', 'moved for good: write its new address'), ('shut', 'answers, but lets no program in: look for yourself'), ('gone', 'gone: the site says that there is no such page'), ('unreachable', 'no answer: the site is not there, or too slow'), ('certificate', 'browsers will warn: its certificate is not in order'), ('fault', 'the site answers with a fault of its own')], default='unseen', max_length=12, verbose_name='what was seen')),
                ('detail', models.CharField(blank=True, max_length=300, verbose_name='in detail')),
                ('moved_to', models.CharField(blank=True, max_length=500, verbose_name='new address')),
                ('visited_at', models.DateTimeField(blank=True, null=True, verbose_name='last visited')),
                ('worked_at', models.DateTimeField(blank=True, null=True, verbose_name='last seen working')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failed, times in a row')),
            ],
            options={
                'verbose_name': 'outside link',
                'verbose_name_plural': 'outside links',
                'ordering': ['-failures', 'url'],
                'default_permissions': ('view',),
            },
        ),
    ]
