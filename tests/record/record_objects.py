"""Records as JSON objects, of every kind, for properties that must hold of all of them."""

from datetime import UTC

from hypothesis import strategies as st

ids = st.sampled_from(
    ["russia", "turkey", "iran", "ahrar-al-sham", "idlib", "a/b", "russia/17", "Ärzte 🚑", "\ufb01"]
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
counts = st.integers(0, 2**53 - 1)
instants = st.one_of(
    st.datetimes(timezones=st.just(UTC)).filter(lambda d: 1000 <= d.year < 3000).map(lambda d: d.isoformat()),
    st.sampled_from(["2017-05-14T10:00:00+03:00", "2017-05-14 10:00Z", "2017-05-14t10:00:00.5-0330"]),
)
dates = st.dates().filter(lambda d: 1000 <= d.year < 3000).map(lambda d: d.isoformat())
moments = st.one_of(instants, dates, dates.map(lambda d: d[:7]))
periods = st.one_of(moments, moments.map(lambda m: {"from": m}), moments.map(lambda m: {"from": m, "to": m}))
some_times = st.one_of(
    moments, moments.map(lambda m: f"[{m}..{m}]"), moments.map(lambda m: f"[1000-01..{m}]")
)
occurrences = st.one_of(
    some_times,
    some_times.map(lambda m: {"from": m}),
    moments.map(lambda m: {"from": f"[1000-01..{m}]", "to": f"[{m}..{m}]"}),
)
lists = st.lists(ids, min_size=1, max_size=3, unique=True)
tables = st.dictionaries(words, counts, min_size=1, max_size=3)
tolls = st.fixed_dictionaries({}, optional={"low": counts, "best": counts, "high": counts})
places = st.fixed_dictionaries(
    {},
    optional={
        "name": words,
        "lat": st.just("35.93"),
        "lon": st.just("-36.6"),
        "precision": st.integers(1, 7),
    },
)
evidence = st.lists(st.fixed_dictionaries({"url": words}, optional={"title": words}), min_size=1, max_size=2)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), words),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(words, inner, max_size=2)),
    max_leaves=4,
)

ENVELOPE = {
    "by": ids,
    "said_by": ids,
    "id": ids,
    "recorded": instants,
    "received": instants,
    "timezone": st.sampled_from(["Asia/Damascus", "UTC"]),
    "release": st.sampled_from(["mechanism", "public", "author"]),
    "text": words,
    "key": ids,
}
#: For each kind what it needs, and what it may have.
FIELDS = {
    "incident": (
        {"occurred": occurrences, "act": ids},
        {"zone": ids, "place": places, "accused": lists, "against": lists, "killed": tolls, "injured": tolls,
         "commitments": lists, "same_as": ids},
    ),
    "performance": ({"commitment": ids, "performer": ids, "occurred": occurrences}, {"same_as": ids}),
    "event": ({"name": ids, "occurred": occurrences}, {"place": places, "took_part": lists}),
    "decision": (
        {"does": st.sampled_from(["extend", "suspend"]), "agreement": ids, "occurred": occurrences,
         "until": moments},
        {"effective": moments, "of": ids},
    ),
    "membership": (
        {"actor": st.just("nusra"), "group": ids, "occurred": occurrences},
        {"joins": st.booleans(), "basis": st.sampled_from(["mechanism", "external"])},
    ),
    "tally": (
        {"period": periods, "count": counts},
        {"zone": ids, "by_zone": tables, "of_which": tables, "act": ids, "unit": words, "accused": lists,
         "against": lists, "at_least": st.booleans(), "ruled": st.booleans(), "pending": counts,
         "killed": tolls, "injured": tolls, "through": ids},
    ),
    "appraisal": (
        {"commitment": ids, "period": periods, "grade": st.sampled_from(["none", "full"])},
        {"owed_by": ids},
    ),
    "finding": (
        {"on": ids, "outcome": st.sampled_from(["confirmed", "refuted", "inconclusive"])},
        {"same_as": ids, "attributed_to": lists, "severity": st.just("minor"), "commitments": lists,
         "ended": some_times, "confidence": st.just("low"), "method": words},
    ),
    "response": (
        {"to": ids, "step": st.sampled_from(["remedy", "note"])},
        {"owed_by": ids, "period": periods, "occurred": occurrences, "addressee": ids, "due": moments,
         "closes": st.booleans()},
    ),
    "correction": ({"of": ids, "set": st.dictionaries(words, values, min_size=1, max_size=3)}, {}),
    "withdrawal": ({"of": ids}, {}),
    "erasure": ({"of": ids, "reason": words.filter(bool)}, {}),
    "branch": ({"keep": words.filter(bool)}, {}),
}  # fmt: skip


def objects(kind):
    """Return JSON objects of records of a kind; whoever relays has evidence."""
    needed, optional = FIELDS[kind]
    return st.fixed_dictionaries(
        {"kind": st.just(kind), "evidence": evidence, **needed}, optional={**ENVELOPE, **optional}
    )


records = st.sampled_from(sorted(FIELDS)).flatmap(objects)
