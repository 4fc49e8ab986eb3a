"""The publishers whose files are imported, a module each that reads their files and declares the Publisher."""

from . import oews, onet, ooh, projections

OWN = [oews.PUBLISHER, projections.PUBLISHER, ooh.PUBLISHER, onet.PUBLISHER]
