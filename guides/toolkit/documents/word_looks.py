"""What a design makes of Word's styles: faces, colors, lines, and where things stand."""

from typing import Any, cast

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from .designs import INK, SOFT, WORD_FONTS, Design, Head, Headings

# Styles of our own for the lines below the name; by their ids, as a document names them.
LABEL, CONTACT = "Headline", "Headcontact"
MARGIN, BULLET = Mm(24), Mm(6)
WHITE = "#ffffff"
# In the order that the standard asks of a paragraph's properties.
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
# Our sizes are those of the PDF's faces: Word's are drawn smaller.
LARGER = 1.1


def put_on(target: WordDocument, design: Design) -> None:
    """Set the styles of a new document as the design has them."""
    ink = WHITE if design.head == Head.BLOCK else design.accent
    soft = WHITE if design.head == Head.BLOCK else SOFT
    for name in ("Head line", "Head contact"):
        target.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = target.styles["Normal"]
    for name, face, size, before, after, color in (
        ("Normal", design.body, design.size, 0, 3, INK),
        ("Heading 1", design.display, design.name_size, 0, 3, ink),
        ("Head line", design.display, design.size * 1.15, 0, 2, soft),
        ("Head contact", design.body, design.size, 0, 6, soft),
        ("Heading 2", design.display, design.heading_size * 1.1, 12, 4, design.accent),
        ("Heading 3", design.body, design.size, 8, 2, INK),
        ("List Bullet", design.body, design.size, 0, 2, INK),
    ):
        _face(style(target, name), WORD_FONTS[face], size * LARGER, color)
        style(target, name).paragraph_format.space_before = Pt(before)
        style(target, name).paragraph_format.space_after = Pt(after)
    _head(target, design)
    _headings(target, design)


def style(target: WordDocument, name: str) -> ParagraphStyle:
    """A style of paragraphs, by its name."""
    return cast(ParagraphStyle, target.styles[name])


def _face(style: ParagraphStyle, face: str, size: float, color: str) -> None:
    style.font.name, style.font.size, style.font.color.rgb = face, Pt(round(size * 2) / 2), _color(color)
    # The template's headings name a theme font, which would win over ours.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _head(target: WordDocument, design: Design) -> None:
    lines = [style(target, name) for name in ("Heading 1", "Head line", "Head contact")]
    for line in lines:
        if design.head == Head.MIDDLE:
            line.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if design.head == Head.BLOCK:
            _shade(line, design.accent)
    if design.head == Head.BAND:
        _border(lines[0], "top", design.accent, points=6, space=8)
    if design.headings == Headings.MARGIN:
        _border(lines[2], "bottom", design.rule, points=2, space=6)


def _headings(target: WordDocument, design: Design) -> None:
    heading = style(target, "Heading 2")
    match design.headings:
        case Headings.LINE:
            _border(heading, "bottom", design.rule)
        case Headings.LINES:
            _border(heading, "top", design.rule)
            _border(heading, "bottom", design.rule)
            heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        case Headings.WASH:
            _border(heading, "left", design.accent, points=3, space=4)
            _shade(heading, design.wash)


def indent(target: WordDocument) -> None:
    """Leave a margin beside what stands below the headings."""
    for name in ("Normal", "Heading 3"):
        style(target, name).paragraph_format.left_indent = MARGIN
    for name in ("Heading 1", "Heading 2", "Head line", "Head contact"):
        style(target, name).paragraph_format.left_indent = Mm(0)
    bullets = style(target, "List Bullet").paragraph_format
    bullets.left_indent, bullets.first_line_indent = Mm(30), -BULLET


def _color(text: str) -> RGBColor:
    return RGBColor.from_string(text.removeprefix("#").upper())


def _border(style: ParagraphStyle, side: str, color: str, points: float = 0.75, space: int = 2) -> None:
    """A line at one side of each paragraph of a style."""
    properties: Any = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(borders, *AFTER_BORDERS)
    line = OxmlElement(f"w:{side}")
    values = {"val": "single", "sz": round(points * 8), "space": space, "color": color.removeprefix("#")}
    for name, value in values.items():
        line.set(qn(f"w:{name}"), str(value))
    borders.append(line)


def _shade(style: ParagraphStyle, color: str) -> None:
    """A ground of color below each paragraph of a style."""
    properties: Any = style.element.get_or_add_pPr()
    ground = OxmlElement("w:shd")
    for name, value in {"val": "clear", "color": "auto", "fill": color.removeprefix("#")}.items():
        ground.set(qn(f"w:{name}"), value)
    properties.insert_element_before(ground, *AFTER_BORDERS[1:])
