"""What tests of journals share."""

import secrets

import pytest
from private_postgres import private_postgres, programs

from ceasefire.instruments import agreement

pytest.register_assert_rewrite(
    "journal_contract",
    "merging_contract",
    "sealing_contract",
    "copying_contract",
    "keys_contract",
    "forging_contract",
)


@pytest.fixture(scope="session")
def memo():
    """Return the memorandum of 4 May 2017."""
    return agreement("syria-de-escalation-2017")


@pytest.fixture(scope="session")
def postgres_server():
    """Return the address of a PostgreSQL server of the tests' own, as its owner; skip where there is none."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL on this machine")
    with private_postgres() as address:
        yield address


@pytest.fixture
def postgres(postgres_server):
    """Return a function that gives the address of an empty schema, the same for the same name."""
    import psycopg

    test = secrets.token_hex(6)
    made = {}

    def address(name="journal"):
        if name not in made:
            schema = f"{name}-{test}"
            with psycopg.connect(postgres_server, autocommit=True) as owner:
                owner.execute(psycopg.sql.SQL("CREATE SCHEMA {}").format(psycopg.sql.Identifier(schema)))
            made[name] = f"{postgres_server}?options=-csearch_path%3D%22{schema}%22"
        return made[name]

    return address


@pytest.fixture(scope="session")
def truce(tmp_path_factory):
    """Return a truce of two, who decide by consensus."""
    from truce_of_two import AGREEMENT

    path = tmp_path_factory.mktemp("truce") / "truce.toml"
    path.write_text(AGREEMENT, encoding="utf-8")
    return agreement(path)
