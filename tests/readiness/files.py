"""Resumes as files, good ones and those made to do harm, built from bytes."""

import io
import struct
import zipfile
import zlib

import docx
from pypdf import PdfWriter

TEXT = "Ran the circulation desk and did data entry for three years."


def make_pdf(text=TEXT, stream=None, password="", font="Helvetica"):
    """Return a one-page PDF with `text`, or with the compressed content `stream`."""
    lines = " ".join(f"({line}) Tj 0 -14 Td" for line in text.split("\n"))
    content = zlib.compress(f"BT /F1 12 Tf 50 700 Td {lines} ET".encode()) if stream is None else stream
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s >>" % font.encode(),
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    body += b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )
    return lock(body, password) if password else body


def make_pdf_without_spaces(text):
    """Return a PDF as LuaTeX and XeTeX write it: words set apart, and no space anywhere. Half a space of this font is
    wider than what they leave, as where a font has no space at all."""
    drawn = [" -200 ".join(f"({word})" for word in line.split()) for line in text.split("\n")]
    lines = " ".join(f"[{line}] TJ 0 -14 Td" for line in drawn)
    return make_pdf(stream=zlib.compress(f"BT /F1 10 Tf 50 700 Td {lines} ET".encode()), font="Courier")


def lock(body, password):
    """Return the PDF, encrypted."""
    writer, out = PdfWriter(clone_from=io.BytesIO(body)), io.BytesIO()
    writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def make_docx(text=TEXT):
    """Return a Word document: a heading, a paragraph a line, and a table."""
    document, out = docx.Document(), io.BytesIO()
    document.add_heading("Resume")
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.add_table(1, 1).cell(0, 0).text = "Spine labels"
    document.save(out)
    return out.getvalue()


COMPATIBILITY = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
WORDPROCESSING = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text):
    """Return a paragraph of WordprocessingML."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def make_word_parts(parts):
    """Return a Word document of these parts, each the content of its root."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f"<w:part {WORDPROCESSING}>{content}</w:part>")
    return out.getvalue()


def bomb(megabytes, raw=True):
    """Return compressed zeros that unpack to so many megabytes: about a thousandth of it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15 if raw else 15)
    opening = b"" if raw else b"\x78\xda"
    block = packer.compress(b" " * 1_048_576) + packer.flush(zlib.Z_FULL_FLUSH)
    return opening + block.removeprefix(opening) * megabytes + b"\x03\x00"


def make_docx_bomb(megabytes=3_000, beginning=b'<?xml version="1.0"?><w:document xmlns:w="x"><w:body>'):
    """Return a Word document whose main part unpacks to gigabytes, and says in its directory that it does not."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    opening = packer.compress(beginning) + packer.flush(zlib.Z_FULL_FLUSH)
    return pack_one("word/document.xml", opening + bomb(megabytes), megabytes << 20 & 0xFFFFFFFF)


def pack_one(name, data, size):
    """Return a zip archive of one compressed file, its size as given."""
    written = name.encode()
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(data), size, len(written), 0)
    local = b"PK\x03\x04" + common + written + data
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + written
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


def make_laughs():
    """Return a Word document with entities that unfold to gigabytes."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>&e9;</w:t></w:document>'
    )
    return make_zip("word/document.xml", xml.encode())


def make_zip(name, content):
    """Return a zip archive of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def make_pdf_loop():
    """Return a PDF whose pages contain one another."""
    return make_pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 9")


def make_slow_pdf():
    """Return a PDF of 2 MB that is a great many drawing commands."""
    return make_pdf(stream=zlib.compress(b"BT /F1 1 Tf (a) Tj ET q Q 1 0 0 1 0 0 cm\n" * 1_000_000))
