from django.conf import settings
from django.db import migrations, models

# A booking keeps what somebody had said before it, so that taking it back does not lose that.
TRIGGER = """
DROP TRIGGER keep_columns ON benefits_paidline;
CREATE TRIGGER keep_columns BEFORE UPDATE OR DELETE ON benefits_paidline FOR EACH ROW
    EXECUTE FUNCTION benefits_keep_columns('state,sent_on,booked_on,%sreturned_on,booking_id,return_booking_id,transfer_file_id,reason,moved_by_id,moved_at,person_id', 'account,party', 'person_id');
ALTER TABLE benefits_paidline ENABLE ALWAYS TRIGGER keep_columns;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0022_given_up_by_mistake'),
        ('participants', '0037_elsewhere_asked'),
        ('tenancy', '0002_calendar_accounts_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='paidline',
            name='said_on',
            field=models.DateField(editable=False, null=True, verbose_name='potwierdzono przed wyciągiem'),
        ),
        migrations.AddConstraint(
            model_name='paidline',
            constraint=models.CheckConstraint(condition=models.Q(('said_on__isnull', True), ('booking__isnull', False), _connector='OR'), name='paid_line_said'),
        ),
        migrations.RunSQL(TRIGGER % 'said_on,', TRIGGER % ''),
    ]
