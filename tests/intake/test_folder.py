"""The files of a folder: the readable ones, in order, and nothing outside of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from beleg.errors import InputMissing, InputTooLarge
from beleg.intake import FolderLimits, find_files


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Ein Satz.", encoding="utf-8")


def found(folder: Path, limits: FolderLimits | None = None) -> list[str]:
    files = find_files(folder, limits=limits or FolderLimits())
    return [path.relative_to(folder).as_posix() for path in files]


def test_readable_files_are_found_in_order_of_their_names(tmp_path: Path) -> None:
    make(tmp_path, "c.txt", "b/z.HTML", "b/a.md", "b/c/d.pdf", "a.docx", "ä.xhtml")
    make(tmp_path, "bild.png", "ohne", "b/tabelle.csv", ".txt", ".git/a.txt", "b/.versteckt.txt")
    assert found(tmp_path) == ["a.docx", "b/a.md", "b/c/d.pdf", "b/z.HTML", "c.txt", "ä.xhtml"]


def test_links_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "draussen/geheim.txt", "drin/a.txt")
    inside = tmp_path / "drin"
    (inside / "b.txt").symlink_to(tmp_path / "draussen/geheim.txt")
    (inside / "c").symlink_to(tmp_path / "draussen")
    (inside / "d").symlink_to(inside)
    (inside / "e.txt").symlink_to("nirgends")
    assert found(inside) == ["a.txt"]


def test_folder_that_is_itself_a_link_was_meant(tmp_path: Path) -> None:
    make(tmp_path, "a/b.txt")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert found(tmp_path / "link") == ["b.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_pipes_and_folders_named_like_files_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "ordner.txt/a.txt")
    os.mkfifo(tmp_path / "rohr.txt")
    assert found(tmp_path) == ["ordner.txt/a.txt"]


def test_nothing_in_it(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize("name", ["fehlt", "a.txt", "a\0b"])
def test_what_is_no_folder(name: str, tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    with pytest.raises(InputMissing) as raised:
        list(find_files(tmp_path / name))
    assert raised.value.where == str(tmp_path / name)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (FolderLimits(max_files=2), "more than 2 files"),
        (FolderLimits(max_seen=4), "more than 4 names"),
        (FolderLimits(max_depth=1), "deeper than 1 folders"),
    ],
)
def test_limits(limits: FolderLimits, said: str, tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt", "c.png", "d/e/f.txt")
    with pytest.raises(InputTooLarge, match=said):
        found(tmp_path, limits)
    assert len(found(tmp_path, FolderLimits(max_files=3, max_seen=6, max_depth=2))) == 3
