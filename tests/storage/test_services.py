"""Which projects of the tracker services name, as `doctor` asks for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Engine

from bot.domain.services import Service
from cli import check_database
from storage import schema
from storage.engine import make_engine

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def one(name: str, project: str = "", team: str = "T1") -> Service:
    return Service(team, name.lower(), name, "U1", NOW, project=project)


def test_each_project_is_named_once_with_its_services(write: Any, database_url: str, engine: Engine) -> None:
    with write() as unit:
        for each in (one("Pay", "BILL"), one("Search", "FIND"), one("Till", "BILL"), one("Shop")):
            unit.services.put(each)
    assert check_database.projects(str(engine.url.render_as_string(hide_password=False))) == {
        "BILL": ["Pay", "Till"],
        "FIND": ["Search"],
    }


def test_a_database_that_cannot_be_asked_names_none(tmp_path: Any) -> None:
    assert check_database.projects(f"sqlite:///{tmp_path}/none.db") == {}
    assert check_database.projects("postgresql://bot:canary@127.0.0.1:1/none") == {}
    old = make_engine(f"sqlite:///{tmp_path}/old.db")
    schema.upgrade(old, "0001")
    old.dispose()
    assert check_database.projects(f"sqlite:///{tmp_path}/old.db") == {}
