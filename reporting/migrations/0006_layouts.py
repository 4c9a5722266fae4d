import django.db.models.deletion
import reintegration.core.ids
from django.conf import settings
from django.db import migrations, models
from reintegration.tenancy.sql import TrackedTable

# What a layout says stands for ever; it is only decided about, and what was confirmed is only followed.
KEEP = r"""
CREATE FUNCTION reporting_keep_layout() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    decision CONSTANT text[] := ARRAY['state', 'confirmed_by_id', 'confirmed_at', 'withdrawn_by_id',
        'withdrawn_at'];
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) = to_jsonb(NEW) OR OLD.state = 'proposed'
        AND to_jsonb(OLD) - decision = to_jsonb(NEW) - decision) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is refused: a layout stays as it is', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
        HINT = 'Wzór sprawozdania się nie zmienia. Wgraj nową wersję.';
END $$;
CREATE TRIGGER keep_layout BEFORE UPDATE OR DELETE ON reporting_reportlayout FOR EACH ROW
    EXECUTE FUNCTION reporting_keep_layout();
REVOKE DELETE, TRUNCATE ON reporting_reportlayout FROM reintegra_app;
"""



class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0003_register_changed_at'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportLayout',
            fields=[
                ('id', models.UUIDField(default=reintegration.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('proposed', 'czeka na drugą osobę'), ('confirmed', 'potwierdzone'), ('withdrawn', 'wycofane')], default='proposed', editable=False, max_length=10, verbose_name='stan')),
                ('proposed_at', models.DateTimeField(editable=False, null=True, verbose_name='kiedy wpisano')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='kiedy potwierdzono')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='kiedy wycofano')),
                ('kind', models.CharField(choices=[('cis', 'sprawozdanie CIS'), ('kis', 'sprawozdanie KIS'), ('cas01', 'CAS 01 (KIS)'), ('cas02', 'CAS 02 (CIS)'), ('uw_cis01', 'UW CIS 01')], max_length=10, verbose_name='rodzaj')),
                ('version', models.CharField(max_length=40, verbose_name='wersja')),
                ('since_year', models.PositiveSmallIntegerField(verbose_name='od sprawozdania za rok')),
                ('title', models.CharField(max_length=600, verbose_name='tytuł')),
                ('document', models.JSONField(verbose_name='treść')),
                ('origin', models.CharField(choices=[('file', 'plik programu'), ('operator', 'operator')], editable=False, max_length=10, verbose_name='skąd')),
                ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto potwierdził')),
                ('proposed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto wpisał')),
                ('withdrawn_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kto wycofał')),
            ],
            options={
                'verbose_name': 'wzór sprawozdania',
                'verbose_name_plural': 'wzory sprawozdań',
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='layout_two_people', violation_error_message='Potwierdza druga osoba, nie ta, która wpisała.'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_at__isnull', True), ('proposed_by__isnull', True)), models.Q(('proposed_at__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='layout_proposed_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='layout_confirmed_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='layout_withdrawn_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('state', 'proposed'), ('withdrawn_at__isnull', True)), models.Q(('state', 'confirmed'), ('withdrawn_at__isnull', True)), models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), _connector='OR'), name='layout_state_agrees'), models.UniqueConstraint(fields=('kind', 'version'), name='layout_version_once', violation_error_message='Ta wersja wzoru już jest. Nadaj nowej inny numer.'), models.CheckConstraint(condition=models.Q(('since_year__range', (2000, 2100))), name='layout_year_sensible', violation_error_message='Wpisz rok, od którego wzór obowiązuje.'), models.CheckConstraint(condition=models.Q(models.Q(('origin', 'file'), ('proposed_by__isnull', True), ('state', 'confirmed')), models.Q(('origin', 'operator'), ('proposed_by__isnull', False)), _connector='OR'), name='layout_of_operator_has_author'), models.CheckConstraint(condition=models.Q(('origin', 'file'), models.Q(('state', 'confirmed'), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='layout_of_operator_confirmed')],
            },
        ),
        TrackedTable("ReportLayout"),
        migrations.RunSQL(
            KEEP,
            "DROP TRIGGER keep_layout ON reporting_reportlayout;"
            " DROP FUNCTION reporting_keep_layout();",
        ),
    ]
