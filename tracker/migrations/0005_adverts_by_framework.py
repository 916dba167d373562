from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def name_frameworks(apps, schema_editor):
    """Adverts from before were read for what their owner aims at, as far as can be known."""
    preferences, adverts = apps.get_model("tracker", "Preferences").objects, apps.get_model("tracker", "Advert").objects
    aimed_at = preferences.filter(user=OuterRef("user")).values("framework__key")[:1]
    adverts.filter(user__in=preferences.values("user")).update(read_for=Subquery(aimed_at))


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0004_frameworks_set_aside"),
    ]

    operations = [
        migrations.AddField(
            model_name="advert",
            name="read_for",
            field=models.CharField(blank=True, help_text="Key of the framework of its lines.", max_length=80),
        ),
        migrations.AddField(
            model_name="advert",
            name="set_aside",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Framework key -> lines as they were reviewed, while others stand.",
            ),
        ),
        migrations.RunPython(name_frameworks, migrations.RunPython.noop, elidable=True),
    ]
