"""Why a picture is not taken."""


class PictureRefused(Exception):
    """A picture that readers cannot be given; its text says why, to the editor."""
