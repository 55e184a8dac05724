#!/usr/bin/env python3
"""Writes sync/EXAMPLES.md to standard output: the worked examples, from sync/PROTOCOL.md and wire.py alone."""
import base64, hashlib

from wire import (Ed25519PrivateKey, X25519PrivateKey, X25519PublicKey, b64, canonical, content_key, counted,
                  driver_id_hash, leaf, manifest_digest, node, note, part_digest, public, seal, sign)

STREAM = {"terminal": "T869", "env": "uat"}
SNAPSHOT = "01KAPGQ9R0EXAMP0E0EXAMP0E0"
JOURNAL = "01KAP7Z3V8EXAMP0E0EXAMP0E0"
RESTORED = "01KAPK2V5REXAMP0E0EXAMP0E0"


def made(name):
    """32 bytes that are no secret: this page says what they are."""
    return hashlib.sha256(b"gatehouse example: " + name.encode()).digest()


PLATFORM = Ed25519PrivateKey.from_private_bytes(made("platform"))
APPLIANCE = Ed25519PrivateKey.from_private_bytes(made("appliance"))
TERMINAL = X25519PrivateKey.from_private_bytes(made("terminal"))
IDENTITY = made("identity")
CARD = "0012345678"
DRIVER = driver_id_hash(IDENTITY, "k1", CARD)


def say(*lines):
    print(*lines, sep="\n")
    print()


def block(name, text):
    say(f"```text {name}", text.decode() if isinstance(text, bytes) else text, "```")


def payload(**members):
    return canonical({**members, **STREAM})


def signed(name, typ, body, key=PLATFORM, kid="p1"):
    """Payload and message; gives the message."""
    block(name + ".payload", body)
    jws = sign(key, kid, typ, body)
    block(name + ".jws", jws)
    return jws


def sealed(name, jws):
    ephemeral = X25519PrivateKey.from_private_bytes(made(name + " ephemeral"))
    nonce = made(name + " nonce")[:12]
    jwe = seal(public(TERMINAL), "t1", jws, ephemeral, nonce)
    return ephemeral, nonce, jwe


RIGHT = {"kind": "releaseRight", "op": "upsert", "key": {"releaseId": "REL-20260301-0001"}, "data": {
    "releaseId": "REL-20260301-0001", "equipmentNumber": "CSQU3054383", "stayNumber": "STAY-4711",
    "releaseDateTimeUtc": "2026-03-01T08:15:30.123Z", "expirationDateTimeUtc": "2026-03-04T22:00:00.000Z",
    "meansOfTransport": "truck", "carrier": {"nxtEntityId": "NXT-100", "eori": "BE0123456789"},
    "driverIdHash": DRIVER, "driverMask": "**78", "assignmentAsOf": "2026-03-01T08:20:00.000Z",
    "lights": {"commercialrelease": "ok", "customs": "released", "terminaloperation": "discharged",
               "terminalready": "released"}, "source": "CPu"}}
RIGHT_AS_SENT = {"kind": "ReleaseRight", "op": "Upsert", "key": {"releaseId": "REL-20260301-0001"}, "data": {
    "equipmentNumber": "csqu 305438-3", "stayNumber": "STAY-4711", "releaseIdentification": None,
    "billOfLadingNumbers": ["BL-1"], "releaseDateTimeUtc": "2026-03-01T08:15:30.1234567Z",
    "expirationDateTimeUtc": "2026-03-04T23:00:00+01:00", "meansOfTransport": "truck",
    "carrier": {"nxtEntityId": "NXT-100", "name": "not kept", "eori": "BE0123456789", "tin": None},
    "driverIdHash": DRIVER, "driverMask": "**78", "assignmentAsOf": "2026-03-01T08:20:00Z",
    "lights": {"commercialrelease": "ok", "customs": {"value": "released", "at": "2026-03-01T08:00:00Z"},
               "customsprogress": None, "terminaloperation": "discharged", "terminalready": "released"}}}
