"""Pictures of a guide, which its texts show by their short names, and the files behind them."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .guide import Guide
from .markdown import DECORATION

# A browser takes the smaller one where it shows a picture on a phone: pixels across.
SMALL = 640
# As wide as a text is on a desk; a phone gives it the page.
SIZES = "(min-width: 40rem) 35rem, 100vw"
MIME_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}

file_name = RegexValidator(
    r"^[0-9a-f]{32}\.(png|jpg|svg)$", gettext_lazy("A picture's file is named by what it holds: upload the picture.")
)


class PictureFile(models.Model):
    """A file that readers' browsers get: named by a hash of what it holds, so that it never changes.

    It is kept here and not on a disk: every host has it at once, and so has every backup. A picture has one in the form
    it was uploaded in, `<hash>.png`, and those in WebP, `<hash>.webp`, where it is wide `<hash>-640.webp` too.
    """

    name = models.CharField(max_length=60, primary_key=True)
    content = models.BinaryField()
    # Bytes, and pixels.
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    kept_at = models.DateTimeField(
        default=timezone.now, help_text=gettext_lazy("When it was uploaded or brought along last.")
    )

    class Meta:
        verbose_name = gettext_lazy("file of a picture")
        verbose_name_plural = gettext_lazy("files of pictures")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def mime_type(self) -> str:
        return MIME_TYPES[self.name.rpartition(".")[2]]


class Picture(models.Model):
    """A picture that texts of a guide may show: `![what it shows](picture:short-name)`."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="pictures")
    slug = models.SlugField(
        gettext_lazy("short name"),
        max_length=60,
        help_text=gettext_lazy("Texts show it by this name: ![what it shows](picture:short-name). Choose it once."),
    )
    credit = models.CharField(
        gettext_lazy("credit"), max_length=160, help_text=gettext_lazy("Who made it, as it stands below the picture.")
    )
    licence = models.CharField(
        gettext_lazy("license"),
        max_length=80,
        help_text=gettext_lazy("What lets us show it, such as CC BY 4.0, public domain, or: our own."),
    )
    url = models.URLField(
        gettext_lazy("address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"])],
        help_text=gettext_lazy("The page that it was found on; empty for a picture of our own."),
    )
    file = models.CharField(gettext_lazy("file"), max_length=60, validators=[file_name])
    width = models.PositiveIntegerField(gettext_lazy("width"), default=0)
    height = models.PositiveIntegerField(gettext_lazy("height"), default=0)

    class Meta:
        ordering = ["slug"]
        verbose_name = gettext_lazy("picture")
        verbose_name_plural = gettext_lazy("pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "slug"],
                name="picture_slug_once",
                violation_error_message=gettext_lazy("This guide has a picture with that short name already."),
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """Take the size from the file, which must be there."""
        known = PictureFile.objects.filter(name=self.file).values_list("width", "height").first() if self.file else None
        if self.file and known is None:
            raise ValidationError(
                {"file": _("The site does not have this file: upload the picture, or bring it along.")}
            )
        if known:
            self.width, self.height = known

    @property
    def markdown(self) -> str:
        """What an editor writes to show it."""
        return f"![{_('what it shows')}](picture:{self.slug})"

    @property
    def webp_names(self) -> list[tuple[str, int]]:
        """Its files in WebP with their widths, the narrow one first; none of a drawing."""
        stem, _dot, form = self.file.partition(".")
        if form == "svg":
            return []
        small = [(f"{stem}-{SMALL}.webp", SMALL)] if self.width > SMALL else []
        return [*small, (f"{stem}.webp", self.width)]

    @property
    def heaviest(self) -> str:
        """The name of the largest file that a browser of today takes."""
        return self.webp_names[-1][0] if self.webp_names else self.file

    def html(self, alternative: str, caption: str, with_credit: bool = True) -> str:
        """Return the picture for a page, `alternative` and `caption` being escaped already.

        A caption of DECORATION says that it only decorates: it has no words then, and its credit alone stands below it.
        """
        shown = format_html(
            '<picture>{}<img src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async"></picture>',
            self._webp(),
            address(self.file),
            self.width,
            self.height,
            mark_safe(alternative),  # noqa: S308 - escaped by whoever rendered the text
        )
        if not with_credit:
            return shown
        words = "" if caption == DECORATION else caption
        credit = format_html('<a href="{}" rel="noopener">{}</a>', self.url, self.credit) if self.url else self.credit
        return format_html(
            '<figure class="picture">{}<figcaption>{}<small class="picture__credit">{}</small></figcaption></figure>',
            shown,
            mark_safe(f"{words} " if words else ""),  # noqa: S308 - the same
            format_html("{}: {}, {}", _("Picture"), credit, self.licence),
        )

    def _webp(self) -> str:
        """Its forms in WebP, of which a browser takes the one that fits."""
        files = ", ".join(f"{address(name)} {width}w" for name, width in self.webp_names)
        return format_html('<source type="image/webp" srcset="{}" sizes="{}">', files, SIZES) if files else ""


def address(name: str) -> str:
    """The address of a picture's file."""
    return reverse("guides:picture", args=[name])
