"""The reader of consoles: what counts as a command, as output, and as the same."""

from pathlib import Path

import pytest

from tests.docs.console import Shell, environment, fits, steps

PAGE = """Text
```console
$ echo one
one
$ cat <<'END'
> two
> END
two
$ true
```
```sh
$ not a console
```
```console
$ false
```
"""


def test_commands_with_their_lines_and_output() -> None:
    assert [(step.line, step.command, step.expected) for step in steps(PAGE)] == [
        (3, "echo one", "one"),
        (5, "cat <<'END'\ntwo\nEND", "two"),
        (9, "true", ""),
        (15, "false", ""),
    ]


def test_a_console_that_begins_with_output_is_refused() -> None:
    with pytest.raises(AssertionError, match="line 2"):
        list(steps("```console\nlost\n$ true\n```\n"))


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("", "", True),
        ("", "x", False),
        ("a ... c", "a b c", True),
        ("a ... c", "a c", True),
        ("a\n...\nd", "a\nb\nc\nd", True),
        ("a...", "b a", False),
        ("1  b", "1      b", True),
        ("a b", "ab", False),
        ("(x|y)", "x", False),
    ],
)
def test_what_fits(expected: str, printed: str, same: bool) -> None:
    assert fits(expected, printed) is same


def test_a_shell_keeps_its_state_and_tells_the_status(tmp_path: Path) -> None:
    with Shell(tmp_path, environment()) as shell:
        assert shell.run("name=ada; mkdir a; cd a") == ("", 0)
        assert shell.run("echo $name ${PWD##*/}; false") == ("ada a", 1)
        assert shell.run("echo $?") == ("1", 0)
        assert shell.run("printf 'without an end'; echo to the side >&2") == ("without an endto the side", 0)
        with pytest.raises(AssertionError, match="the shell ended in 'exit 3'"):
            shell.run("exit 3")


def test_a_shell_that_hangs_is_ended(tmp_path: Path) -> None:
    with Shell(tmp_path, environment()) as shell, pytest.raises(AssertionError, match="the shell ended"):
        shell.run("echo waiting; read -r never; while :; do :; done", seconds=0.2)
