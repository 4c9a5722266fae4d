from django.db import migrations, models

from reintegration.core.sql import TextFunctions

# The table that `createcachetable` would make; the program's role may make none.
CACHE = """
CREATE TABLE core_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX core_cache_expires ON core_cache (expires);
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = []

    operations = [
        TextFunctions(),
        migrations.CreateModel(
            name='Throttle',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='skrót klucza')),
                ('hits', models.PositiveIntegerField(verbose_name='próby')),
                ('until', models.DateTimeField(db_index=True, verbose_name='koniec okna')),
            ],
            options={
                'verbose_name': 'licznik prób',
                'verbose_name_plural': 'liczniki prób',
            },
        ),
        migrations.RunSQL(CACHE, "DROP TABLE core_cache"),
    ]
