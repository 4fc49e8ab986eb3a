from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0029_tools_of_listings'),
    ]

    operations = [
        migrations.CreateModel(
            name='NarrowChange',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('concern', models.CharField(max_length=120)),
            ],
        ),
    ]
