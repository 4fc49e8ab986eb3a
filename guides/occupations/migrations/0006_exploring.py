from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('occupations', '0005_hourly_pay'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExploringData',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('editions', models.TextField()),
                ('packed', models.BinaryField(default=bytes)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ExploringPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('packed', models.BinaryField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
    ]
