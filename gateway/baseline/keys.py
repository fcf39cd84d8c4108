"""The operator's pair of keys: one seals records and lies on every gateway, the other opens them and lies on none.

A record is sealed with HPKE (RFC 9180) in base mode, as one message: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
ChaCha20-Poly1305. Each has an ephemeral key of its own, so that not even who sealed it can open it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec

INFO = b"id-document-gateway baseline 1"
"""HPKE's ``info`` for records: what was sealed with one key for several purposes opens for its own alone."""

KEY_ID = 8
"""Bytes of a key's id: the first of the SHA-256 of the 32 bytes of the public key."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """The public half. ``seal`` hides bytes from everybody but the operator."""

    id: bytes
    seal: Callable[[bytes], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpeningKey:
    """The private half. ``open`` raises ValueError for what was not sealed to it, or was changed since."""

    id: bytes
    open: Callable[[bytes], bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Two PEM texts, as those of ``openssl genpkey -algorithm X25519``: PKCS 8 and SubjectPublicKeyInfo."""

    private: bytes = field(repr=False)
    public: bytes


def new_pair() -> KeyPair:
    """Raises ValueError where the extra is not installed, as the other functions do."""
    _need_the_extra()
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415

    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    key = X25519PrivateKey.generate()
    return KeyPair(
        private=key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain),
        public=key.public_key().public_bytes(pem, serialization.PublicFormat.SubjectPublicKeyInfo),
    )


def sealing_key(pem: str, info: bytes = INFO) -> SealingKey:
    """The key in the text of a public key file; ValueError where it is something else, a private key above all."""
    if "PRIVATE KEY" in pem:
        raise ValueError("this is the private key: it must not lie where records are sealed")
    _need_the_extra()
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives import hpke, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey  # noqa: PLC0415

    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, X25519PublicKey):
        suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
        return SealingKey(_id(key.public_bytes_raw()), partial(suite.encrypt, public_key=key, info=info))
    raise ValueError("expected an X25519 public key in PEM")


def opening_key(pem: str, info: bytes = INFO) -> OpeningKey:
    """The key in the text of a private key file; ValueError where it is something else."""
    _need_the_extra()
    from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives import hpke, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415

    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if isinstance(key, X25519PrivateKey):
        suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
        decrypt = partial(suite.decrypt, private_key=key, info=info)
        return OpeningKey(_id(key.public_key().public_bytes_raw()), partial(_opened, decrypt, InvalidTag))
    raise ValueError("expected an X25519 private key in PEM, without a passphrase")


def _opened(decrypt: Callable[[bytes], bytes], refusal: type[Exception], sealed: bytes) -> bytes:
    try:
        return decrypt(sealed)
    except refusal:
        raise ValueError("does not open with this key") from None


def _id(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()[:KEY_ID]


def _need_the_extra() -> None:
    if find_spec("cryptography") is None or find_spec("cryptography.hazmat.primitives.hpke") is None:
        raise ValueError("this needs the extra baseline: pip install 'id-document-gateway[baseline]'")