APPOINTMENT = {"kind": "appointment", "op": "upsert", "key": {"tar": "TAR-0815"}, "data": {
    "slot": {"from": "2026-03-02T10:00:00.000Z", "to": "2026-03-02T11:00:00.000Z"}, "tractorPlate": "1ABC123",
    "haulier": {"nxtEntityId": "NXT-100"}, "driverIdHash": DRIVER,
    "jobs": [{"id": "1", "kind": "pickup_import_full", "equipmentNumber": "CSQU3054383", "stayNumber": "STAY-4711",
              "releaseId": "REL-20260301-0001", "sizeType": "45G1"}]}}
BADGE = {"kind": "driver", "op": "upsert", "key": {"driverIdHash": DRIVER}, "data": {
    "credentialHashes": [DRIVER], "mask": "**78", "status": "active", "validUntil": "2027-01-01T00:00:00.000Z",
    "language": "nl", "haulier": {"nxtEntityId": "NXT-100"}}}
BAN = {"kind": "ban", "op": "upsert", "key": {"reference": "BAN-7"}, "data": {"subject": "plate", "value": "1XYZ999"}}
CHANGES = [
    BADGE, APPOINTMENT, BAN,
    {"kind": "hold", "op": "delete", "key": {"reference": "HOLD-3"}},
    {"kind": "releaseRight", "op": "dirty", "key": {"releaseId": "REL-20260301-0002"}},
    {"kind": "releaseRight", "op": "revoke", "key": {"equipmentNumber": "MSKU9070323", "stayNumber": "STAY-4712"}},
    {"kind": "use", "op": "upsert", "key": {"releaseId": "REL-20260301-0003"}}]

say("# The protocol by example",
    "",
    "Every step of `PROTOCOL.md` with real bytes, so that another client can be checked step by step. **All keys here",
    "are for examples only**: each is SHA-256 of the text `gatehouse example: ` and a name (`platform`, `appliance`,",
    "`terminal`, `identity`), so everybody knows them.",
    "",
    "What stands within a fence is exact: no line is broken, and the line feed before the closing fence does not",
    "belong to it. `tests/sync/examples_test.cpp` reads this page and checks each fence against the code;",
    "`tests/sync/stranger/page.py`, which shares nothing with that code, writes it.")

say("## 1. Keys", "", "As configurations hold them: 32 bytes in 64 hex digits. A private key of Ed25519 is its seed",
    "(RFC 8032), one of X25519 its scalar as it comes (RFC 7748).")
say("The platform signs under the id `p1`:")
block("platform.seed", made("platform").hex())
block("platform.public", public(PLATFORM).hex())
say("The appliance signs under `a1`:")
block("appliance.seed", made("appliance").hex())
block("appliance.public", public(APPLIANCE).hex())
say("What may leave is encrypted to the terminal's `t1`:")
block("terminal.private", made("terminal").hex())
block("terminal.public", public(TERMINAL).hex())
say("Card numbers are hashed under `k1`:")
block("identity.key", IDENTITY.hex())

say("## 2. A driver", "", "The card's number, its ASCII digits:")
block("driver.card", CARD)
say("HMAC-SHA256 over it, in hex, behind the key's id:")
block("driver.hash", DRIVER)

say("## 3. A head", "", "Signed, not encrypted. The payload:")
head = payload(epoch=3, sequence=14, issuedAt="2026-03-02T09:59:58.250Z", sourceAsOf="2026-03-02T09:59:57.000Z")
block("head.payload", head)
jws = sign(PLATFORM, "p1", "gate-head", head)
say("The header:")
block("head.header", canonical({"alg": "EdDSA", "kid": "p1", "typ": "gate-head"}))
say("What is signed, each of the two in base64url:")
block("head.input", jws.rpartition(".")[0])
say("The signature, 64 bytes in hex:")
block("head.signature", PLATFORM.sign(jws.rpartition(".")[0].encode()).hex())
say("What is published on `gate/v1/T869/head`:")
block("head.jws", jws)

say("## 4. A batch of updates", "",
    "Seven changes, numbers 8 to 14: a badge, an appointment, a ban, a hold that is over, a right that changed, one",
    "that is withdrawn and named by its container stay, one used at another gate.")
