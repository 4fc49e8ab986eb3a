"""Pictures that editors upload: looked at with care, made as small as pages need, and without what they tell of a
place, a camera or a person.

Nothing of an uploaded file reaches readers: its pixels are written anew, a drawing (drawings.py) is cleaned. So what is
hidden in it is gone, and a file that lies about its form is only what its first bytes say.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from . import drawings
from .models import PictureFile
from .models.pictures import SMALL
from .picture_errors import PictureRefused

# What an upload may have, in bytes, such as a phone's photograph has, and in pixels: a bomb of a few bytes unpacks to
# far more. A JPEG may have more of them, since it is unpacked no larger than is needed.
MOST_BYTES = 12_000_000
MOST_PIXELS = 25_000_000
MOST_PIXELS_OF_JPEG = 64_000_000
# The most that a page needs on a desk with a fine screen: pixels across, and down.
WIDEST, TALLEST = 1280, 1600
# Below that there is nothing to see.
LEAST = 16
# Only these are looked at. A JPEG with a second picture behind the first, as phones write it, is opened as one: MPO.
FORMS = ("PNG", "JPEG", "WEBP")
# What another site's files are, by the end of their names.
TAKEN_IN = {"png": "PNG", "jpg": "JPEG", "svg": "SVG"}
JPEG = {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True}
PNG = {"format": "PNG", "optimize": True}
WEBP = {"format": "WEBP", "quality": 80, "method": 6}
LOSSLESS_WEBP = {"format": "WEBP", "lossless": True, "quality": 100, "method": 4}


@dataclass(frozen=True)
class Cleaned:
    """A picture as readers get it: the content of its file in the form it was uploaded in, its name and size."""

    name: str
    content: bytes
    width: int
    height: int


def store(upload: bytes) -> str:
    """Clean an uploaded picture, keep its files, and return the name of the main one. Raises PictureRefused."""
    if len(upload) > MOST_BYTES:
        raise PictureRefused(_("The file has more than %(most)d MB.") % {"most": MOST_BYTES // 1_000_000})
    if drawings.looks_like_one(upload):
        content, (width, height) = drawings.clean(upload)
        cleaned = Cleaned(_name(content, "svg"), content, width, height)
        _keep(cleaned, None)
        return cleaned.name
    image = _pixels(upload)
    image.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    form, how = ("jpg", JPEG) if image.info["is_photograph"] else ("png", PNG)
    content = _written(image, how)
    cleaned = Cleaned(_name(content, form), content, *image.size)
    _keep(cleaned, image)
    return cleaned.name


def take_in(name: str, content: bytes) -> None:
    """Keep the file of a picture that another site exported under `name`. Raises PictureRefused.

    It must be what that name says to the byte, and as clean as one that is uploaded here.
    """
    if PictureFile.objects.filter(name=name).exists():
        return
    stem, _dot, form = name.partition(".")
    if form not in TAKEN_IN or len(content) > MOST_BYTES or hashlib.sha256(content).hexdigest()[:32] != stem:
        raise PictureRefused(_("What the file holds is not what its name says: it was changed on the way."))
    if TAKEN_IN[form] == "SVG":
        cleaned, size = drawings.clean(content)
        if cleaned != content:
            raise PictureRefused(_("The drawing holds what drawings here must not: upload it on its screen instead."))
        _keep(Cleaned(name, content, *size), None)
        return
    image = _pixels(content)
    if _tells_more(content, TAKEN_IN[form]) or image.size != _fitting(image):
        raise PictureRefused(_("The picture is larger or tells more than those here: upload it on its screen instead."))
    _keep(Cleaned(name, content, *image.size), image)


def _fitting(image: Image.Image) -> tuple[int, int]:
    small = image.copy()
    small.thumbnail((WIDEST, TALLEST))
    return small.size


def _tells_more(content: bytes, form: str) -> bool:
    """Whether a file is of another form than `form`, or holds anything beside its pixels."""
    image = Image.open(BytesIO(content), formats=FORMS)
    image.load()
    return image.format != form or bool(
        image.info.keys() - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    )


def _name(content: bytes, form: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:32]}.{form}"


def _pixels(upload: bytes) -> Image.Image:
    """Return a picture upright, in eight bits of grey or red, green and blue, and without anything but its pixels.

    Its info says whether `is_photograph`: it came in a form for photographs and nothing shines through it.
    """
    try:
        image = Image.open(BytesIO(upload), formats=FORMS)
        width, height = image.size
        most = MOST_PIXELS_OF_JPEG if image.format in {"JPEG", "MPO"} else MOST_PIXELS
        if width * height > most:
            raise PictureRefused(
                _("The picture has %(width)d × %(height)d pixels, which is more than %(most)d million.")
                % {"width": width, "height": height, "most": most // 1_000_000}
            )
        if min(width, height) < LEAST:
            raise PictureRefused(
                _("The picture has only %(width)d × %(height)d pixels.") % {"width": width, "height": height}
            )
        if image.format != "MPO" and getattr(image, "is_animated", False):
            raise PictureRefused(_("The picture moves: upload one that stands still."))
        is_photograph = image.format != "PNG"
        # A JPEG is unpacked to a half, a quarter or an eighth, where that is still twice what pages need.
        needed = 2 * max(min(WIDEST / width, TALLEST / height), min(WIDEST / height, TALLEST / width))
        image.draft(None, (round(width * needed), round(height * needed)))
        image.load()
        plain = _eight_bits(_in_common_colours(_upright(image)))
    except PictureRefused:
        raise
    except UnidentifiedImageError as error:
        raise PictureRefused(_("This is no PNG, JPEG, WebP or SVG.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(_("The picture has far too many pixels.")) from error
    except Exception as error:
        # A damaged file can raise anything in the readers of Pillow.
        raise PictureRefused(_("The picture is damaged or cut off: it cannot be read to its end.")) from error
    bare = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    bare.info["is_photograph"] = is_photograph and plain.mode != "RGBA"
    return bare


def _upright(image: Image.Image) -> Image.Image:
    """Turn a picture as its camera says it should be shown; one whose word cannot be read stays as it is."""
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError, OverflowError):
        return image


def _in_common_colours(image: Image.Image) -> Image.Image:
    """Return a picture of any colours in those that every screen has, if it says which it means."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of any mode as grey, red-green-blue, or the latter with what shines through."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: a plain conversion would cut the values off and not scale them.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"1", "L"} and "transparency" not in image.info:
        return image.convert("L")
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        clear = image.convert("RGBA")
        return clear if clear.getchannel("A").getextrema() != (255, 255) else clear.convert("RGB")
    return image.convert("RGB")


