import hashlib
import hmac
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from gateway.baseline.keys import INFO, new_pair, opening_key, sealing_key
from tests.unit.baseline.records import PAIR, opening, sealing

PRIVATE, PUBLIC = PAIR.private.decode(), PAIR.public.decode()


@pytest.mark.parametrize("plain", [b"", b"a canary", bytes(100_000)], ids=len)
def test_what_the_public_key_seals_the_private_key_opens(plain):
    assert opening().open(sealing().seal(plain)) == plain


def test_the_halves_of_a_pair_have_one_id():
    assert sealing().id == opening().id
    assert len(sealing().id) == 8
    assert sealing(new_pair()).id != sealing().id


def test_each_text_is_sealed_with_a_key_of_its_own():
    first, second = sealing().seal(b"a canary"), sealing().seal(b"a canary")
    assert first[:32] != second[:32]
    assert first[32:] != second[32:]


@pytest.mark.parametrize("at", [0, 31, 32, 60, -1])
def test_a_changed_text_does_not_open(at):
    sealed = bytearray(sealing().seal(b"thirty characters of a canary."))
    sealed[at] ^= 1
    with pytest.raises(ValueError, match="does not open"):
        opening().open(bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", bytes(31), bytes(32), bytes(100)], ids=len)
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(ValueError, match="does not open"):
        opening().open(sealed)


def test_it_opens_neither_with_another_key_nor_for_another_purpose():
    sealed = sealing().seal(b"a canary")
    for other in (opening(new_pair()), opening_key(PRIVATE, info=b"something else")):
        with pytest.raises(ValueError, match="does not open"):
            other.open(sealed)
    assert opening_key(PRIVATE, info=b"x").open(sealing_key(PUBLIC, info=b"x").seal(b"a canary")) == b"a canary"


def test_keys_show_nothing_of_themselves():
    shown = f"{PAIR!r} {opening()!r} {sealing()!r}"
    assert "PRIVATE" not in shown
    assert PRIVATE.splitlines()[1] not in shown


def test_openssl_makes_such_keys_too():
    private = subprocess.run(
        ["openssl", "genpkey", "-algorithm", "X25519"], capture_output=True, text=True, check=True
    ).stdout
    public = subprocess.run(
        ["openssl", "pkey", "-pubout"], input=private, capture_output=True, text=True, check=True
    ).stdout
    assert opening_key(private).open(sealing_key(public).seal(b"a canary")) == b"a canary"


def test_a_private_key_is_refused_where_records_are_sealed():
    with pytest.raises(ValueError, match="this is the private key"):
        sealing_key(PRIVATE)


def _pem(key: ec.EllipticCurvePrivateKey | X25519PrivateKey, passphrase: bytes = b"") -> tuple[str, str]:
    secrecy = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secrecy).decode()
    return private, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


CURVE = _pem(ec.generate_private_key(ec.SECP256R1()))


@pytest.mark.parametrize("text", ["", "canary", PUBLIC.replace("M", "N", 1), CURVE[1]], ids=range(4))
def test_what_is_no_public_key_is_refused_without_being_shown(text):
    with pytest.raises(ValueError, match=r"^expected an X25519 public key in PEM$"):
        sealing_key(text)


@pytest.mark.parametrize("text", ["", PUBLIC, CURVE[0], _pem(X25519PrivateKey.generate(), b"canary")[0]], ids=range(4))
def test_what_is_no_private_key_is_refused_without_being_shown(text):
    with pytest.raises(ValueError, match=r"^expected an X25519 private key in PEM, without a passphrase$"):
        opening_key(text)


def test_the_form_is_that_of_rfc_9180():
    """Section numbers are the RFC's: whoever has the private key needs nothing of ours to open a record."""
    sealed = sealing().seal(b"a canary")
    private = load_pem_private_key(PAIR.private, password=None)
    assert isinstance(private, X25519PrivateKey)

    def extract(suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:  # 4: LabeledExtract
        return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + key, hashlib.sha256)

    def expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:  # 4: LabeledExpand
        labelled = length.to_bytes(2) + b"HPKE-v1" + suite + label + info
        return hmac.digest(secret, labelled + b"\x01", hashlib.sha256)[:length]

    kem = b"KEM" + (0x0020).to_bytes(2)  # 7.1: DHKEM(X25519, HKDF-SHA256)
    hpke = b"HPKE" + (0x0020).to_bytes(2) + (0x0001).to_bytes(2) + (0x0003).to_bytes(2)  # 7.2, 7.3
    ephemeral, ciphertext = sealed[:32], sealed[32:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    context = ephemeral + private.public_key().public_bytes_raw()  # 4.1: Decap
    secret = expand(kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    schedule = b"\x00" + extract(hpke, b"", b"psk_id_hash", b"") + extract(hpke, b"", b"info_hash", INFO)  # 5.1
    secret = extract(hpke, secret, b"secret", b"")
    key, nonce = expand(hpke, secret, b"key", schedule, 32), expand(hpke, secret, b"base_nonce", schedule, 12)
    assert ChaCha20Poly1305(key).decrypt(nonce, ciphertext, b"") == b"a canary"
