"""Signatures, encryption and names as sync/PROTOCOL.md has them, and from that page alone: nothing here looks at
sync/wire, so that the page is known to be enough."""
import base64, hashlib, hmac, json, os

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.concatkdf import ConcatKDFHash


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public(key):
    """The 32 bytes of the public half of either kind of key."""
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def canonical(value):
    """RFC 8785, for what is sent here: texts, whole numbers, true and false."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign(key, kid, typ, payload):
    """Section 2: JWS, compact."""
    signed = b64(canonical({"alg": "EdDSA", "kid": kid, "typ": typ})) + "." + b64(payload)
    return signed + "." + b64(key.sign(signed.encode()))


def verified(public_key, kid, typ, message):
    """The payload of a message that is signed under that key and of that kind; raises otherwise."""
    signed, _, signature = message.rpartition(".")
    Ed25519PublicKey.from_public_bytes(public_key).verify(unb64(signature), signed.encode())
    header, payload = (unb64(part) for part in signed.split("."))
    assert json.loads(header) == {"alg": "EdDSA", "kid": kid, "typ": typ}, header
    return json.loads(payload)


def counted(data):
    return len(data).to_bytes(4, "big") + data


def content_key(shared):
    """Section 2.1: the Concat KDF of RFC 7518, section 4.6.2, for A256GCM."""
    info = counted(b"A256GCM") + counted(b"") + counted(b"") + (256).to_bytes(4, "big")
    return ConcatKDFHash(hashes.SHA256(), 32, info).derive(shared)


def seal(terminal, kid, jws, ephemeral=None, nonce=None):
    """Section 2.1: JWE, compact, around the signed message. An ephemeral key and a nonce are given for the page's
    examples alone: who uses either twice gives the messages away."""
    ephemeral = ephemeral or X25519PrivateKey.generate()
    nonce = nonce or os.urandom(12)
    header = b64(canonical({"alg": "ECDH-ES", "cty": "JOSE", "enc": "A256GCM", "kid": kid,
                            "epk": {"crv": "X25519", "kty": "OKP", "x": b64(public(ephemeral))}}))
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(terminal))
    sealed = AESGCM(content_key(shared)).encrypt(nonce, jws.encode(), header.encode())
    return ".".join([header, "", b64(nonce), b64(sealed[:-16]), b64(sealed[-16:])])


def driver_id_hash(key, key_id, card):
    """Section 3.1."""
    assert card.isascii() and card.isdigit() and 4 <= len(card) <= 20
    return key_id + ":" + hmac.new(key, card.encode(), hashlib.sha256).hexdigest()


def part_digest(payload):
    return hashlib.sha256(payload).hexdigest()


def manifest_digest(digests):
    return hashlib.sha256("".join(digest + "\n" for digest in digests).encode()).hexdigest()


def leaf(salt, record):
    """Section 5.4: a leaf of the log as RFC 6962, section 2.1, hashes it."""
    return hashlib.sha256(b"\x00" + hashlib.sha256(salt + record).digest()).digest()


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def note(key, name, text):
    """C2SP signed-note, with a signature of Ed25519 (type 1)."""
    hint = hashlib.sha256(name.encode() + b"\n\x01" + public(key)).digest()[:4]
    signature = base64.b64encode(hint + key.sign(text.encode())).decode()
    return f"{text}\n\u2014 {name} {signature}\n"
