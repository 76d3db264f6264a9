from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_device_budget"),
    ]

    operations = [
        migrations.AddField(
            model_name="screen",
            name="origin",
            field=models.CharField(blank=True, max_length=32),
        ),
    ]
