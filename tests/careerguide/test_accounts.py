"""The screens for accounts and groups."""

import pytest
from django.contrib.auth.models import Group, User

from tests.addresses import make_account

pytestmark = pytest.mark.django_db


def test_a_group_with_members_stays_and_names_them(admin_client):
    group = Group.objects.get(name="Editors")
    member = make_account("ed", "Editors")
    address = f"/admin/auth/group/{group.pk}/delete/"
    assert f'<a href="/admin/auth/user/{member.pk}/change/">ed</a>' in admin_client.get(address).content.decode()
    admin_client.post(address, {"post": "yes"})
    assert list(member.groups.all()) == [group]
    many = {"action": "delete_selected", "_selected_action": [group.pk], "post": "yes"}
    admin_client.post("/admin/auth/group/", many)
    assert Group.objects.filter(pk=group.pk).exists()
    User.objects.filter(pk=member.pk).delete()
    assert admin_client.post(address, {"post": "yes"}).status_code == 302
    assert not Group.objects.filter(pk=group.pk).exists()