jws = signed("batch", "gate-updates", payload(epoch=3, first=8, last=14, changes=CHANGES))
say("Now it is encrypted to the terminal. An ephemeral key, here a fixed one:")
ephemeral, nonce, jwe = sealed("batch", jws)
block("batch.ephemeral.private", made("batch ephemeral").hex())
block("batch.ephemeral.public", public(ephemeral).hex())
say("The secret that both sides compute, X25519 of one's private and the other's public key:")
shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public(TERMINAL)))
block("batch.shared", shared.hex())
say("What the Concat KDF hashes once with SHA-256: the counter 1, the secret, `A256GCM` with its length, the two empty",
    "party infos with theirs, the number of bits; each number in four bytes, the highest first:")
block("batch.kdf", ((1).to_bytes(4, "big") + shared + counted(b"A256GCM") + counted(b"") + counted(b"") +
                    (256).to_bytes(4, "big")).hex())
say("The content key:")
block("batch.key", content_key(shared).hex())
say("The header:")
encoded = jwe.split(".")[0]
block("batch.jwe.header", canonical({"alg": "ECDH-ES", "cty": "JOSE", "enc": "A256GCM", "kid": "t1", "epk": {
    "crv": "X25519", "kty": "OKP", "x": b64(public(ephemeral))}}))
say("In base64url it is the first part of the message and the additional data:")
block("batch.aad", encoded)
say("The nonce, 12 bytes, here a fixed one:")
block("batch.nonce", nonce.hex())
say("The plaintext is `batch.jws`. What is published on `gate/v1/T869/updates`: header, nothing (the key is agreed, not",
    "sent), nonce, ciphertext, tag:")
block("batch.jwe", jwe)
say("The members of a change may come as the platform has them. This is taken as the right of part 1 below, except",
    "that the time is kept to the millisecond:")
block("right.as-sent", canonical(RIGHT_AS_SENT))

say("## 5. A snapshot of two parts", "", "Part 1:")
contents = [[RIGHT, BADGE], [APPOINTMENT, BAN]]
bodies = [payload(ulid=SNAPSHOT, part=number, changes=changes) for number, changes in enumerate(contents, 1)]
digests = [part_digest(body) for body in bodies]
parts = []
for number, body in enumerate(bodies, 1):
    if number > 1:
        say(f"Part {number}:")
    parts.append(signed(f"part{number}", "gate-snapshot-part", body))
    say("SHA-256 of its payload:")
    block(f"part{number}.sha256", digests[number - 1])
say("Both digests, each with a line feed behind it, hashed again: the digest of the snapshot.")
block("manifest.digest", manifest_digest(digests))
say("The manifest:")
manifest = signed("manifest", "gate-snapshot-manifest", payload(
    ulid=SNAPSHOT, epoch=3, sequence=7, count=4, parts=[{"sha256": digest, "count": 2} for digest in digests],
    digest=manifest_digest(digests), issuedAt="2026-03-02T09:59:00.000Z", sourceAsOf="2026-03-02T09:58:59.500Z"))
say(f"What is published on `gate/v1/T869/snapshots/{SNAPSHOT}/0`, `/1` and `/2`:")
for name, jws in [("manifest", manifest), ("part1", parts[0]), ("part2", parts[1])]:
    block(name + ".jwe", sealed(name, jws)[2])

say("## 6. A request", "", "By the appliance, on `gate/v1/T869/requests/a1`: from which number on updates are missing.")
signed("request", "gate-request", payload(appliance="a1", ulid="01KAPGQB50EXAMP0E0EXAMP0E0", kind="updates", epoch=3,
                                          issuedAt="2026-03-02T10:00:01.000Z", **{"from": 8}), APPLIANCE, "a1")

