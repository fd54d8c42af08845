"""Conversations are kept with their answers, each for its owner; in a file and on a PostgreSQL server alike."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from assistant.remembered import remembered
from assistant.settings import Settings
from assistant.store import StoreUnusable
from assistant.talks import Talks, Turn
from index.errors import BudgetError
from tests.doubles import FixtureEngine

if TYPE_CHECKING:
    from tests.postgres import PostgresServer


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where conversations are kept: nothing is there at first."""
    if request.param == "file":
        return tmp_path / "deep" / "talks.sqlite"
    server: PostgresServer = request.getfixturevalue("postgres")
    emptied(server)
    return server.address


def emptied(server: PostgresServer) -> None:
    run(server.address, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def run(place: Path | str, sql: str) -> None:
    """Something done to the database by somebody else."""
    if isinstance(place, Path):
        with sqlite3.connect(place) as database:
            database.execute(sql)
        return
    engine = create_engine(place.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(sql))
    engine.dispose()


@pytest.fixture
def talks(place: Path | str) -> Talks:
    return Talks(place)


def test_a_turn_comes_back_as_it_was(talks: Talks, place: Path | str, fixture_engine: FixtureEngine) -> None:
    answer = fixture_engine.ask("第45项费用是多少？")
    turn = Turn(1, "第45项？", "某某：第45项？", ("a", "b"), True, answer)
    talk = talks.begin("甲", "第45项？").id
    talks.add(talk, turn)
    talks.add(talk, Turn(2, "空", "", problem="问题是空的。"))
    again = Talks(place)
    assert again.turns(talk) == [turn, Turn(2, "空", "", problem="问题是空的。")]


def test_each_sees_only_their_own(talks: Talks) -> None:
    mine, _ = talks.begin("甲", "我的").id, talks.begin("乙", "别人的").id
    assert [talk.title for talk in talks.listed("甲")] == ["我的"]
    assert talks.find("乙", mine) is None
    talks.rename("乙", mine, "改了")
    talks.delete("乙", mine)
    assert [talk.title for talk in talks.listed("甲")] == ["我的"]


def test_found_by_title_question_and_answer(talks: Talks, fixture_engine: FixtureEngine) -> None:
    talk = talks.begin("甲", "第一个").id
    talks.add(talk, Turn(1, "第45项费用是多少？", "", answer=fixture_engine.ask("第45项费用是多少？")))
    talks.begin("甲", "100%_的")
    assert [t.title for t in talks.listed("甲", "45项")] == ["第一个"]
    assert [t.title for t in talks.listed("甲", "另见第3项")] == ["第一个"]
    assert [t.title for t in talks.listed("甲", "%_")] == ["100%_的"]
    assert talks.listed("甲", "没有的") == []
    assert talks.listed("甲", "table_id") == [], "only what was said is looked through"


def test_the_last_changed_comes_first(talks: Talks) -> None:
    first, _ = talks.begin("甲", "一").id, talks.begin("甲", "二").id
    talks.add(first, Turn(1, "问", ""))
    assert [talk.title for talk in talks.listed("甲")] == ["一", "二"]


def test_renamed_and_deleted(talks: Talks) -> None:
    talk = talks.begin("甲", "一").id
    talks.add(talk, Turn(1, "问", ""))
    talks.rename("甲", talk, "  预算会  ")
    assert [each.title for each in talks.listed("甲")] == ["预算会"]
    with pytest.raises(BudgetError, match="名称是空的"):
        talks.rename("甲", talk, " ")
    talks.delete("甲", talk)
    assert talks.listed("甲") == [] and talks.turns(talk) == []


def test_an_answer_of_another_form_is_told_not_raised(talks: Talks, place: Path | str) -> None:
    talk = talks.begin("甲", "一").id
    talks.add(talk, Turn(1, "问", ""))
    run(place, """UPDATE turns SET answer = '{"of": "old"}'""")
    (turn,) = talks.turns(talk)
    assert turn.answer is None and "旧版本" in turn.problem


def test_what_a_database_has_no_place_for_is_left_out(talks: Talks, fixture_engine: FixtureEngine) -> None:
    answer = fixture_engine.ask("第45项？").model_copy(update={"question": "a\0b", "answer": "c\\u0000d\0e"})
    talk = talks.begin("甲\\", "a\0b").id
    talks.add(talk, Turn(1, "a\0b", "a\0b", answer=answer))
    talks.object(talk, 1, "a\0b")
    talks.rename("甲\\", talk, "a\0c")
    (turn,) = talks.turns(talk)
    assert turn.answer and (turn.question, turn.answer.question, turn.answer.answer) == ("ab", "ab", "c\\u0000de")
    assert [each.title for each in talks.listed("甲\\", "\0AB")] == ["ac"]


def test_many_at_once_lose_nothing(talks: Talks) -> None:
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda n: talks.begin("甲", f"第{n}个").id, range(16)))
        list(pool.map(lambda talk: [talks.add(talk, Turn(n, "问", "")) for n in (1, 2)], begun))
    assert {talk.id: talk.turns for talk in talks.listed("甲")} == dict.fromkeys(begun, 2)


