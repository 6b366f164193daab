from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("journal", "0002_wall"),
        ("notify", "0004_wall"),
    ]

    operations = ()
