"""Handbook entries that cover several occupations, and the codes they count together.

Each was held against the wage survey of May 2024: the codes' jobs add up to the entry's, but for the self-employed.
From here on the table belongs to the editors.
"""

from django.db import migrations

ENTRIES = {
    "advertising-promotions-and-marketing-managers": "11-2011 11-2021",
    "aircraft-and-avionics-equipment-mechanics-and-technicians": "49-2091 49-3011",
    "bus-drivers": "53-3051 53-3052",
    "database-administrators": "15-1242 15-1243",
    "delivery-truck-drivers-and-driver-sales-workers": "53-3031 53-3033",
    "geological-and-petroleum-technicians": "19-4043 19-4044",
    "judges-and-hearing-officers": "23-1021 23-1023",
    "kindergarten-and-elementary-school-teachers": "25-2012 25-2021",
    "library-technicians-and-assistants": "25-4031 43-4121",
    "machinists-and-tool-and-die-makers": "51-4041 51-4111",
    "mathematicians-and-statisticians": "15-2021 15-2041",
    "nurse-anesthetists-nurse-midwives-and-nurse-practitioners": "29-1151 29-1161 29-1171",
    "nursing-assistants": "31-1131 31-1132",
    "psychiatric-technicians-and-aides": "29-2053 31-1133",
    "radiologic-technologists": "29-2034 29-2035",
    "software-developers": "15-1252 15-1253",
    "structural-iron-and-steel-workers": "47-2171 47-2221",
    "surgical-technologists": "29-2055 29-9093",
    "top-executives": "11-1011 11-1021",
    "web-developers": "15-1254 15-1255",
}


def add_entries(apps, schema_editor):
    entries = apps.get_model("datasets", "HandbookEntry").objects.using(schema_editor.connection.alias)
    rows = [entries.model(slug=slug, codes=codes) for slug, codes in ENTRIES.items()]
    # Where the migration was taken back and comes again, what editors made of the table stays.
    entries.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("datasets", "0001_initial")]
    operations = [migrations.RunPython(add_entries, migrations.RunPython.noop)]
