"""What a unit types into a report may name somebody, so that its history ends with the draft's term."""

from django.db import migrations

from reintegration.tenancy.sql import TenantTable


class Migration(migrations.Migration):
    dependencies = [("reporting", "0017_year_report")]

    operations = [TenantTable("ReportDraft", subject="id")]
