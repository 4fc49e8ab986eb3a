"""Reads a resume on standard input and writes its text as JSON. Run by extraction.py in a process of its own.

It knows nothing of Django. Before it looks at the file it gives up the rights to memory, time and files that it
does not need, so whatever a file does ends here.
"""

import io
import json
import logging
import resource
import sys
import zipfile
from xml.parsers import expat

LONGEST_TEXT = 40_000  # characters
SHORTEST_TEXT = 20  # letters; a scan may hold a page number or a name
MOST_PAGES = 30
MOST_XML = 24 * 1024 * 1024  # bytes, unpacked: a long resume's document.xml is below 1 MB
MEMORY = 28 * 1024 * 1024  # bytes more than when it starts
SECONDS = 2
WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml")


class Fault(Exception):
    """The file cannot be read; the argument says why in one word for extraction.py."""


def give_up_rights():
    """Set limits that nothing in this process can raise again."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    except (OSError, ValueError):
        pass  # not Linux: time and size limits remain


def kind_of(content):
    """What the bytes are, whatever the file is called."""
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "docx"
    return "txt"


def from_txt(content):
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


def from_docx(content):
    """Return the text of a Word document, a paragraph a line, read in a stream that ends at `MOST_XML`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Fault("broken") from error
    names = set(archive.namelist())
    if PARTS[0] not in names:
        raise Fault("wrong_kind")
    reader = WordText()
    left = MOST_XML
    for part in PARTS:
        if part in names:
            left = reader.read(archive, part, left)
    return "".join(reader.pieces)


class WordText:
    """Collects the text of WordprocessingML, and refuses what could grow: document types and huge parts."""

    def __init__(self):
        self.pieces, self.length, self.inside = [], 0, False

    def read(self, archive, part, left):
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

    def start(self, name, attributes):
        name = name.removeprefix(f"{WORDPROCESSING} ")
        if name == "t":
            self.inside = True
        elif name in {"tab", "br", "cr"}:
            self.add("\t" if name == "tab" else "\n")

    def end(self, name):
        name = name.removeprefix(f"{WORDPROCESSING} ")
        if name == "t":
            self.inside = False
        elif name in {"p", "tc"}:
            self.add("\n")

    def text(self, data):
        if self.inside:
            self.add(data)

    def add(self, data):
        if self.length <= LONGEST_TEXT:
            self.pieces.append(data)
            self.length += len(data)

    def refuse(self, *_):
        raise Fault("broken")


def from_pdf(content):
    """Return the text of a PDF's first pages, and whether there are more."""
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(content), strict=False)
    # Many files are encrypted with an empty password, only so that they cannot be changed.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Fault("locked")
    pieces, length = [], 0
    for page in reader.pages[:MOST_PAGES]:
        if length > LONGEST_TEXT:
            break
        pieces.append(page.extract_text())
        length += len(pieces[-1])
    return "\n".join(pieces), len(reader.pages) > len(pieces)


READERS = {
    "txt": lambda content: (from_txt(content), False),
    "docx": lambda content: (from_docx(content), False),
    "pdf": from_pdf,
}


def answer(content, kind):
    """Return what to say of the file: its text, or the fault."""
    try:
        whole, goes_on = READERS[kind](content)
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


def main(kind):
    logging.disable()
    content = sys.stdin.buffer.read()
    if kind_of(content) != kind:
        return {"fault": "wrong_kind"}
    if kind == "pdf":
        import pypdf  # noqa: F401 - loaded before the limits, which are for the file
    give_up_rights()
    return answer(content, kind)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
