"""One history of the schema for both databases: numbered, one head, up and down and up again with data, as
the models.
"""

from __future__ import annotations

import re
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from tests.conftest import Server, close, make_app
from tests.factories import make_project, make_user, party
from tracker.domain import Attachment, Document, db
from tracker.domain.base import Base
from tracker.domain.dates import utc_now
from tracker.services import portfolio, reference, upkeep
from tracker.services.database import is_ours
from tracker.services.transactions import SYSTEM, write
from tracker.settings import ROOT

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


def test_migrations_are_numbered_and_named():
    assert [path.name[:4] for path in VERSIONS] == [f"{number:04d}" for number in range(1, len(VERSIONS) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", path.name) for path in VERSIONS)


def test_there_is_one_head_and_its_number_is_the_last():
    assert upkeep.newest(ROOT / "migrations") == VERSIONS[-1].name[:4]
    assert upkeep.known(ROOT / "migrations") == {path.name[:4] for path in VERSIONS}


def test_the_schema_is_that_of_the_models(inside):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours}
        )
        assert compare_metadata(context, db.metadata) == []
    assert upkeep.problems() == []


def test_every_constraint_has_a_name():
    unnamed = [
        (table.name, constraint)
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None and not isinstance(constraint, sa.PrimaryKeyConstraint)
    ]
    assert unnamed == []


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request, tmp_path: Path):
    """An application over a database without a table."""
    server: Server | None = request.getfixturevalue("postgres") if request.param == "postgres" else None
    address = server.database(template=False) if server else None
    app = make_app(tmp_path / "home", address)
    with app.app_context():
        yield app
    close(app)
    if server and address:
        server.drop(address)


def test_up_down_and_up_again_with_data(empty):
    for _ in range(2):
        flask_migrate.upgrade()
        reference.load(empty.config["TRACKER"].data)
        code = make_project(parties=[party()], call={"objective_vi": "Kêu gọi"})
        make_user()
        assert portfolio.document(code, audience="staff") is not None
        db.session.remove()
        flask_migrate.downgrade(revision="base")
        left = set(sa.inspect(db.engine).get_table_names()) & set(Base.metadata.tables)
        assert left == set()
        assert upkeep.version() is None
    flask_migrate.upgrade()
    assert upkeep.version() == upkeep.newest(ROOT / "migrations")


def test_what_refers_to_a_stored_file_survives_down_and_up(empty):
    flask_migrate.upgrade()
    reference.load(empty.config["TRACKER"].data)
    sha256 = "0" * 64
    with write(actor=SYSTEM, action="attach document"):
        db.session.add(Attachment(sha256=sha256, size_bytes=1, media_type="application/pdf", stored_at=utc_now()))
    make_project(documents=[{"number": "12/CV", "file_sha256": sha256, "file_name": "a.pdf"}])
    db.session.remove()
    flask_migrate.downgrade(revision="0001")
    flask_migrate.upgrade()
    assert upkeep.problems() == []
    assert db.session.scalars(sa.select(Document.number)).all() == ["12/CV"]


def test_a_migration_that_breaks_leaves_nothing_behind(empty, tmp_path: Path):
    versions = tmp_path / "migrations" / "versions"
    versions.mkdir(parents=True)
    for name in ("env.py", "script.py.mako", "alembic.ini"):
        (tmp_path / "migrations" / name).write_bytes((ROOT / "migrations" / name).read_bytes())
    (versions / "0001_half.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision, down_revision = '0001', None\n"
        "branch_labels = depends_on = None\ndef upgrade():\n"
        "    op.create_table('half', sa.Column('id', sa.Integer, primary_key=True))\n    1 / 0\n"
    )
    with pytest.raises(ZeroDivisionError):
        flask_migrate.upgrade(directory=str(tmp_path / "migrations"))
    assert "half" not in sa.inspect(db.engine).get_table_names()
    assert upkeep.version() is None
