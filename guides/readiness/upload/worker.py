"""Reads a resume on standard input and writes its text as JSON. Run by extraction.py in a process of its own.

It knows nothing of Django. Before it looks at the file it gives up the rights to memory, processor time and files
that it does not need, so whatever a file does ends here.
"""

import io
import json
import logging
import math
import os
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

LONGEST_TEXT = 40_000  # characters
SHORTEST_TEXT = 20  # letters; a scan may hold a page number or a name
MOST_PAGES = 30
MOST_XML = 24 * 1024 * 1024  # bytes, unpacked: a long resume's document.xml is below 1 MB
MEMORY = 28 * 1024 * 1024  # bytes more than when it starts
NICENESS = 10
SECONDS = 2  # of the processor, more than when it starts: a busy machine takes none of it away
WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What newer programs write twice, for older ones: the second time is left out.
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
BODY = "word/document.xml"
HEADER = re.compile(r"word/header\d*\.xml")
FOOTER = re.compile(r"word/footer\d*\.xml")


class Fault(Exception):
    """The file cannot be read; the argument says why in one word for extraction.py."""


def give_up_rights() -> None:
    """Set limits that nothing in this process can raise again."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(usage.ru_utime + usage.ru_stime) + SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    except (OSError, ValueError):
        pass  # not Linux: time and size limits remain


def kind_of(content: bytes) -> str:
    """What the bytes are, whatever the file is called."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    return "txt"


def from_txt(content: bytes) -> str:
    """Return plain text in UTF-8, in UTF-16 with its mark, or in the usual Windows code page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    odd = sum(1 for sign in text if sign == "\ufffd" or (sign < " " and sign not in "\t\n\r\f\v"))
    if odd * 100 > len(text):
        raise Fault("wrong_kind")
    return text


def from_docx(content: bytes) -> str:
    """Return the text of a Word document, a paragraph a line, read in a stream that ends at `MOST_XML`.

    The heads of first, odd and even pages come first, as they often hold the name and the address; each text once.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Fault("broken") from error
    names = sorted(archive.namelist())
    if BODY not in names:
        raise Fault("wrong_kind")
    left, texts = MOST_XML, []
    for part in [*filter(HEADER.fullmatch, names), BODY, *filter(FOOTER.fullmatch, names)]:
        reader = WordText()
        left = reader.read(archive, part, left)
        texts.append("".join(reader.pieces[0]))
    return "".join(dict.fromkeys(texts))


class WordText:
    """Collects the text of WordprocessingML, and refuses what could grow: document types and huge parts.

    The text of a box is set apart from the paragraph that it hangs from, and comes after it.
    """

    SKIPPED = frozenset([f"{WORDPROCESSING} pPr", f"{WORDPROCESSING} moveFrom", FALLBACK])
    STYLE = f"{WORDPROCESSING} val"
    SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": " "}

    def __init__(self) -> None:
        self.pieces: list[list[str]] = [[]]  # of the document, and of each box that is open
        self.boxes: list[str] = []  # read, and not yet set down
        self.length, self.skipped, self.inside = 0, 0, False

    def read(self, archive: zipfile.ZipFile, part: str, left: int) -> int:
        """Feed a part of the archive through the parser; return how many of the `left` bytes remain."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self.text, self.refuse
        with archive.open(part) as stream:
            while chunk := stream.read(64 * 1024):
                left -= len(chunk)
                if left < 0:
                    raise Fault("too_much")
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
        return left

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipped or name in self.SKIPPED:
            self.skipped += 1
            self.mark_item(name, attributes)
            return
        name = name.removeprefix(f"{WORDPROCESSING} ")
        if name == "t":
            self.inside = True
        elif name == "txbxContent":
            self.pieces.append([])
        else:
            self.add(self.SIGNS.get(name, ""))

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        name = name.removeprefix(f"{WORDPROCESSING} ")
        if name == "t":
            self.inside = False
        elif name == "txbxContent":
            self.boxes.append("".join(self.pieces.pop()))
        elif name == "p":
            self.add("\n")
            if len(self.pieces) == 1 and self.boxes:
                self.pieces[0] += self.boxes
                self.boxes = []

    def mark_item(self, name: str, attributes: dict[str, str]) -> None:
        """Write the bullet of an item of a list, which the file only names among what a paragraph looks like."""
        name, pieces = name.removeprefix(f"{WORDPROCESSING} "), self.pieces[-1]
        is_list_style = name == "pStyle" and attributes.get(self.STYLE, "").startswith("List")
        if (name == "numPr" or is_list_style) and pieces[-1:] != ["\u2022 "]:
            self.add("\u2022 ")

    def text(self, data: str) -> None:
        if self.inside:
            self.add(data)

    def add(self, data: str) -> None:
        if self.length <= LONGEST_TEXT:
            self.pieces[-1].append(data)
            self.length += len(data)

    def refuse(self, *_: Any) -> None:
        raise Fault("broken")


def from_pdf(content: bytes) -> tuple[str, bool]:
    """Return the text of a PDF's first pages, and whether there are more."""
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    # Many files are encrypted with an empty password, only so that they cannot be changed.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Fault("locked")
    return first_pages(len(reader.pages), lambda number: reader.pages[number].extract_text())


def from_pdf_by_places(content: bytes) -> tuple[str, bool]:
    """The same by PDFium, which sees by where the letters stand that words are apart, though no space is written."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)

    def text_of(number: int) -> str:
        text = str(document[number].get_textpage().get_text_bounded())
        # So it marks a hyphen at the end of a line.
        return text.replace("\r\n", "\n").replace("\x02", "\ufffe").replace("\ufffe\n", "-\n").replace("\ufffe", "")

    return first_pages(len(document), text_of)


def first_pages(count: int, text_of: Callable[[int], str]) -> tuple[str, bool]:
    """Return the text of as many of `count` pages as we read, and whether there are more."""
    pieces: list[str] = []
    for number in range(min(count, MOST_PAGES)):
        if sum(map(len, pieces)) > LONGEST_TEXT:
            break
        pieces.append(text_of(number))
    return "\n".join(pieces), count > len(pieces)


READERS: dict[str, Callable[[bytes], tuple[str, bool]]] = {
    "txt": lambda content: (from_txt(content), False),
    "docx": lambda content: (from_docx(content), False),
    "pdf": from_pdf,
    "pdf by places": from_pdf_by_places,
}


def answer(content: bytes, reader: str) -> dict[str, Any]:
    """Return what to say of the file: its text, or the fault."""
    try:
        whole, goes_on = READERS[reader](content)
        text = whole[:LONGEST_TEXT].replace("\0", "")
    except Fault as fault:
        return {"fault": fault.args[0]}
    except (MemoryError, RecursionError):
        return {"fault": "too_much"}
    except Exception as error:  # a damaged file may raise anything at all
        return {"fault": "locked" if "crypt" in f"{type(error).__name__} {error}".lower() else "broken"}
    if sum(map(str.isalpha, text)) < SHORTEST_TEXT:
        return {"fault": "no_text"}
    return {"text": text, "is_cut": goes_on or len(whole) > LONGEST_TEXT}


def main(reader: str) -> dict[str, Any]:
    logging.disable()
    # Whoever reads a page goes first.
    os.nice(NICENESS)
    content = sys.stdin.buffer.read()
    if kind_of(content) != reader.split()[0]:
        return {"fault": "wrong_kind"}
    # Loaded before the limits, which are for the file.
    if reader == "pdf":
        import pypdf  # noqa: F401
    elif reader == "pdf by places":
        import pypdfium2  # noqa: F401
    give_up_rights()
    return answer(content, reader)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
