"""`make editor`: a login, and no weak password."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from guides.management.commands import make_editor

STRONG = "correct horse battery"


def type_passwords(monkeypatch, *words):
    typed = iter(words)
    monkeypatch.setattr(make_editor, "getpass", lambda prompt: next(typed))


@pytest.mark.django_db
def test_a_login_for_the_admin(monkeypatch, client):
    type_passwords(monkeypatch, STRONG, STRONG)
    monkeypatch.setattr("builtins.input", lambda prompt: "ed")
    call_command("make_editor")
    user = User.objects.get(username="ed")
    assert user.check_password(STRONG)
    assert user.is_staff
    assert not user.is_superuser
    assert not user.has_perm("guides.publish_guide")
    assert user.has_perm("guides.change_section")


@pytest.mark.django_db
def test_a_publisher(monkeypatch):
    type_passwords(monkeypatch, STRONG, STRONG)
    call_command("make_editor", "--username=pat", "--publisher")
    assert User.objects.get(username="pat").has_perm("guides.publish_guide")


@pytest.mark.django_db
@pytest.mark.parametrize("weak", ["short", "password1234", "1234567890123", "the-editor-x"])
def test_a_weak_password_is_refused_with_the_reason(monkeypatch, weak, capsys):
    type_passwords(monkeypatch, weak, STRONG, "something else", STRONG, STRONG)
    call_command("make_editor", "--username=the-editor")
    said = capsys.readouterr().err
    assert "password" in said
    assert "not the same" in said
    assert User.objects.get().check_password(STRONG)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["taken", "no spaces", "x" * 151])
def test_a_name_that_cannot_be_used(name):
    User.objects.create_user("taken")
    with pytest.raises(CommandError):
        call_command("make_editor", f"--username={name}")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_stopping_makes_nothing(monkeypatch):
    def stop(prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr(make_editor, "getpass", stop)
    with pytest.raises(CommandError, match="no login"):
        call_command("make_editor", "--username=ed")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_first_one_runs_the_site_and_can_be_made_without_being_asked(monkeypatch, capsys):
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "owner")
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "owner@example.org")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "short")
    with pytest.raises(CommandError, match=r"DJANGO_SUPERUSER_PASSWORD is too weak.* 12 characters"):
        call_command("make_editor", "--superuser")
    assert not User.objects.exists()
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", STRONG)
    call_command("make_editor", "--superuser")
    owner = User.objects.get()
    assert (owner.username, owner.email, owner.is_superuser, owner.is_staff) == (
        "owner", "owner@example.org", True, True,
    )  # fmt: skip
    assert owner.check_password(STRONG)
    assert "run the site" in capsys.readouterr().out
    with pytest.raises(CommandError, match="already exists"):
        call_command("make_editor", "--superuser")
