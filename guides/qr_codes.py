"""Addresses as QR pictures, drawn as SVG paths for templates: no style attribute, so that they pass our policy."""

from dataclasses import dataclass

import qrcode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

# Beyond this a picture of an inch is too fine for a phone's camera.
LONGEST = 400
# From here on a picture with less correction is read more surely, as its squares are larger.
LONG = 120


@dataclass(frozen=True)
class Picture:
    """A square picture: the length of a side, its quiet edge included, and the path of its dark squares."""

    size: int
    path: str

    @property
    def svg(self) -> str:
        """The picture as a file of its own, black on white."""
        edge = f"0 0 {self.size} {self.size}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{edge}" shape-rendering="crispEdges">'
            f'<rect width="{self.size}" height="{self.size}" fill="#fff"/><path d="{self.path}"/></svg>'
        )


def picture(text: str, border: int = 4) -> Picture | None:
    """Return the QR picture of `text`, with an edge of `border` squares; None where it would be too fine to read."""
    if len(text) > LONGEST:
        return None
    code = qrcode.QRCode(border=border, error_correction=ERROR_CORRECT_L if len(text) > LONG else ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    squares = [f"M{x},{y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark]
    return Picture(len(matrix), "".join(squares))
