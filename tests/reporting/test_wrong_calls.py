"""A report is made of an assessment, and of nothing else."""

import os

import pytest

import ceasefire as cf


@pytest.fixture(scope="module")
def made():
    """Return a report of nothing."""
    return cf.report(cf.assess(cf.agreement("syria-de-escalation-2017"), [], as_of="2017-05-15"))


@pytest.mark.parametrize("given", [None, "syria-de-escalation-2017", {}, []])
def test_what_is_no_assessment_makes_no_report(given):
    """The message says how an assessment is made."""
    with pytest.raises(cf.ReportError, match=r"is no assessment: make one with ceasefire\.assess"):
        cf.report(given)


@pytest.mark.parametrize("path", [None, 3, b"a.md", "a\0.md"])
def test_what_is_no_path_takes_no_report(made, path):
    """A wrong call is told in a sentence, whatever was given."""
    with pytest.raises(cf.UnwritableFile, match=r"cannot be written: .*(give|take) "):
        made.save(path)


def test_a_report_is_written_to_where_a_link_leads(made, tmp_path):
    """`latest.md` stays a link, and what it leads to is the new report."""
    link = tmp_path / "latest.md"
    link.symlink_to("real.md")
    (tmp_path / "real.md").write_text("old", encoding="utf-8")
    assert made.save(link) == link
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_text(encoding="utf-8") == made.to_markdown()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_report_takes_the_place_of_no_pipe_and_of_no_folder(made, tmp_path):
    """What is there for something else stays, and the sentence says so."""
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(cf.UnwritableFile, match="it is no regular file: name another"):
        made.save(tmp_path / "pipe.md")
    with pytest.raises(cf.UnwritableFile, match="it is a folder: name a file in it"):
        made.save(tmp_path / "folder.md")
    assert (tmp_path / "pipe.md").is_fifo()
    with pytest.raises(cf.UnwritableFile, match="whether its folder is there"):
        made.save(tmp_path / "no" / "such.md")