say("## 7. An event", "", "By the appliance, on `gate/v1/T869/events/a1`: a truck has left with its container.")
signed("event", "gate-event", payload(
    appliance="a1", journalId=JOURNAL, number=41, ulid="01KAPHT8M0EXAMP0E0EXAMP0E0", event={
        "kind": "gate_out", "at": "2026-03-02T10:42:07.500Z", "lane": "out-1", "passage": "01KAPHT0D0EXAMP0E0EXAMP0E0",
        "visit": "01KAPGR8A0EXAMP0E0EXAMP0E0", "tar": "TAR-0815", "job": "1", "releaseId": "REL-20260301-0001",
        "stayNumber": "STAY-4711", "equipmentNumber": "CSQU3054383", "sizeType": "45G1", "plate": "1ABC123",
        "driverIdHash": DRIVER, "haulier": {"nxtEntityId": "NXT-100"}, "reasons": [], "followUps": [],
        "standing": {"mode": "online", "dataAsOf": "2026-03-02T10:42:03.000Z", "reconciling": False},
        "operators": []}), APPLIANCE, "a1")

say("## 8. A receipt", "", "By the platform, on `gate/v1/T869/receipts/a1`: all up to 41 are taken over, but 39 is refused.")
signed("receipt", "gate-receipt", payload(
    appliance="a1", journalId=JOURNAL, upTo=41, refused=[{"number": 39, "reason": "unknown releaseId"}],
    upToUlid="01KAPHT8M0EXAMP0E0EXAMP0E0"))

say("## 9. A status", "", "By the appliance, on `gate/v1/T869/status/a1`: it has applied everything up to 14.")
signed("status", "gate-status", payload(
    appliance="a1", online=True, version="0.1.0", issuedAt="2026-03-02T10:00:02.000Z", mode="online",
    dataAsOf="2026-03-02T09:59:57.000Z", reconciling=False, clockTrusted=True, epoch=3, sequence=14, journalId=JOURNAL,
    journalSound=True, events=41, outbox=0, lanes=["in-1", "out-1"]), APPLIANCE, "a1")

say("## 10. A checkpoint", "", "A log of two leaves. Each record")
records = [b'{"example":1}', b'{"example":2}']
salts = [made(f"salt {number}")[:16] for number in (1, 2)]
leaves = [leaf(salt, record) for salt, record in zip(salts, records)]
for number, (salt, record) in enumerate(zip(salts, records), 1):
    block(f"leaf{number}.record", record)
    say("with the salt")
    block(f"leaf{number}.salt", salt.hex())
    say("is hashed to the leaf")
    block(f"leaf{number}.hash", leaves[number - 1].hex())
say("Both of them make the root, in base64:")
root = base64.b64encode(node(*leaves)).decode()
block("checkpoint.root", root)
say("By the appliance, on `gate/v1/T869/checkpoints/a1`: the note, signed under the same key, in a signed message.")
signed("checkpoint", "gate-checkpoint", payload(appliance="a1", journalId=JOURNAL, note=note(
    APPLIANCE, "gatehouse/T869/a1", f"gatehouse/T869/a1/{JOURNAL}\n2\n{root}\n")), APPLIANCE, "a1")

say("## 11. A restored journal", "", "By the appliance, on `gate/v1/T869/status/a1`: its journal was put back from a copy that",
    "knows the first 30 events, and goes on under a new name. It remembers that there were 41.")
signed("restored", "gate-status", payload(
    appliance="a1", online=True, version="0.1.0", issuedAt="2026-03-02T11:00:02.000Z", mode="restricted",
    dataAsOf="2026-03-02T10:59:57.000Z", reconciling=False, clockTrusted=True, epoch=3, sequence=14, journalId=RESTORED,
    journalSound=True, events=1, outbox=1, lanes=["in-1", "out-1"], restored={
        "knows": [{"journalId": JOURNAL, "upTo": 30}], "lacks": [{"journalId": JOURNAL, "upTo": 41}]}), APPLIANCE, "a1")
say("By the platform, on `gate/v1/T869/receipts/a1`: what events 31 to 41 used is a `use` in the stream up to 15.")
signed("told", "gate-receipt", payload(appliance="a1", journalId=RESTORED, upTo=0, refused=[], told={
    "epoch": 3, "sequence": 15, "knows": [{"journalId": JOURNAL, "upTo": 41}]}))
