"""Pictures as they come: real files, made here, honest and hostile."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin, TiffImagePlugin

SECRETS = [b"SECRETPLACE", b"SECRETCAMERA", b"SECRETAUTHOR"]


def written(image, form, **how):
    buffer = BytesIO()
    image.save(buffer, form, **how)
    return buffer.getvalue()


def drawn(size=(80, 40), mode="RGB"):
    """A picture whose left half is red: what is turned or mirrored shows it."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill="red")
    return image.convert(mode)


def exif(orientation=1):
    """What a telephone writes beside a picture: how it is held, its name, and where it was."""
    data = Image.Exif()
    data[0x0112], data[0x010F], data[0x013B] = orientation, "SECRETCAMERA", "SECRETAUTHOR"
    place = data.get_ifd(0x8825)
    place[1], place[2] = "N", tuple(TiffImagePlugin.IFDRational(part) for part in (52, 31, 12))
    place[27] = b"SECRETPLACE"
    return data.tobytes()


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>SECRETPLACE SECRETAUTHOR</rdf:RDF></x:xmpmeta>'


def telling_jpeg(orientation=1):
    """A JPEG with all that cameras and programs write into it: EXIF, XMP, IPTC, a comment, a colour profile."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = written(
        drawn((160, 80)),
        "JPEG",
        exif=exif(orientation),
        xmp=XMP,
        icc_profile=profile,
        comment=b"SECRETAUTHOR",
        quality=90,
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x10\x1c\x02\x5a\x00\x0bSECRETPLACE"
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + plain[2:]


def telling_png():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SECRETAUTHOR")
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return written(drawn(), "PNG", pnginfo=info, exif=exif(), dpi=(300, 300)) + b"SECRETPLACE after its end"


def telling_webp():
    return written(drawn(), "WEBP", exif=exif(), xmp=XMP)


def bomb(width=30_000, height=30_000):
    """A PNG of a few hundred KB at most that says it has very many pixels, and does."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = b"\0" * (width // 8 + 1)
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _row in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def text_bomb():
    """A PNG whose compressed text would fill two hundred megabytes."""
    plain = written(drawn(), "PNG")
    data = b"Comment\0\0" + zlib.compress(b"x" * 200_000_000, 9)
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    return plain[:33] + chunk + plain[33:]


def moving(form):
    frames = [drawn(), drawn().rotate(180)]
    return written(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


def drawing(inside="<rect width='3' height='3'/>", attributes="viewBox='0 0 30 20'"):
    names = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
    return f"<svg {names} {attributes}>{inside}</svg>".encode()
