"""What a forger can do: it reads every file, recomputes every hash, and has no key.

The hashes are made from docs/journals.md ("The bytes") with nothing of the library.
"""

import hashlib
import json

HEAD = ("by", "kind", "recorded", "release", "said_by", "timezone")
LOCAL = ("id", "received", "proof", "absent")
#: The salt of everything forged: the same steps give the same bytes.
SALT = "11" * 16


def canonical(obj):
    """Return the canonical JSON of an object of plain values (RFC 8785; keys are ASCII)."""
    return json.dumps(obj, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def read(path):
    """Return the lines of a file of records as objects."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path, lines):
    """Write objects as lines, and return the path."""
    path.write_bytes(b"".join(canonical(line) + b"\n" for line in lines))
    return path


def records(lines, author=None):
    """Return the lines that hold records (of an author), by number."""
    found = [line for line in lines if "seal" not in line and author in (None, line["by"])]
    return sorted(found, key=lambda line: (line["by"], line["proof"]["number"]))


def forged(line, number=None, previous="keep", **changes):
    """Return a line with other fields, its hash made anew; what follows it does not fit any more."""
    said = {name: value for name, value in line.items() if name not in LOCAL} | changes
    said = {name: value for name, value in said.items() if value is not None}
    proof = line.get("proof", {})
    number = proof.get("number", 1) if number is None else number
    previous = proof.get("previous") if previous == "keep" else previous
    body = canonical({name: value for name, value in said.items() if name not in HEAD})
    digest = hashlib.sha256(bytes.fromhex(SALT) + body).hexdigest()
    head = {name: said[name] for name in HEAD if name in said}
    head = {"release": "mechanism"} | head | {"body_digest": digest, "format": 1, "number": number}
    head["previous"] = previous
    hashed = hashlib.sha256(canonical(head)).hexdigest()
    proof = {"format": 1, "number": number, "hash": hashed, "previous": previous, "salt": SALT}
    return said | {"id": f"{said['by']}/{number}", "proof": proof}


def after(line, **said):
    """Return a forged line that follows another one."""
    fields = {"by": line["by"], "recorded": line["recorded"], **said}
    return forged(fields, line["proof"]["number"] + 1, line["proof"]["hash"])