def test_an_objection_is_kept_with_what_it_is_about_and_goes_with_it(talks: Talks) -> None:
    talk = talks.begin("甲", "一").id
    for turn in (Turn(1, "一", "一"), Turn(2, "二", "二", fresh=True), Turn(3, "谢谢", ""), Turn(4, "三", "三")):
        talks.add(talk, turn)
    talks.object(talk, 4, "错")
    talks.object(talk, 4, "数不对")
    (objection,) = talks.objections()
    assert (objection.turn.question, objection.history, objection.comment) == ("三", ("二",), "数不对")
    talks.delete("甲", talk)
    assert talks.objections() == []


def test_a_conversation_of_before_is_still_read(tmp_path: Path) -> None:
    """A file as earlier versions made it."""
    with sqlite3.connect(tmp_path / "talks.sqlite") as database:
        database.executescript("""
            CREATE TABLE talks (id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, changed TEXT NOT NULL);
            CREATE TABLE turns (
                talk TEXT NOT NULL REFERENCES talks (id) ON DELETE CASCADE, number INTEGER NOT NULL,
                question TEXT NOT NULL, asked TEXT NOT NULL, scope TEXT NOT NULL, fresh INTEGER NOT NULL,
                answer TEXT NOT NULL, problem TEXT NOT NULL, PRIMARY KEY (talk, number));
            INSERT INTO talks VALUES ('a', '甲', '一', '2026-01-01T00:00:00.000000');
            INSERT INTO turns VALUES ('a', 1, '问', '问', '["b"]', 1, '', '读不了。');
        """)
    talks = Talks(tmp_path / "talks.sqlite")
    assert talks.turns("a") == [Turn(1, "问", "问", ("b",), True, problem="读不了。")]
    talks.delete("甲", "a")
    assert talks.turns("a") == []


def test_a_server_that_was_away_is_told_and_found_again(postgres: PostgresServer) -> None:
    emptied(postgres)
    talks = Talks(postgres.address)
    talk = talks.begin("甲", "一").id
    postgres.stop()
    postgres.start()
    assert talks.find("甲", talk), "a connection that broke is replaced"
    postgres.stop()
    try:
        with pytest.raises(StoreUnusable, match="用不了"):
            talks.find("甲", talk)
    finally:
        postgres.start()
    assert talks.find("甲", talk)


@pytest.mark.parametrize(
    "address",
    ["postgresql://甲:secret@127.0.0.1:1/x", "postgresql://a:secret@[:1/x", "postgres://a:secret@127.0.0.1:99999/x"],
)
def test_a_server_that_is_not_there_is_told_without_the_password(address: str) -> None:
    pytest.importorskip("psycopg")
    for open_it in (Talks, remembered):
        with pytest.raises(StoreUnusable) as raised:
            open_it(address)
        assert "secret" not in f"{raised.value.problem}{raised.value.remedy}" and raised.value.remedy


def test_one_setting_chooses_the_place(tmp_path: Path) -> None:
    assert Settings(conversations="postgresql://a@b/c").conversations_place == "postgresql://a@b/c"
    assert Settings(conversations="talks.sqlite").conversations_place == Path("talks.sqlite")
    assert Settings(index_dir=tmp_path).conversations_place == tmp_path / "conversations.sqlite"


def test_two_processes_in_one_conversation_lose_neither_question(talks: Talks, place: Path | str) -> None:
    other = Talks(place)
    talk = talks.begin("甲", "一").id
    assert [each.add(talk, Turn(1, text, "")).number for each, text in ((talks, "一"), (other, "二"))] == [1, 2]
    assert [(turn.number, turn.question) for turn in talks.turns(talk)] == [(1, "一"), (2, "二")]


def test_an_answer_to_a_conversation_deleted_meanwhile_is_told(talks: Talks) -> None:
    talk = talks.begin("甲", "一").id
    talks.delete("甲", talk)
    with pytest.raises(BudgetError, match="可能已经删除"):
        talks.add(talk, Turn(1, "一", ""))


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    talks = Talks(tmp_path / "talks.sqlite")
    talk = talks.begin("甲", "一").id
    talks.add(talk, Turn(1, "一", ""))
    with talks._store.open() as database:
        pages = database.execute(text("PRAGMA page_count")).scalar()
        database.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreUnusable, match="磁盘空间"):
        talks.add(talk, Turn(2, "长" * 100_000, ""))
    with talks._store.open() as database:
        database.execute(text("PRAGMA max_page_count = 10000"))
    assert [turn.number for turn in talks.turns(talk)] == [1]
    assert talks.add(talk, Turn(2, "二", "")).number == 2


@pytest.mark.parametrize("content", [b"\0" * 4096, b"SQLite format 3\0" + b"\1" * 4096])
def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "talks.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreUnusable, match=r"没有动它.*recover"):
        Talks(path)
    assert path.read_bytes() == content
