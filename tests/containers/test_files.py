"""The files of the input: all that a folder holds, each once, and no surprise among them."""

import os
from pathlib import Path

import pytest

from gia_analysis.containers import find_files, item_of, items_of
from gia_analysis.errors import CorpusError
from gia_analysis.schema import TABLES


def names_in(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_files(folder)]


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


def test_files_come_in_order_without_hidden_ones_and_what_systems_leave(tmp_path: Path) -> None:
    make(tmp_path, "b/2.txt", "a.txt", ".git/x", "b/.x", "~$a.docx", "Thumbs.db", "__MACOSX/y")

    assert names_in(tmp_path) == ["a.txt", "b/2.txt"]


def test_links_to_folders_are_followed_but_no_folder_is_read_twice(tmp_path: Path) -> None:
    make(tmp_path, "in/b/1.txt", "out/2.txt")
    (tmp_path / "in" / "b" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "a").symlink_to(tmp_path / "in" / "b")
    (tmp_path / "in" / "c").symlink_to(tmp_path / "out")

    assert names_in(tmp_path / "in") == ["b/1.txt", "c/2.txt"]


def test_many_folders_in_one_another_are_no_trouble(tmp_path: Path) -> None:
    make(tmp_path, "/".join(["d"] * 300) + "/1.txt")

    assert len(names_in(tmp_path)) == 1


def test_what_is_no_file_is_told_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")

    errors = {item.path.name: item.error for item in items_of(tmp_path)}

    assert errors["pipe.txt"] == "a pipe, socket or device, not a file"
    assert errors["gone.txt"] == errors["round.txt"] == "a link to a file that is not there"


def test_a_folder_named_like_an_archive_is_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "x.zip/a.txt")

    assert names_in(tmp_path) == ["x.zip/a.txt"]


def test_a_name_that_is_not_utf_8_is_read_as_gbk(tmp_path: Path) -> None:
    name = os.fsdecode("年报.txt".encode("gb18030"))
    (tmp_path / name).write_text("x")

    (item,) = items_of(tmp_path)

    assert item.source == (tmp_path / "年报.txt").as_posix()
    assert item.path.exists()


def test_tables_that_gia_read_wrote_beside_the_reports_are_not_taken_for_reports(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", *(f"{name}.parquet" for name in TABLES))

    assert names_in(tmp_path) == ["a.txt"]


def test_a_folder_of_nothing_but_such_tables_is_an_error(tmp_path: Path) -> None:
    make(tmp_path, *(f"{name}.parquet" for name in TABLES))

    with pytest.raises(CorpusError, match=r"holds tables that 'gia read' wrote.*give the folder of the reports"):
        find_files(tmp_path)


def test_a_plain_file_is_read_from_its_path(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")

    assert item_of(tmp_path / "a.txt").data is None
