"""A picture's way from an editor's upload to readers, into copies of the guide, and out of it."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from lxml import html
from PIL import Image

from guides import freezing, jobs, picture_files
from guides.models import Guide, Picture, PictureFile, Source
from guides.models.pictures import address
from guides.publishing import checks, diff, editions, outside_links, picture_weights, unused_pictures
from tests import factories

from .. import desk
from . import files

PAGE = "https://photos.example/bench"


@pytest.fixture
def photograph():
    return files.written(files.drawn((900, 600)), "JPEG", quality=60)


def show(guide, text):
    section = guide.sections.get(kind="text")
    section.body = text
    section.save()
    return editions.save(guide)


@pytest.fixture
def shown(guide, photograph):
    """A published guide with a picture in one of its texts, and a drawing that only decorates."""
    factories.make_picture(guide, upload=photograph, url=PAGE)
    factories.make_picture(guide, "line")
    text = 'Words.\n\n![A bench & "tools"](picture:bench "In the *morning*")\n\n![](picture:line "decoration")'
    editions.publish(show(guide, text))
    return guide


def test_an_editor_uploads_a_picture_and_shows_it_to_readers(client, guide, photograph):
    editor = desk.editor()
    add = reverse("admin:guides_picture_add") + f"?guide={guide.pk}"
    sent = desk.fields(editor.get(add)) | {"slug": "bench", "credit": "R. Binder", "licence": "our own"}
    refused = editor.post(add, sent)
    assert refused.context["adminform"].form.errors == {"upload": ["Choose a picture."]}
    refused = editor.post(add, sent | {"upload": SimpleUploadedFile("bench.jpg", b"words", "image/jpeg")})
    assert refused.context["adminform"].form.errors == {"upload": ["This is no PNG, JPEG, WebP or SVG."]}
    # What was uploaded stays where the form is refused for something else: a browser does not send it again.
    refused = editor.post(add, sent | {"credit": "", "upload": SimpleUploadedFile("bench.jpg", photograph)})
    assert list(refused.context["adminform"].form.errors) == ["credit"]
    again = desk.fields(refused)
    assert address(again["uploaded"]) in refused.content.decode()
    editor.post(add, again | {"credit": "R. Binder", "slug": "kept"})
    assert guide.pictures.get().file == again["uploaded"]
    guide.pictures.all().delete()
    wrong = editor.post(add, again | {"credit": "R. Binder", "uploaded": f"{'0' * 32}.png"})
    assert wrong.context["adminform"].form.errors == {"upload": ["Choose a picture."]}
    assert not Picture.objects.exists()

    # Its name and type are the client's word alone: what it is counts.
    editor.post(add, sent | {"upload": SimpleUploadedFile("bench.svg", photograph, "image/svg+xml")})
    picture = guide.pictures.get()
    assert (picture.width, picture.height, picture.file[-4:]) == (900, 600, ".jpg")
    assert editions.newest(guide).author == editor.user
    page = editor.get(desk.screen(picture)).content.decode()
    assert "![what it shows](picture:bench)" in page
    assert "900 × 600 pixels" in page

    # The box that it is named in shows it, and says what is wrong.
    box = reverse("admin:guides_section_markdown") + f"?guide={guide.pk}"
    preview = editor.post(box, {"text": "![](picture:bench)\n\n![x](picture:none)"}).content.decode()
    assert address(picture.file) in preview
    assert "Line 1: “![](picture:bench)”: say in the square brackets" in preview
    assert "no picture with the short name" in preview

    publisher = desk.publisher()
    desk.save(publisher, guide.sections.get(kind="text"), body="![A bench](picture:bench)")
    edition = editions.newest(guide)
    assert checks.check(edition) == []
    editions.publish(edition)
    assert address(picture.file) in client.get("/guides/bookbinder/text/").content.decode()
    # Another file under the same name: readers see it with the next edition alone.
    before = picture.file
    desk.save(editor, picture, upload=SimpleUploadedFile("b.png", files.written(files.drawn((300, 200)), "PNG")))
    picture.refresh_from_db()
    assert picture.file != before
    assert address(before) in client.get("/guides/bookbinder/text/").content.decode()
    assert address(before) != address(picture.file)


def test_a_picture_may_be_as_large_as_telephones_make_them_and_no_other_form_may(client, guide, photograph):
    editor = desk.editor()
    add = reverse("admin:guides_picture_add") + f"?guide={guide.pk}"
    sent = desk.fields(editor.get(add)) | {"slug": "bench", "credit": "R. Binder", "licence": "our own"}
    heavy = photograph + b"\0" * 6_000_000
    assert editor.post(add, sent | {"upload": SimpleUploadedFile("a.jpg", heavy)}).status_code == 302
    too_heavy = SimpleUploadedFile("a.jpg", photograph + b"\0" * 12_000_000)
    refused = editor.post(add, sent | {"slug": "more", "upload": too_heavy})
    assert refused.context["adminform"].form.errors == {"upload": ["The file has more than 12 MB."]}
    far = SimpleUploadedFile("a.jpg", b"\0" * 13_000_000)
    said = editor.post(add, sent | {"slug": "more", "upload": far})
    assert said.status_code == 413
    assert "a picture for a guide 12 MB" in said.content.decode()
    # Whoever is not signed in makes nobody hold so much in memory.
    assert client.post(add, {"upload": SimpleUploadedFile("a.jpg", heavy)}).status_code == 413
    assert editor.post("/admin/guides/term/add/", {"upload": SimpleUploadedFile("a.jpg", heavy)}).status_code == 413


def test_files_that_nothing_shows_go_and_those_of_the_history_stay(guide, photograph):
    other = [files.written(files.drawn((900, 600 + number)), "JPEG") for number in range(3)]
    shown = factories.make_picture(guide, upload=photograph)
    drafted = factories.make_picture(guide, "drafted", upload=other[0])
    editions.save(guide)
    drafted.delete()
    editions.save(guide)
    loose, young = (picture_files.store(upload) for upload in other[1:])
    old = timezone.now() - unused_pictures.STAYS
    PictureFile.objects.exclude(name__startswith=unused_pictures.stem(young)).update(kept_at=old)
    assert jobs.forget_unused_pictures() == "1 picture deleted."
    stems = {unused_pictures.stem(name) for name in PictureFile.objects.values_list("name", flat=True)}
    assert stems == {unused_pictures.stem(name) for name in (shown.file, drafted.file, young)}
    assert not PictureFile.objects.filter(name__startswith=unused_pictures.stem(loose)).exists()
    # Whoever uploads the same once more begins its time anew.
    PictureFile.objects.update(kept_at=old)
    picture_files.store(other[2])
    assert unused_pictures.forget() == 0


def test_what_readers_get_of_a_picture(client, shown):
    for page in ("/guides/bookbinder/text/", "/guides/bookbinder/print/"):
        answer = client.get(page)
        tree = html.fromstring(answer.content.decode())
        photo, drawing = tree.xpath("//figure[@class='picture']")
        image, source = photo.find(".//img"), photo.find(".//source")
        bench = shown.pictures.get(slug="bench")
        stem = bench.file.partition(".")[0]
        assert image.get("alt") == 'A bench & "tools"'
        assert (image.get("width"), image.get("height"), image.get("loading")) == ("900", "600", "lazy")
        assert image.get("src") == f"/pictures/{bench.file}"
        assert source.get("srcset") == f"/pictures/{stem}-640.webp 640w, /pictures/{stem}.webp 900w"
        caption = photo.find("figcaption")
        assert caption.text_content() == "In the *morning* Picture: R. Binder, CC BY 4.0"
        assert caption.find(".//a").get("href") == PAGE
        assert drawing.find(".//img").get("alt") == ""
        assert "decoration" not in drawing.text_content()
        assert drawing.find(".//source") is None
    assert PAGE in outside_links.in_public()


def test_a_file_is_kept_for_good_and_the_same_for_everyone(client, shown):
    for file in PictureFile.objects.all():
        answer = client.get(address(file.name))
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Type"] == file.mime_type
        assert answer.content == bytes(file.content)
        assert answer["X-Content-Type-Options"] == "nosniff"
        # Opened by itself, a drawing is a document: it can do nothing.
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "sandbox" in answer["Content-Security-Policy"]
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
    assert client.get("/pictures/" + "0" * 32 + ".png").status_code == 404
    assert client.get("/pictures/..png").status_code == 404


def test_pictures_travel_with_the_guide(client, shown, tmp_path):
    page = client.get("/guides/bookbinder/text/").content.decode()
    folder = tmp_path / "one"
    call_command("export_guides", str(folder), stdout=StringIO())
    assert {path.name for path in (folder / "pictures").iterdir()} == set(shown.pictures.values_list("file", flat=True))
    row = next(row for row in json.loads((folder / "bookbinder.json").read_text()) if row["model"] == "guides.picture")
    assert (row["fields"]["width"], row["fields"]["height"]) == (900, 600)
    names = set(PictureFile.objects.values_list("name", flat=True))
    PictureFile.objects.all().delete()
    Guide.objects.all().delete()
    Source.objects.all().delete()

    # Without its files, or with a changed one, nothing is loaded.
    paths = [str(path) for path in folder.glob("*.json")]
    [drawing] = (folder / "pictures").glob("*.svg")
    kept = drawing.read_bytes()
    for change, said in (
        (drawing.unlink, "does not have this file"),
        (lambda: drawing.write_bytes(b"x"), "changed on the way"),
    ):
        change()
        out = StringIO()
        with pytest.raises(CommandError):
            call_command("load_guides", *paths, stdout=out, stderr=out)
        assert said in out.getvalue()
        assert not Guide.objects.exists()
    drawing.write_bytes(kept)

    call_command("load_guides", *paths, publish=True, stdout=StringIO())
    assert set(PictureFile.objects.values_list("name", flat=True)) == names
    assert client.get("/guides/bookbinder/text/").content.decode() == page
    two = tmp_path / "two"
    call_command("export_guides", str(two), stdout=StringIO())
    for path in sorted(folder.rglob("*.*")):
        assert path.read_bytes() == (two / path.relative_to(folder)).read_bytes()


def test_history_brings_a_picture_back(client, shown):
    before = editions.newest(shown)
    bench = shown.pictures.get(slug="bench")
    editor = desk.editor()
    # What a text shows stays.
    answer = editor.post(reverse("admin:guides_picture_delete", args=[bench.pk]), {"post": "yes"}, follow=True)
    assert Picture.objects.filter(pk=bench.pk).exists()
    assert "text" in answer.content.decode().lower()
    show(shown, "No picture.")
    editor.post(reverse("admin:guides_picture_delete", args=[bench.pk]), {"post": "yes"})
    assert not Picture.objects.filter(pk=bench.pk).exists()
    after = editions.newest(shown)
    changes = diff.compare(before.content, after.content)
    assert any("bench" in change.name for change in changes)
    # Readers still see it, and so does who goes back to it.
    assert address(bench.file) in client.get("/guides/bookbinder/text/").content.decode()
    editions.restore(before, editor.user)
    assert freezing.freeze(shown)["objects"] == before.content["objects"]


def test_a_page_has_a_weight_that_its_pictures_may_not_pass(guide):
    noise = Image.effect_noise((1000, 800), 90).convert("RGB")
    heavy = files.written(noise, "JPEG", quality=95)
    picture = factories.make_picture(guide, upload=heavy)
    size = PictureFile.objects.get(name=picture.heaviest).size
    assert size > picture_weights.MOST_OF_SECTION
    edition = show(guide, "![Noise](picture:bench)")
    [problem] = checks.errors(edition)
    kilobytes = -(-size // 1000)
    assert problem.message == (
        f"The pictures of this section have {kilobytes} KB, where 300 KB are the most: show fewer, or simpler ones."
    )
    assert problem.slug == "text"
    with pytest.raises(editions.Unfit):
        editions.publish(edition)
    # One that no text shows weighs nothing, and is told.
    [problem] = checks.check(show(guide, "Words."))
    assert (problem.stops, problem.message) == (False, "No text shows the picture 'bench'.")


def test_a_picture_without_its_file_or_credit_is_none(guide):
    picture = factories.make_picture(guide)
    for name, value in (("file", "0" * 32 + ".png"), ("file", "../x.png"), ("credit", ""), ("licence", "")):
        other = Picture(
            guide=guide, slug="other", **{"file": picture.file, "credit": "a", "licence": "b"} | {name: value}
        )
        with pytest.raises(Exception, match=name):
            other.full_clean()


def test_what_is_uploaded_is_what_a_browser_takes(client, shown):
    for file in PictureFile.objects.exclude(name__endswith=".svg"):
        image = Image.open(BytesIO(client.get(address(file.name)).content))
        image.load()
        assert image.size == (file.width, file.height)
