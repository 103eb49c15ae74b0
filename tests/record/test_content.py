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
