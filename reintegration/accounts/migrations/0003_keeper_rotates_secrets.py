from django.db import migrations


class Migration(migrations.Migration):
    """The keeper seals the secrets of apps anew; it may change nothing else of them."""

    dependencies = [
        ("accounts", "0002_sign_in"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunSQL(
            "GRANT SELECT, UPDATE (data) ON mfa_authenticator TO reintegra_keeper",
            migrations.RunSQL.noop,
        ),
    ]
