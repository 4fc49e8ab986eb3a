"""Create a login for the admin: `make editor`."""

from getpass import getpass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from guides.registry.groups import EDITORS, PUBLISHERS


class Command(BaseCommand):
    help = "Create a login for the admin. It asks for a name and a password; a weak password is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="the name to sign in with; asked for where it is left out")
        parser.add_argument("--publisher", action="store_true", help="may also publish and unpublish guides")

    def handle(self, *args: Any, username: str | None, publisher: bool, **options: Any) -> None:
        try:
            user = self.valid_user(username or input("Name to sign in with: ").strip())
            user.set_password(self.password_for(user))
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Stopped, no login was created.") from None
        with transaction.atomic():
            user.save()
            user.groups.add(Group.objects.get(name=PUBLISHERS if publisher else EDITORS))
        rights = "edit and publish" if publisher else "edit and submit for review"
        self.stdout.write(f"{user.username} can now sign in at /admin/ and {rights}.")

    def valid_user(self, username: str) -> User:
        """Return a new user of that name, not saved yet."""
        user = get_user_model()(username=username, is_staff=True)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return user

    def password_for(self, user: User) -> str:
        """Ask until two equal, strong passwords are given."""
        while True:
            password = getpass("Password (12 characters or more): ")
            try:
                validate_password(password, user)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
                continue
            if getpass("The same password again: ") == password:
                return password
            self.stderr.write("The two passwords are not the same.")
