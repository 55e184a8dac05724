#!/usr/bin/env python3
"""A platform's client, small but whole, from sync/PROTOCOL.md alone.

usage: bridge.py speak DIR NOW   makes a signing key and writes what a platform says at that time (ISO 8601):
                                   head, updates, snapshot-0, snapshot-1, snapshot-2
       bridge.py listen DIR      checks what an appliance said (request, status, event) and writes the receipt
       bridge.py answer DIR NOW  answers all that it ever said (events, one message a line) and its newest status:
                                   receipts, one message a line; to a restored journal also updates and head

Keys lie in DIR as 64 hex digits: terminal.pub, appliance.pub and identity.key are given; platform.key and
platform.pub are made. Each message is a file that holds what would be published.
"""
import datetime, json, pathlib, sys

from wire import (Ed25519PrivateKey, canonical, driver_id_hash, manifest_digest, part_digest, public, seal,
                  serialization, sign, verified)

STREAM = {"terminal": "T869", "env": "uat"}
SNAPSHOT = "01KAPGQ9R0" + 16 * "0"


def payload(**members):
    """Any JSON will do: this platform orders its members as it likes, and indents them."""
    return json.dumps({**members, **STREAM}, indent=1).encode()


def right(now, release_id, container, stay, **data):
    return {"kind": "releaseRight", "op": "upsert", "key": {"releaseId": release_id},
            "data": {"equipmentNumber": container, "stayNumber": stay, "releaseDateTimeUtc": now(-7200),
                     "expirationDateTimeUtc": now(86400), "lights": {"Customs": {"value": "RELEASED"}}, **data}}


def contents(now, driver):
    """The changes of the snapshot's two parts."""
    return [[right(now, "R1", "csqu 305438-3", "S1", driverIdHash=driver, driverMask=None),
             {"kind": "driver", "op": "upsert", "key": {"driverIdHash": driver},
              "data": {"status": "Active", "credentialHashes": [driver]}}],
            [{"kind": "appointment", "op": "upsert", "key": {"tar": "TAR1"},
              "data": {"slot": {"from": now(-600), "to": now(3600)}, "tractorPlate": "1-ABC-123",
                       "jobs": [{"id": "J1", "kind": "pickup_import_full", "equipmentNumber": "CSQU3054383",
                                 "stayNumber": "S1", "releaseId": "R1"}]}},
             {"kind": "ban", "op": "upsert", "key": {"reference": "B1"},
              "data": {"subject": "plate", "value": "1-XYZ-999"}}]]


def clock(at):
    def now(seconds=0):  # with seven digits behind the second, and an offset in place of Z
        then = datetime.datetime.fromisoformat(at) + datetime.timedelta(seconds=seconds)
        return then.strftime("%Y-%m-%dT%H:%M:%S.%f0") + "+00:00"
    return now


def given(folder, name):
    return bytes.fromhex((folder / name).read_text())


def own_key(folder):
    return Ed25519PrivateKey.from_private_bytes(given(folder, "platform.key"))


def confidential(folder, typ, body):
    return seal(given(folder, "terminal.pub"), "t1", sign(own_key(folder), "p1", typ, body))


def speak(folder, at):
    now = clock(at)
    key = Ed25519PrivateKey.generate()
    (folder / "platform.pub").write_text(public(key).hex())
    (folder / "platform.key").write_text(key.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()).hex())

    parts = contents(now, driver_id_hash(given(folder, "identity.key"), "k1", "0012345678"))
    bodies = [payload(ulid=SNAPSHOT, part=number, changes=changes) for number, changes in enumerate(parts, 1)]
    digests = [part_digest(body) for body in bodies]
    manifest = payload(ulid=SNAPSHOT, epoch=3, sequence=10, count=sum(map(len, parts)),
                       parts=[{"sha256": digest, "count": len(part)} for digest, part in zip(digests, parts)],
                       digest=manifest_digest(digests), issuedAt=now(), sourceAsOf=now(-1))
    updates = payload(epoch=3, first=11, last=13, changes=[
        right(now, "R2", "MSKU9070323", "S2"),
        {"kind": "releaseRight", "op": "revoke", "key": {"equipmentNumber": "MSKU9070323", "stayNumber": "S2"}},
        {"kind": "use", "op": "upsert", "key": {"releaseId": "R3"}}])
    head = payload(epoch=3, sequence=13, issuedAt=now(), sourceAsOf=now(-1))

    (folder / "head").write_text(sign(key, "p1", "gate-head", head))
    (folder / "updates").write_text(confidential(folder, "gate-updates", updates))
    (folder / "snapshot-0").write_text(confidential(folder, "gate-snapshot-manifest", manifest))
    for number, body in enumerate(bodies, 1):
        (folder / f"snapshot-{number}").write_text(confidential(folder, "gate-snapshot-part", body))


