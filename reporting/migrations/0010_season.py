import django.db.models.deletion
import reintegration.core.ids
import reintegration.tenancy.fields
from django.conf import settings
from django.db import migrations, models

from reintegration.tenancy.sql import TenantTable

# What was sent to the minister stays as it was sent, whoever writes; a correction is another row.
KEEP = r"""
CREATE FUNCTION reporting_keep_collective() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) = to_jsonb(NEW) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of a collective report is refused: it was sent', TG_OP
        USING ERRCODE = 'restrict_violation', HINT = 'Wysłane sprawozdanie zbiorcze się nie zmienia. Zrób korektę.';
END $$;
CREATE TRIGGER keep_collective BEFORE UPDATE OR DELETE ON reporting_collectivereport FOR EACH ROW
    EXECUTE FUNCTION reporting_keep_collective();
"""
FORGOTTEN = (
    "DROP TRIGGER keep_collective ON reporting_collectivereport; DROP FUNCTION reporting_keep_collective();"
)


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0008_annual_reports'),
        ('tenancy', '0002_calendar_accounts_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectiveReport',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('unit_type', models.CharField(choices=[('CIS', 'Centrum Integracji Społecznej'), ('KIS', 'Klub Integracji Społecznej')], max_length=3, verbose_name='rodzaj jednostek')),
                ('year', models.PositiveSmallIntegerField(verbose_name='rok')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='wersja')),
                ('state', models.CharField(choices=[('draft', 'w przygotowaniu'), ('sent', 'wysłane')], default='draft', max_length=8, verbose_name='stan')),
                ('with_waiting', models.BooleanField(default=False, verbose_name='także niesprawdzone')),
                ('words', models.TextField(blank=True, max_length=4000, verbose_name='uwagi dla ministra')),
                ('content', models.JSONField(editable=False, null=True, verbose_name='treść')),
                ('digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='skrót SHA-256')),
                ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='kiedy wysłano')),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
                ('sent_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto wysłał')),
            ],
            options={
                'verbose_name': 'sprawozdanie zbiorcze',
                'verbose_name_plural': 'sprawozdania zbiorcze',
                'abstract': False,
                'base_manager_name': 'objects',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'unit_type', 'year', 'number'), name='collective_once', violation_error_message='Ktoś właśnie zaczął to sprawozdanie. Odśwież stronę.'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('organisation', 'unit_type', 'year'), name='collective_one_draft', violation_error_message='To sprawozdanie jest już w przygotowaniu.'), models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', True), ('digest', ''), ('sent_at__isnull', True), ('sent_by__isnull', True), ('state', 'draft')), models.Q(('content__isnull', False), ('digest__regex', '^[0-9a-f]{64}$'), ('sent_at__isnull', False), ('sent_by__isnull', False), ('state', 'sent')), _connector='OR'), name='collective_frozen_when_sent', violation_error_message='Wysłane sprawozdanie ma treść, skrót, dzień i osobę.'), models.CheckConstraint(condition=models.Q(('year__range', (2003, 2200)), ('number__gte', 1)), name='collective_year_sensible', violation_error_message='Ustawa obowiązuje od 2003 r.')],
            },
        ),
        migrations.CreateModel(
            name='OutsideReport',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='rok')),
                ('received_on', models.DateField(verbose_name='kiedy wpłynęło')),
                ('how', models.CharField(choices=[('typed', 'wpisane'), ('imported', 'wczytane z pliku')], default='typed', max_length=8, verbose_name='skąd')),
                ('content', models.JSONField(default=dict, verbose_name='treść')),
                ('state', models.CharField(choices=[('received', 'wpłynęło'), ('accepted', 'przyjęte')], default='received', max_length=8, verbose_name='stan')),
                ('entry', reintegration.tenancy.fields.KinForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outside_reports', to='reporting.registerentry')),
                ('layout', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reporting.reportlayout', verbose_name='wzór')),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
            ],
            options={
                'verbose_name': 'sprawozdanie spoza programu',
                'verbose_name_plural': 'sprawozdania spoza programu',
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organisation', 'year'], name='outside_report_of_year')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'entry', 'year'), name='outside_report_once', violation_error_message='Sprawozdanie tej jednostki za ten rok jest już wpisane.'), models.CheckConstraint(condition=models.Q(('year__range', (2003, 2200))), name='outside_report_year_sensible', violation_error_message='Ustawa obowiązuje od 2003 r.')],
            },
        ),
        migrations.CreateModel(
            name='SeasonReminder',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='rok')),
                ('address', models.EmailField(max_length=254, verbose_name='adres e-mail')),
                ('made_at', models.DateTimeField(editable=False, verbose_name='kiedy')),
                ('entry', reintegration.tenancy.fields.KinForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='reporting.registerentry')),
                ('made_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto')),
                ('organisation', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.organisation')),
            ],
            options={
                'verbose_name': 'przypomnienie o sprawozdaniu',
                'verbose_name_plural': 'przypomnienia o sprawozdaniach',
                'abstract': False,
                'base_manager_name': 'objects',
                'indexes': [models.Index(fields=['organisation', 'year'], name='reminder_of_year')],
            },
        ),
        TenantTable("OutsideReport", tenant="organisation"),
        TenantTable("SeasonReminder", tenant="organisation", keeps="appended"),
        TenantTable("CollectiveReport", tenant="organisation"),
        migrations.RunSQL(KEEP, FORGOTTEN),
    ]
