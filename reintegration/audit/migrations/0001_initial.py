import django.contrib.postgres.fields
from django.db import migrations, models

from reintegration.audit import sql
from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='EventPerson',
            fields=[
                ('pk', models.CompositePrimaryKey('organisation_id', 'person_id', 'event_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField(editable=False)),
                ('person_id', models.UUIDField(editable=False)),
                ('event_id', models.BigIntegerField(editable=False)),
            ],
            options={
                'verbose_name': 'osoba w zdarzeniu',
                'verbose_name_plural': 'osoby w zdarzeniach',
                'base_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='Unsealed',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField(editable=False)),
                ('kind', models.CharField(max_length=6)),
                ('entry_id', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'wpis bez pieczęci',
                'verbose_name_plural': 'wpisy bez pieczęci',
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField(editable=False)),
                ('at', models.DateTimeField(editable=False, verbose_name='kiedy')),
                ('user_id', models.UUIDField(editable=False, null=True, verbose_name='kto')),
                ('request_id', models.UUIDField(editable=False, verbose_name='żądanie')),
                ('source', models.TextField(editable=False, verbose_name='skąd')),
                ('salt', models.UUIDField(editable=False, null=True, verbose_name='sól')),
                ('content', models.BinaryField(null=True, verbose_name='skrót wartości')),
                ('digest', models.BinaryField(verbose_name='skrót')),
                ('blanked_by', models.BigIntegerField(editable=False, null=True, verbose_name='usunięto dane')),
                ('table_name', models.TextField(verbose_name='tabela')),
                ('row_id', models.UUIDField(verbose_name='wiersz')),
                ('operation', models.CharField(max_length=1, verbose_name='operacja')),
                ('subject_id', models.UUIDField(null=True, verbose_name='czyje dane')),
                ('values', models.JSONField(null=True, verbose_name='wartości')),
                ('sealed', models.JSONField(null=True, verbose_name='szyfrogramy')),
            ],
            options={
                'verbose_name': 'zmiana',
                'verbose_name_plural': 'zmiany',
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organisation_id', 'row_id', 'id'], name='change_of_row'), models.Index(condition=models.Q(('subject_id__isnull', False)), fields=['organisation_id', 'subject_id', 'id'], name='change_of_subject'), models.Index(fields=['organisation_id', 'request_id'], name='change_of_request')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField(editable=False)),
                ('at', models.DateTimeField(editable=False, verbose_name='kiedy')),
                ('user_id', models.UUIDField(editable=False, null=True, verbose_name='kto')),
                ('request_id', models.UUIDField(editable=False, verbose_name='żądanie')),
                ('source', models.TextField(editable=False, verbose_name='skąd')),
                ('salt', models.UUIDField(editable=False, null=True, verbose_name='sól')),
                ('content', models.BinaryField(null=True, verbose_name='skrót wartości')),
                ('digest', models.BinaryField(verbose_name='skrót')),
                ('blanked_by', models.BigIntegerField(editable=False, null=True, verbose_name='usunięto dane')),
                ('action', models.TextField(verbose_name='czynność')),
                ('outcome', models.TextField(default='done', verbose_name='wynik')),
                ('object_type', models.TextField(blank=True, default='', verbose_name='rodzaj obiektu')),
                ('object_id', models.UUIDField(null=True, verbose_name='obiekt')),
                ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='czyje dane')),
                ('detail', models.JSONField(null=True, verbose_name='szczegóły')),
            ],
            options={
                'verbose_name': 'zdarzenie',
                'verbose_name_plural': 'zdarzenia',
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organisation_id', 'at'], name='event_newest'), models.Index(condition=models.Q(('object_id__isnull', False)), fields=['organisation_id', 'object_id', 'at'], name='event_of_object')],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField(editable=False)),
                ('number', models.BigIntegerField(verbose_name='numer ogniwa')),
                ('at', models.DateTimeField(verbose_name='kiedy')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), size=None)),
                ('entry_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('digests', django.contrib.postgres.fields.ArrayField(base_field=models.BinaryField(), size=None)),
                ('previous', models.BinaryField(verbose_name='poprzednie ogniwo')),
                ('mac', models.BinaryField(verbose_name='pieczęć')),
                ('key_id', models.TextField(verbose_name='klucz')),
            ],
            options={
                'verbose_name': 'ogniwo',
                'verbose_name_plural': 'ogniwa',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'number'), name='seal_number_once')],
            },
        ),
        migrations.RunSQL(sql.FUNCTIONS),
        migrations.RunSQL(sql.KEEPER),
        migrations.RunSQL(sql.TRIGGERS),
        migrations.RunSQL(list(sql.person_index())),
        # Events and changes are append-only by a trigger of their own, which knows the keeper.
        TenantTable("Event", tenant="organisation", keeps="nothing"),
        TenantTable("Change", tenant="organisation", keeps="nothing"),
        TenantTable("Seal", tenant="organisation", keeps="appended"),
        migrations.RunSQL(sql.PRIVILEGES),
    ]