def _written(image: Image.Image, how: dict[str, object]) -> bytes:
    buffer = BytesIO()
    image.save(buffer, **how)  # type: ignore[arg-type]  # options of each form
    return buffer.getvalue()


def _webp(image: Image.Image) -> bytes:
    """A picture in WebP: a photograph with what nobody sees left out, anything else as it is where that is smaller."""
    lossy = _written(image, WEBP)
    if image.info.get("is_photograph"):
        return lossy
    return min(lossy, _written(image, LOSSLESS_WEBP), key=len)


def _keep(cleaned: Cleaned, image: Image.Image | None) -> None:
    """Keep the files of a picture; what is there already is the same to the byte, or as good."""
    files = [PictureFile(name=cleaned.name, content=cleaned.content, width=cleaned.width, height=cleaned.height)]
    files += _beside(cleaned, image) if image else ()
    for file in files:
        file.size = len(file.content)
    PictureFile.objects.bulk_create(files, ignore_conflicts=True)
    PictureFile.objects.filter(name__in=[file.name for file in files]).update(kept_at=timezone.now())


def _beside(cleaned: Cleaned, image: Image.Image) -> Iterator[PictureFile]:
    """The same picture in WebP, and a smaller one where it is wide."""
    stem = cleaned.name.partition(".")[0]
    yield PictureFile(name=f"{stem}.webp", content=_webp(image), width=cleaned.width, height=cleaned.height)
    if cleaned.width > SMALL:
        narrow = image.resize((SMALL, max(1, round(cleaned.height * SMALL / cleaned.width))), Image.Resampling.LANCZOS)
        narrow.info["is_photograph"] = image.info.get("is_photograph")
        yield PictureFile(name=f"{stem}-{SMALL}.webp", content=_webp(narrow), width=narrow.width, height=narrow.height)
