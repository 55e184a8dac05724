#!/usr/bin/env python3
"""Checks sync/asyncapi.yaml against the examples: its schemas accept every payload of sync/EXAMPLES.md, each message
shows one of them, and whatever is required is missed when it is not there.

usage: schema.py asyncapi.yaml EXAMPLES.md
"""
import copy, json, re, sys

import jsonschema, yaml

OF = {"head": "head", "batch": "updates", "manifest": "manifest", "part1": "part", "part2": "part",
      "receipt": "receipt", "request": "request", "event": "event", "status": "status",
      "checkpoint": "checkpoint", "restored": "status", "told": "receipt"}


def accepts(document, schema, payload):
    resolver = jsonschema.RefResolver.from_schema(document)
    return jsonschema.Draft7Validator(schema, resolver=resolver).is_valid(payload)


def spoiled(value):
    """Every copy of it that lacks one member, or holds a number where a text or an object was, at any depth."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(items):
        if isinstance(value, dict):
            less = copy.copy(value)
            del less[key]
            yield f"without {key}", less
        for what, other in [("a number in place of", -1.5)] if not isinstance(part, bool) else []:
            yield f"{what} {key}", {**value, key: other} if isinstance(value, dict) else [other]
        for what, inner in spoiled(part):
            changed = copy.copy(value)
            changed[key] = inner
            yield f"{key}: {what}", changed


# What may be absent, by name: everything else in the examples is required somewhere.
OPTIONAL = {"releaseId", "stayNumber", "releaseDateTimeUtc", "expirationDateTimeUtc", "meansOfTransport", "carrier",
            "driverIdHash", "driverMask", "assignmentAsOf", "lights", "source", "nxtEntityId", "eori", "tractorPlate",
            "haulier", "jobs", "equipmentNumber", "sizeType", "credentialHashes", "mask", "validUntil", "language",
            "epoch", "from", "lane", "passage", "visit", "tar", "job", "plate", "dataAsOf", "mode",
            "upToUlid", "told", "restored", "commercialrelease", "customs", "terminaloperation", "terminalready"}


def main(schema_file, page_file):
    document = yaml.safe_load(open(schema_file))
    fences = dict(re.findall(r"^```text (\S+)\n(.*?)\n```$", open(page_file).read(), re.S | re.M))
    messages = document["components"]["messages"]
    shown, refused = set(), 0
    for fence, name in OF.items():
        payload, schema = json.loads(fences[fence + ".payload"]), messages[name]["payload"]
        assert accepts(document, schema, payload), f"{name} does not accept {fence} of the page"
        if any(example["payload"] == payload for example in messages[name]["examples"]):
            shown.add(name)
        for what, worse in spoiled(payload):
            if accepts(document, schema, worse):
                assert what.split()[-1] in OPTIONAL and "without" in what, f"{name} accepts {fence} {what}"
            else:
                refused += 1
    assert shown == set(messages), f"no example of the page at {set(messages) - shown}"
    sent = json.loads(fences["right.as-sent"])
    del sent["kind"], sent["op"]  # their casing is the platform's own
    change = {"kind": "releaseRight", "op": "upsert", **sent}
    assert accepts(document, document["components"]["schemas"]["change"], change), "the right as sent"
    assert refused > 100, refused
    print(f"{len(OF)} payloads accepted, {refused} spoiled ones refused")


main(*sys.argv[1:])
