"""What a journal knows of its chains: forks, gaps, arrivals, and whether every record fits.

It reads, and never writes (docs/journals.md, docs/reliability.md).
"""
