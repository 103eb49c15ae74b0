"""The agreements as loaded: commitments under their full names, parties, zones and mechanisms of all files."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from . import instants


@dataclass(eq=False)
class Commitment:
    """One promise; `raw` is its TOML table."""

    name: str
    agreement: "Agreement"
    raw: dict

    @property
    def duty(self) -> str:
        return self.raw.get("duty", "refrain")

    @property
    def owed_by(self) -> list[str]:
        return listed(self.raw.get("owed_by"))

    @property
    def acts(self) -> list[str]:
        return listed(self.raw.get("acts"))

    @property
    def jointly(self) -> bool:
        return bool(self.raw.get("jointly"))

    @property
    def hortatory(self) -> bool:
        return self.raw.get("force") == "hortatory"

    @property
    def influence(self) -> bool:
        """A maintain that ensures another commitment moves only by incidents that name it."""
        return self.duty == "maintain" and bool(self.raw.get("ensures"))

    def survives(self, what: str) -> bool:
        return what in listed(self.raw.get("survives"))

    def bearers(self) -> list[tuple[str, ...]]:
        """Who has a row: one by one, or all together for a joint debt."""
        return [tuple(self.owed_by)] if self.jointly else [(party,) for party in self.owed_by]


@dataclass
class Agreement:
    """One instrument; `raw` is its TOML table."""

    id: str
    raw: dict
    zone: ZoneInfo
    commitments: list[Commitment] = field(default_factory=list)

    @property
    def tolls(self) -> bool:
        return self.raw.get("suspension", "tolls") == "tolls"

    def moment(self, value: object) -> instants.Moment:
        return instants.read(value, self.zone)


@dataclass
class Mechanism:
    """Who determines, for which agreements, from when to when."""

    id: str
    members: list[str]
    observers: list[str]
    raw: dict
    begins: int | None
    ends: int | None
    oversees: list[str]

    def rule_for(self, kind: str) -> str:
        rules = self.raw.get("rules", {})
        if kind == "response":
            return rules.get("remedy") or rules.get("response") or self.raw.get("rule", "consensus")
        if kind == "tally":  # a ruling on a number of incidents
            return rules.get(kind) or self.rule_for("incident")
        return rules.get(kind) or self.raw.get("rule", "consensus")

    def silence_for(self, kind: str) -> str | None:
        return self.raw.get("silence") if kind == "decision" else None


@dataclass
class Book:
    """Everything the files say."""

    agreements: list[Agreement]
    parties: dict[str, dict]
    zones: dict[str, dict]
    mechanisms: list[Mechanism]

    def commitment(self, name: str | None, near: str | None = None) -> Commitment | None:
        """By its full name; a short id means the agreement `near`, else the only commitment called so."""
        everything = [c for agreement in self.agreements for c in agreement.commitments]
        named = [c for c in everything if c.name == name]
        if not named and near:
            named = [c for c in everything if c.name == f"{near}/{name}"]
        if not named:
            named = [c for c in everything if c.raw["id"] == name]
        return named[0] if len(named) == 1 else None

    def agreement(self, name: str | None) -> Agreement | None:
        return next((agreement for agreement in self.agreements if agreement.id == name), None)


def listed(value: object) -> list:
    """A list where one value will do for a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def read_agreement(raw: dict) -> Agreement:
    agreement = Agreement(raw["id"], raw, ZoneInfo(raw.get("timezone", "UTC")))
    for table in raw.get("commitment", []):
        agreement.commitments.append(Commitment(f"{raw['id']}/{table['id']}", agreement, table))
    return agreement


def read_mechanism(table: dict, agreement: Agreement) -> Mechanism:
    begins, ends = table.get("from"), table.get("until")
    return Mechanism(
        id=table["id"],
        members=listed(table.get("members")),
        observers=listed(table.get("observers")),
        raw=table,
        begins=None if begins is None else agreement.moment(begins).begins,
        ends=None if ends is None else agreement.moment(ends).ends,
        oversees=listed(table.get("oversees")) or [agreement.id],
    )


def read_book(files: list[dict]) -> Book:
    book = Book([read_agreement(raw) for raw in files], {}, {}, [])
    seen = set()
    for agreement in book.agreements:
        book.parties |= {party["id"]: party for party in agreement.raw.get("party", [])}
        book.zones |= {zone["id"]: zone for zone in agreement.raw.get("zone", [])}
        for table in agreement.raw.get("mechanism", []):
            if table["id"] not in seen:
                seen.add(table["id"])
                book.mechanisms.append(read_mechanism(table, agreement))
    return book
