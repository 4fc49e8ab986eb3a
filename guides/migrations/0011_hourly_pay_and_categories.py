from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0010_shipped_content'),
    ]

    operations = [
        migrations.AlterField(
            model_name='figure',
            name='measure',
            field=models.CharField(choices=[('pay', 'pay a year'), ('hourly', 'pay an hour'), ('employment', 'jobs'), ('change', 'change in jobs'), ('openings', 'openings a year'), ('exits', 'people who leave work, a year'), ('transfers', 'people who change occupation, a year'), ('education', 'education'), ('employers', 'employers'), ('time', 'time'), ('cost', 'cost'), ('other', 'something else')], max_length=12, verbose_name='what is measured'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='statistic',
            field=models.CharField(choices=[('median', 'median'), ('mean', 'average'), ('range', 'range'), ('middle', 'middle half'), ('total', 'total'), ('typical', 'typical')], max_length=8, verbose_name='statistic'),
        ),
        migrations.AlterField(
            model_name='figure',
            name='unit',
            field=models.CharField(choices=[('currency', 'money'), ('cents', 'money, in cents'), ('percent', 'percent'), ('count', 'a number of things'), ('hours', 'hours'), ('months', 'months'), ('years', 'years'), ('category', 'a number for each of several categories'), ('text', 'words')], max_length=8, verbose_name='unit'),
        ),
        migrations.AlterField(
            model_name='observation',
            name='text',
            field=models.CharField(blank=True, help_text='For a figure that is not a number, or is one for each of several categories: Schools 15%, colleges 13%.', max_length=300, verbose_name='in words'),
        ),
    ]
