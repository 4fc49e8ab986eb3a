"""Create a login for the admin: `make editor`, and the first one, which runs the site: `make superuser`."""

import os
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from guides.registry.groups import EDITORS, PUBLISHERS


class Command(BaseCommand):
    help = (
        "Create a login for the admin. It asks for a name and a password; a weak password is refused. "
        "Where nobody can be asked, it takes them from DJANGO_SUPERUSER_USERNAME and DJANGO_SUPERUSER_PASSWORD."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="the name to sign in with; asked for where it is left out")
        parser.add_argument("--email", default=os.environ.get("DJANGO_SUPERUSER_EMAIL", ""), help="an e-mail address")
        role = parser.add_mutually_exclusive_group()
        role.add_argument("--publisher", action="store_true", help="may also publish and unpublish guides")
        role.add_argument("--superuser", action="store_true", help="runs the site: invites others and gives roles")

    def handle(
        self, *args: Any, username: str | None, email: str, publisher: bool, superuser: bool, **options: Any
    ) -> None:
        try:
            name = username or os.environ.get("DJANGO_SUPERUSER_USERNAME") or input("Name to sign in with: ")
            user = self.valid_user(name.strip(), email)
            user.set_password(self.given_password(user) or self.password_for(user))
        except (EOFError, KeyboardInterrupt):
            raise CommandError("Stopped, no login was created.") from None
        user.is_superuser = superuser
        with transaction.atomic():
            user.save()
            if not superuser:
                user.groups.add(Group.objects.get(name=PUBLISHERS if publisher else EDITORS))
        rights = "run the site" if superuser else "edit and publish" if publisher else "edit and submit for review"
        self.stdout.write(f"{user.username} can now sign in at {settings.SITE_URL}/admin/ and {rights}.")

    def valid_user(self, username: str, email: str = "") -> User:
        """Return a new user of that name, not saved yet."""
        user = get_user_model()(username=username, email=email, is_staff=True)
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return user

    def given_password(self, user: User) -> str:
        """The password that the environment gives, empty where it gives none; a weak one is refused there too."""
        password = os.environ.get("DJANGO_SUPERUSER_PASSWORD", "")
        if password:
            try:
                validate_password(password, user)
            except ValidationError as error:
                raise CommandError(f"DJANGO_SUPERUSER_PASSWORD is too weak. {' '.join(error.messages)}") from None
        return password

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
