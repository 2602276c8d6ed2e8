"""The secret key: printed, and missed or wrong in a sentence before anybody is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.app import open_database
from api.core import database
from api.core.database import migrate
from api.core.sealing import Sealing, new_key, read_keys
from api.core.settings import Settings
from api.migrations import MIGRATIONS
from api.rewards.keys import remember_key
from frontend import cli
from frontend.commands import CannotStart, _check_database


def test_a_key_is_printed_that_the_setting_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["secret-key"]) == 0
    assert len(read_keys(capsys.readouterr().out.strip())) == 1


async def test_a_server_with_another_key_or_none_does_not_start(tmp_path: Path) -> None:
    url, key = f"sqlite:///{tmp_path}/house.db", new_key()
    opened = open_database(Settings(database_url=url))
    await opened.start()
    await migrate(opened, MIGRATIONS)
    await database.transact(lambda: remember_key(Sealing.read(key)))
    await opened.stop()
    for setting, said in (("", "GEARMESH_SECRET_KEY is not set"), (new_key(), "is not the key under which")):
        with pytest.raises(CannotStart, match=said):
            await _check_database(Settings(database_url=url, secret_key=setting))
    await _check_database(Settings(database_url=url, secret_key=f"{new_key()},{key}"))
