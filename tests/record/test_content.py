"""What a record says, apart from where it stands: two ways to one page are one page."""

import pytest

import ceasefire as cf
from ceasefire.record.content import comparable, content


def seen(url, number=1):
    """Return an author's report of one attack that rests on a web page."""
    return cf.Incident(
        by="russia",
        id=f"russia/{number}",
        recorded=f"2017-05-{14 + number}T10:00:00Z",
        occurred="2017-05-14",
        act="attack.shelling",
        evidence=[{"title": "Bulletin", "url": url}],
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/page/",
        "http://Example.org/page",
        "example.org/page#below",
        " https://example.org/page ",
    ],
)
def test_one_page_written_in_another_way_is_the_same_evidence(url):
    """Whoever reports the same again, from the same page, has said nothing new; nor does a later number say more."""
    assert comparable(seen("https://example.org/page")) == comparable(seen(url, number=2))


@pytest.mark.parametrize("url", ["https://example.org/Page", "https://example.org/page?day=2", None])
def test_another_page_is_other_evidence(url):
    """Letters of a path and what is asked of a page tell pages apart; and no address is none."""
    assert comparable(seen("https://example.org/page")) != comparable(seen(url))


def test_what_a_record_says_leaves_out_where_it_stands():
    """Its number, its key and when it was written are no part of it; who says it is, if it is another."""
    said = cf.Incident(by="russia", id="russia/1", recorded="2017-05-15T10:00:00Z", key="7", said_by="sana",
                       occurred="2017-05-14", act="attack.shelling", evidence={"title": "Bulletin"})  # fmt: skip
    assert content(said) == {
        "kind": "incident",
        "said_by": "sana",
        "occurred": "2017-05-14",
        "act": "attack.shelling",
        "evidence": [{"title": "Bulletin"}],
    }


class Scrambled(frozenset):
    """A set that gives its items in the order in which it was told to, as another process may."""

    def __new__(cls, *items):
        """Return a set of the items."""
        made = super().__new__(cls, items)
        made.told = items
        return made

    def __iter__(self):
        """Yield the items in that order."""
        return iter(self.told)


def test_a_set_says_the_same_in_every_process():
    """It has no order of its own, so it is put into one: else a chain had other hashes on each run."""
    pages = [cf.Evidence(title=title) for title in ("Letter", "Bulletin", "Map")]
    made = []
    for a, b, c in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        names = [("zeta", "alpha", "mid")[n] for n in (a, b, c)]
        shown = Scrambled(*(pages[n] for n in (a, b, c)))
        ids = Scrambled(*names)
        made.append(
            (
                cf.Incident(occurred="2017-05-14", act="attack", accused=ids, evidence=shown),
                cf.Finding(on="russia/1", attributed_to=ids, commitments=ids),
                cf.Tally(period="2017-05", by_zone=dict.fromkeys(names, 1), read=ids),
                cf.Correction(
                    of="russia/1", unset=Scrambled(*(("text", "killed", "zone")[n] for n in (a, b, c)))
                ),
            )
        )
    assert made[0] == made[1] == made[2]
    assert made[0][0].accused == ("alpha", "mid", "zeta")
    assert cf.Incident(occurred="2017-05-14", act="attack", accused=["zeta", "mid"]).accused == (
        "zeta",
        "mid",
    )