def opened(folder, typ, message):
    body = verified(given(folder, "appliance.pub"), "a1", typ, message)
    assert {"terminal": body["terminal"], "env": body["env"]} == STREAM, body
    return body


def listen(folder):
    request, status, event = (opened(folder, "gate-" + name, (folder / name).read_text())
                              for name in ("request", "status", "event"))
    assert request["kind"] == "snapshot" and request["appliance"] == "a1", request
    assert (status["epoch"], status["sequence"], status["mode"]) == (3, 13, "online"), status
    assert event["number"] == 1 and event["event"]["kind"] in ("mode_changed", "gate_out"), event
    receipt = canonical({**STREAM, "appliance": event["appliance"], "journalId": event["journalId"],
                         "upTo": event["number"], "refused": []})
    (folder / "receipt").write_text(sign(own_key(folder), "p1", "gate-receipt", receipt))


def in_use(events):
    """The rights that these events, in their order, used or let a truck in for that may be inside."""
    rights = set()
    for event in events:
        if event["kind"] in ("granted", "gate_in", "overridden", "gate_out") and "releaseId" in event:
            rights.add(event["releaseId"])
        elif event["kind"] == "gate_out_reversed":
            rights.discard(event.get("releaseId"))
    return rights


def answer(folder, at):
    """Sections 4.4 and 5.5."""
    now, journals = clock(at), {}
    for message in (folder / "events").read_text().split():
        event = opened(folder, "gate-event", message)
        journals.setdefault(event["journalId"], {}).setdefault(event["number"], event)
    status = opened(folder, "gate-status", (folder / "status").read_text())
    journals.setdefault(status["journalId"], {})

    def up_to(journal):  # without a hole
        return next(number for number in range(len(journals[journal]) + 1) if number + 1 not in journals[journal])

    told = None
    if "restored" in status:
        knows = {one["journalId"]: one["upTo"] for one in status["restored"]["knows"]}
        beyond = [event["event"] for journal, events in journals.items() if journal != status["journalId"]
                  for number, event in sorted(events.items()) if number > knows.get(journal, 0)]
        uses = [{"kind": "use", "op": "upsert", "key": {"releaseId": right}} for right in sorted(in_use(beyond))]
        last = 13 + len(uses)
        if uses:
            body = payload(epoch=3, first=14, last=last, changes=uses)
            (folder / "updates").write_text(confidential(folder, "gate-updates", body))
        head = payload(epoch=3, sequence=last, issuedAt=now(), sourceAsOf=now())
        (folder / "head").write_text(sign(own_key(folder), "p1", "gate-head", head))
        told = {"epoch": 3, "sequence": last,
                "knows": [{"journalId": journal, "upTo": up_to(journal)} for journal in journals]}

    def receipt(journal):
        last = up_to(journal)
        body = {"appliance": status["appliance"], "journalId": journal, "upTo": last, "refused": []}
        if last:
            body["upToUlid"] = journals[journal][last]["ulid"]
        if told and journal == status["journalId"]:
            body["told"] = told
        return sign(own_key(folder), "p1", "gate-receipt", payload(**body))

    (folder / "receipts").write_text("\n".join(map(receipt, journals)))


if __name__ == "__main__":
    {"speak": speak, "listen": listen, "answer": answer}[sys.argv[1]](pathlib.Path(sys.argv[2]), *sys.argv[3:])
