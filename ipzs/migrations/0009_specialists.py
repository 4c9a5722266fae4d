from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('ipzs', '0008_placement_days')]

    operations = [
        migrations.AlterField(
            model_name='dutyrecord',
            name='kind',
            field=models.CharField(choices=[('safety', 'szkolenie BHP'), ('medical', 'badania lekarskie'), ('clothing', 'odzież i obuwie robocze'), ('protection', 'środki ochrony indywidualnej'), ('meal', 'posiłek'), ('accident_cover', 'informacja o zaopatrzeniu wypadkowym'), ('specialists', 'dostęp do psychologa, prawnika i doradcy')], max_length=20, verbose_name='obowiązek'),
        ),
        migrations.AlterField(
            model_name='dutyrule',
            name='kind',
            field=models.CharField(choices=[('safety', 'szkolenie BHP'), ('medical', 'badania lekarskie'), ('clothing', 'odzież i obuwie robocze'), ('protection', 'środki ochrony indywidualnej'), ('meal', 'posiłek'), ('accident_cover', 'informacja o zaopatrzeniu wypadkowym'), ('specialists', 'dostęp do psychologa, prawnika i doradcy')], max_length=20, verbose_name='obowiązek'),
        ),
    ]
