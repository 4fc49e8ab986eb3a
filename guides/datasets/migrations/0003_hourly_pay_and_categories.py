from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('datasets', '0002_handbook_entries'),
    ]

    operations = [
        migrations.AlterField(
            model_name='importedobservation',
            name='measure',
            field=models.CharField(choices=[('pay', 'pay a year'), ('hourly', 'pay an hour'), ('employment', 'jobs'), ('change', 'change in jobs'), ('openings', 'openings a year'), ('exits', 'people who leave work, a year'), ('transfers', 'people who change occupation, a year'), ('education', 'education'), ('employers', 'employers'), ('time', 'time'), ('cost', 'cost'), ('other', 'something else')], max_length=12, verbose_name='what is measured'),
        ),
        migrations.AlterField(
            model_name='importedobservation',
            name='statistic',
            field=models.CharField(choices=[('median', 'median'), ('mean', 'average'), ('range', 'range'), ('middle', 'middle half'), ('total', 'total'), ('typical', 'typical')], max_length=8, verbose_name='statistic'),
        ),
        migrations.AlterField(
            model_name='importedobservation',
            name='unit',
            field=models.CharField(choices=[('currency', 'money'), ('cents', 'money, in cents'), ('percent', 'percent'), ('count', 'a number of things'), ('hours', 'hours'), ('months', 'months'), ('years', 'years'), ('category', 'a number for each of several categories'), ('text', 'words')], max_length=8, verbose_name='unit'),
        ),
    ]
