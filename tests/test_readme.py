"""The examples that people try first: every Python block runs, every command exists."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from gia_analysis.cli import main

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]


def blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


@pytest.mark.parametrize("readme", READMES)
def test_python_examples_run(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = "\n".join(blocks(readme, "python"))
    names: dict[str, object] = {}

    exec(compile(code, readme, "exec"), names)

    assert names["report"].agency == "通济街道办事处"  # type: ignore[attr-defined]
    assert len(names["corpus"].reports) == 5  # type: ignore[attr-defined]


@pytest.mark.parametrize("readme", READMES)
def test_commands_and_their_options_exist(readme: str) -> None:
    commands = re.findall(
        r"^(?:\.venv\\Scripts\\)?gia (\w+)(.*?)(?:#.*)?$", "\n".join(blocks(readme, r"\w+")), flags=re.MULTILINE
    )

    assert {name for name, _ in commands} == {
        "read", "formats", "check", "export", "publish", "batch", "lab", "sample", "run"
    }  # fmt: skip
    for name, rest in commands:
        page = CliRunner().invoke(main, [name, "--help"])
        assert page.exit_code == 0, name
        for option in re.findall(r"--[a-z]+", rest):
            assert option in page.output, (name, option)


@pytest.mark.parametrize("readme", READMES)
def test_what_it_points_to_is_there(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]

    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_both_readmes_show_the_same_code() -> None:
    def bare(readme: str) -> list[str]:
        return [re.sub(r"#.*", "", block).split() for block in blocks(readme, "python")]  # type: ignore[misc]

    assert bare("README.md") == bare("README.zh-CN.md")
