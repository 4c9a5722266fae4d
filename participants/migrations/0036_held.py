from django.conf import settings
from django.db import migrations, models

# An extension follows a main period (art. 15 ust. 3). Periods of a file are written one by one, so the
# whole is looked at when the transaction ends.
ORDER = r"""
CREATE FUNCTION participants_keep_order() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    written CONSTANT participants_period := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (SELECT FROM participants_period extension
            WHERE extension.unit_id = written.unit_id AND extension.kind = 'extension'
            AND extension.participation_id = written.participation_id
            AND NOT EXISTS (SELECT FROM participants_period main
                WHERE main.unit_id = extension.unit_id AND main.kind = 'main'
                AND main.participation_id = extension.participation_id AND main.until < extension.since)) THEN
        RAISE EXCEPTION 'an extension without a main period before it'
            USING ERRCODE = 'restrict_violation',
            HINT = 'Przedłużenie jest po okresie uczestnictwa. (art. 15 ust. 3)';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_order AFTER INSERT OR UPDATE OR DELETE ON participants_period
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION participants_keep_order();
"""
# Remarks are encrypted, and only that nothing is written can be seen. An erasure empties the name as well.
REMARKS = r"""
CREATE FUNCTION participants_keep_remarks() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state = 'remarks' AND octet_length(NEW.remarks) = 0 AND NEW.person_name <> '' THEN
        RAISE EXCEPTION 'an answer with remarks has none' USING ERRCODE = 'restrict_violation',
            HINT = 'Napisz, co zmienić w programie.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_remarks BEFORE INSERT OR UPDATE ON participants_agreement
    FOR EACH ROW EXECUTE FUNCTION participants_keep_remarks();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_storedfile_shared_with'),
        ('participants', '0035_end_whole'),
        ('tenancy', '0002_calendar_accounts_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['agreed', 'remarks']), _negated=True), models.Q(('answered_name', ''), _negated=True), _connector='OR'), name='agreement_answered_by_name', violation_error_message='Wpisz imię i nazwisko osoby, która odpowiada.'),
        ),
        migrations.AlterConstraint(
            model_name='cardentry',
            name='card_entry_struck_by_someone',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('struck_at__isnull', True), ('struck_by__isnull', True)), models.Q(('struck_at__isnull', False), ('struck_by__isnull', False)), _connector='OR'), name='card_entry_struck_by_someone', violation_error_message='Skreślenie wpisu ma osobę i chwilę.'),
        ),
        migrations.AlterConstraint(
            model_name='consent',
            name='consent_worker_whole',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('worker__isnull', True), ('worker_at__isnull', True)), models.Q(('worker__isnull', False), ('worker_at__isnull', False)), _connector='OR'), name='consent_worker_whole', violation_error_message='Potwierdzenie zgody ma osobę i chwilę.'),
        ),
        migrations.AlterConstraint(
            model_name='diagnosis',
            name='diagnosis_finished_at',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state', 'finished')), models.Q(('finished_at__isnull', True), ('state', 'draft')), _connector='OR'), name='diagnosis_finished_at', violation_error_message='Zakończona diagnoza ma dzień zakończenia.'),
        ),
        migrations.AlterConstraint(
            model_name='diagnosistemplate',
            name='diagnosis_template_version',
            constraint=models.UniqueConstraint(fields=('unit', 'key', 'version'), name='diagnosis_template_version', violation_error_message='Ktoś właśnie zapisał tę wersję wzoru. Odśwież stronę.'),
        ),
        migrations.AlterConstraint(
            model_name='diagnosistemplate',
            name='diagnosis_template_one_active',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'active')), fields=('unit', 'key'), name='diagnosis_template_one_active', violation_error_message='W użyciu jest jedna wersja wzoru.'),
        ),
        migrations.AlterConstraint(
            model_name='followup',
            name='follow_up_once',
            constraint=models.UniqueConstraint(fields=('unit', 'participation', 'due_on'), name='follow_up_once', violation_error_message='Rozmowa na ten dzień jest już zaplanowana.'),
        ),
        migrations.AlterConstraint(
            model_name='intake',
            name='intake_once',
            constraint=models.UniqueConstraint(fields=('unit', 'referral'), name='intake_once', violation_error_message='To skierowanie jest już przyjęte do rozpatrzenia.'),
        ),
        migrations.AlterConstraint(
            model_name='intakesettings',
            name='intake_settings_once',
            constraint=models.UniqueConstraint(fields=('unit',), name='intake_settings_once', violation_error_message='Ktoś właśnie zapisał ustawienia przyjęć. Odśwież stronę.'),
        ),
        migrations.AlterConstraint(
            model_name='notduplicate',
            name='not_duplicate_once',
            constraint=models.UniqueConstraint(fields=('unit', 'one', 'other'), name='not_duplicate_once', violation_error_message='Te dwie osoby oznaczono już jako różne.'),
        ),
        migrations.AlterConstraint(
            model_name='referral',
            name='referral_sent_at',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('sent_at__isnull', False)), models.Q(('sent_at__isnull', True), ('state', 'withdrawn')), _connector='OR'), name='referral_sent_at', violation_error_message='Wysłane skierowanie ma dzień wysłania.'),
        ),
        migrations.AlterConstraint(
            model_name='referral',
            name='referral_decided_at',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ['refused', 'withdrawn', 'obsolete', 'accepted'])), models.Q(models.Q(('state__in', ['refused', 'withdrawn', 'obsolete', 'accepted']), _negated=True), ('decided_at__isnull', True)), _connector='OR'), name='referral_decided_at', violation_error_message='Rozstrzygnięte skierowanie ma dzień decyzji.'),
        ),
        migrations.RunSQL(
            ORDER, "DROP TRIGGER keep_order ON participants_period; DROP FUNCTION participants_keep_order()"
        ),
        migrations.RunSQL(
            REMARKS,
            "DROP TRIGGER keep_remarks ON participants_agreement; DROP FUNCTION participants_keep_remarks()",
        ),
    ]
