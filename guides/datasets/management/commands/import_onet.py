"""Import the O*NET database."""

from guides.datasets.importing import ImportCommand


class Command(ImportCommand):
    publisher = "onet"
    help = (
        "Import the files of one edition of the O*NET database in FOLDER, text or Excel: occupations, titles, tasks, "
        "skills and what else describes them. All of it or nothing; what the folder does not have stays as it is."
    )
