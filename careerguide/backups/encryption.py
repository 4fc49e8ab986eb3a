"""Backups that only who has BACKUP_KEY can read: AES-GCM, piece by piece, so that memory stays small.

The file is START, a salt, a tag by which a wrong key is known from a damaged file, and the pieces. Each is numbered
and the last one marked, in its nonce, so that none can be left out, put elsewhere or cut off. The salt makes the key of
each file another one, so that no nonce comes twice.
"""

import hashlib
import secrets
from itertools import count
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .errors import BackupError

START = b"Careerguide encrypted backup 1\n"
SALT_BYTES = 16
TAG_BYTES = 16
PIECE_BYTES = 1024 * 1024
# The last byte of a nonce.
GOES_ON, LAST, CHECK = range(3)


def encrypt(source: Path, target: Path, key: str) -> None:
    """Write what is in `source` into `target`, encrypted."""
    salt = secrets.token_bytes(SALT_BYTES)
    cipher = _cipher(key, salt)
    with source.open("rb") as plain, target.open("wb") as file:
        file.write(START + salt + cipher.encrypt(_nonce(0, CHECK), b"", START + salt))
        piece = plain.read(PIECE_BYTES)
        for number in count():
            following = plain.read(PIECE_BYTES)
            file.write(cipher.encrypt(_nonce(number, GOES_ON if following else LAST), piece, None))
            if not following:
                return
            piece = following


def decrypt(source: Path, target: Path, key: str) -> None:
    """Write what was encrypted in `source` into `target`; BackupError with another key, or where it is not whole."""
    if not key:
        raise BackupError(f"{source} is encrypted. Set BACKUP_KEY to the key that it was made with.")
    with source.open("rb") as file, target.open("wb") as plain:
        file.read(len(START))
        salt, check = file.read(SALT_BYTES), file.read(TAG_BYTES)
        if len(check) < TAG_BYTES:
            raise BackupError(f"{source} is damaged or cut off.")
        cipher = _cipher(key, salt)
        try:
            cipher.decrypt(_nonce(0, CHECK), check, START + salt)
        except InvalidTag:
            raise BackupError(
                f"{source} was made with another key. Set BACKUP_KEY to the one that the site had then."
            ) from None
        try:
            _decrypt_pieces(cipher, file, plain)
        except InvalidTag:
            raise BackupError(f"{source} is damaged or cut off.") from None


def _decrypt_pieces(cipher: AESGCM, file: IO[bytes], plain: IO[bytes]) -> None:
    size = PIECE_BYTES + TAG_BYTES
    piece = file.read(size)
    for number in count():
        following = file.read(size)
        plain.write(cipher.decrypt(_nonce(number, GOES_ON if following else LAST), piece, None))
        if not following:
            return
        piece = following


def _cipher(key: str, salt: bytes) -> AESGCM:
    # Slow on purpose: a key that a person made up takes long to guess.
    return AESGCM(hashlib.scrypt(key.encode(errors="surrogateescape"), salt=salt, n=2**14, r=8, p=1, dklen=32))


def _nonce(number: int, kind: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([kind])
