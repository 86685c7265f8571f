"""The command line on a real installation: what it prints, where, and with which exit status."""

import csv
import io
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from search_api.cli import main
from search_api.commands.terminal import harmless
from search_api.reference import command_line_page
from tests.search_api.installation import install, lines, run, write_lines

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("installation"))


def test_import_counts_and_ends_with_0(tmp_path: Path) -> None:
    file = str(write_lines(tmp_path / "creators.jsonl"))
    first, second = run(tmp_path / "home", "import", file), run(tmp_path / "home", "import", file)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout == (
        "6 lines read: 6 new, 0 changed, 0 unchanged, 0 left out on request, 0 bad lines.\n"
    )
    assert "6 unchanged" in second.stdout


def test_a_bad_line_is_named_and_the_rest_goes_on_with_status_1(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "creators.jsonl", b'{"id": "x", "platform": "myspace", "name": "X"}', b"{")
    result = run(tmp_path / "home", "import", str(file))
    assert result.exit_code == 1
    assert "6 new" in result.stdout
    assert "2 bad lines" in result.stdout
    assert "creators.jsonl, line 7: platform" in result.stderr
    assert "creators.jsonl, line 8" in result.stderr


def test_strict_stops_with_status_2(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "creators.jsonl", b"{", orjson.dumps({**lines()[0], "id": "later"}))
    result = run(tmp_path / "home", "import", "--strict", str(file))
    assert result.exit_code == 2
    assert "6 new" in result.stdout
    assert "1 bad line." in result.stdout


def test_import_of_a_table_with_a_column_map(tmp_path: Path) -> None:
    file = tmp_path / "channels.csv"
    file.write_text("Channel,Subs\nInvented Channel,1200\n")
    options = [
        "--map",
        "id=Channel",
        "--map",
        "name=Channel",
        "--map",
        "followers=Subs",
        "--map",
        "platform:=youtube",
    ]
    result = run(tmp_path / "home", "import", str(file), *options, "--source", "an invented list")
    assert (result.exit_code, result.stdout[:12]) == (0, "1 line read:")


def test_hostile_lines_do_not_reach_the_terminal(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "creators.jsonl", b'{"id": "x", "pl\\u001b[31m": 1}')
    assert "\x1b" not in run(tmp_path / "home", "import", str(file)).stderr
    assert harmless("a\x1b[31mb\x07\u202ec\r\nd\te\x9b") == "a�[31mb��c d e�"


def test_a_missing_file_is_refused_with_status_2(tmp_path: Path) -> None:
    result = run(tmp_path / "home", "import", str(tmp_path / "none.jsonl"))
    assert result.exit_code == 2
    assert "none.jsonl is not there; check the path" in result.stderr
    assert "Traceback" not in result.output


def test_search_prints_a_table(data: Path) -> None:
    result = run(data, "search", "birthday cake", "--must", "country=FR", "--should", "followers=500..")
    assert result.exit_code == 0
    assert "Invented Cakes 1 (instagram:cakes/1)" in result.stdout
    assert "birthday cake with cream" in result.stdout
    assert "✓\N{NO-BREAK SPACE}country=FR (FR)" in result.stdout
    assert "\x1b" not in result.stdout


def test_search_says_who_was_left_out_and_how_to_keep_them(data: Path) -> None:
    result = run(data, "search", "cake", "--must", "followers=1..")
    assert "3 left out: followers unknown; keep them with 'followers=1..:include'." in result.stdout
    kept = run(data, "search", "cake", "--must", "followers=1..:include", "--json")
    assert orjson.loads(kept.stdout)["totals"]["admitted"] == 6


def test_search_as_json_is_the_answer_of_the_api(data: Path) -> None:
    options = ("--not", "country=DE", "--weight", "theme=2", "--as-of", "2026-03-01", "--limit", "2")
    result = run(data, "search", "birthday cake", *options, "--json")
    answer = orjson.loads(result.stdout)
    assert [match["rank"] for match in answer["matches"]] == [1, 2]
    assert answer["matches"][0]["id"] == "instagram:cakes/1"
    assert answer["request"]["weights"]["theme"] == 2.0
    assert answer["request"]["as_of"] == "2026-03-01"
    assert answer["request"]["filters"][0]["mode"] == "not"
    assert answer["next_cursor"] is None


def test_search_begins_with_what_was_understood(data: Path) -> None:
    brief = "birthday cake by creators from Germany, no chess"
    result = run(data, "search", brief)
    assert result.stdout.splitlines()[0] == "Understood: “birthday cake”; Country: Germany; Not: chess"
    assert "✓\N{NO-BREAK SPACE}not chess (0 of the last 4 passages)" in result.stdout
    assert (
        "2 left out: too much of what they publish is “chess”."
        in run(data, "search", "games, no chess").stdout
    )


def test_every_word_can_be_searched_for_as_typed(data: Path) -> None:
    result = run(data, "search", "games, no chess", "--as-typed")
    assert result.stdout.splitlines()[0] == "Understood: “games, no chess”"
    assert "left out" not in result.stdout
    answer = orjson.loads(run(data, "search", "games, no chess", "--as-typed", "--json").stdout)
    assert answer["understood"] == {"query": "games, no chess", "language": None, "parts": []}
    exported = run(data, "export", "games, no chess", "--as-typed").stdout
    assert "chess/0" in exported
    assert "chess/0" not in run(data, "export", "games, no chess").stdout


def test_as_json_what_was_understood_is_that_of_the_api(data: Path) -> None:
    answer = orjson.loads(run(data, "search", "birthday cake, no chess", "--json").stdout)
    assert [(one["kind"], one["text"]) for one in answer["understood"]["parts"]] == [
        ("topic", "birthday cake"),
        ("exclusion", "chess"),
    ]
    assert answer["totals"]["ruled_out"] == 2
    assert orjson.loads(run(data, "similar", "instagram:boats/0", "--json").stdout)["understood"] is None


def test_control_characters_of_a_brief_do_not_reach_the_terminal(data: Path) -> None:
    assert "\x1b" not in run(data, "search", "cake \x1b[31m, no \x1b[31m chess").stdout


def test_an_answer_without_creators_says_why(data: Path) -> None:
    result = run(data, "search", "cake", "--must", "country=JP")
    assert (result.exit_code, result.stdout) == (
        0,
        "Understood: “cake”\nNo creator passes these filters.\n",
    )


def test_all_problems_of_a_search_are_told_with_status_2(data: Path) -> None:
    result = run(
        data, "search", "cake", "--must", "folowers=3..", "--not", "country=Germany", "--weight", "bio"
    )
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "Error: there are 3 problems:\n"
        "  --must folowers=3..: unknown filter 'folowers'. Did you mean 'followers'?\n"
        "  --not country=Germany: unknown country 'Germany'. Did you mean 'DE'?\n"
        "  --weight bio: has no number: write SIGNAL=NUMBER\n"
    )


@pytest.mark.parametrize("brief", ["", "  "])
def test_an_empty_brief_is_refused(data: Path, brief: str) -> None:
    result = run(data, "search", brief)
    assert (result.exit_code, result.stderr) == (
        2,
        "Error: query: is empty; say what you sell or whom you look for\n",
    )


def test_similar(data: Path) -> None:
    result = run(
        data, "similar", "instagram:boats/0", "--seed", "instagram:chess/0", "0.1", "--json", "--limit", "1"
    )
    assert orjson.loads(result.stdout)["matches"][0]["id"] == "instagram:boats/1"
    assert run(data, "similar").exit_code == 2
    unknown = run(data, "similar", "instagram:nobody")
    assert (unknown.exit_code, "seeds[0].creator" in unknown.stderr) == (2, True)


def test_show(data: Path) -> None:
    result = run(data, "show", "instagram:chess/1")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Invented Chess 1 (instagram:chess/1)\nFictional: invented for demonstration.\n"
    )
    assert "3,001" in result.stdout
    assert "creators.jsonl" in result.stdout
    as_json = orjson.loads(run(data, "show", "instagram:chess/1", "--json").stdout)
    assert as_json["profiles"][0]["followers"] == 3_001
    nobody = run(data, "show", "instagram:nobody")
    assert (nobody.exit_code, nobody.stdout) == (2, "")


ZITA = [
    {
        "id": "website:zita.example",
        "platform": "website",
        "name": "Zita Erfunden",
        "url": "https://zita.example/",
        "bio": "Zither building from cherry wood",
        "links": ["https://social.example/@zita"],
        "observed_at": "2026-03-01",
        "fictional": True,
    },
    {
        "id": "mastodon:zita@social.example",
        "platform": "mastodon",
        "name": "Zita Erfunden",
        "handle": "zita",
        "url": "https://social.example/@zita",
        "bio": "Zither building, day by day",
        "followers": 1_200,
        "links": ["https://zita.example"],
        "observed_at": "2026-03-01",
        "source": "own page",
        "fictional": True,
    },
    {
        "id": "mastodon:zita@social.example",
        "platform": "mastodon",
        "name": "Zita E.",
        "followers": 1_150,
        "observed_at": "2026-01-01",
        "source": "a list",
    },
]
"""One invented person with two profiles that link to each other, of whom two sources tell."""


@pytest.fixture
def person(tmp_path: Path) -> Path:
    """An installation with one person more."""
    more = install(tmp_path)
    file = tmp_path / "zita.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, ZITA)))
    assert run(more, "import", str(file)).exit_code == 0
    return more


def test_a_person_with_several_profiles(person: Path) -> None:
    told = run(person, "index").stdout
    assert "1 person has several profiles that link to each other." in told
    found = run(person, "search", "zither building", "--limit", "1").stdout
    assert "also " in found
    shown = run(person, "show", "website:zita.example").stdout
    assert "The same person, by links in both directions:" in shown
    (line,) = [one for one in shown.splitlines() if one.startswith("mastodon:zita@social.example")]
    assert line.split() == [
        "mastodon:zita@social.example", "https://social.example/@zita", "1,200", "own", "page", "2026-03-01",
    ]  # fmt: skip
    as_json = orjson.loads(run(person, "show", "website:zita.example", "--json").stdout)
    assert [one["linked"] for one in as_json["profiles"]] == [None, "both_ways"]
    export = run(person, "export", "zither building", "--limit", "1").stdout
    assert "other_profiles" in export
    assert "mastodon https://social.example/@zita" in export or "website https://zita.example/" in export


def test_what_other_sources_say(person: Path) -> None:
    run(person, "index")
    shown = run(person, "show", "mastodon:zita@social.example").stdout
    rows = [one.split() for one in shown.splitlines()]
    assert ["followers", "1,200", "own", "page", "2026-03-01"] in rows
    assert ["followers,", "also", "1,150", "a", "list", "2026-01-01"] in rows
    assert ["name,", "also", "Zita", "E.", "a", "list", "2026-01-01"] in rows


def test_the_profiles_of_one_person_are_forgotten_together_and_named(person: Path) -> None:
    run(person, "index")
    asked = run(person, "forget", "website:zita.example", stdin="n\n")
    assert asked.exit_code == 1
    assert "and with them the same people's mastodon:zita@social.example, for good?" in asked.stderr
    done = run(person, "forget", "website:zita.example", "--yes").stdout
    assert "2 erased, 0 not stored; all are kept out from now on." in done
    assert "The same people's, by links in both directions: mastodon:zita@social.example." in done


def test_export(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    assert run(data, "export", "cake", "--limit", "3", "--output", str(file)).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 3
    assert rows[0]["id"].startswith("instagram:cakes/")
    result = run(data, "export", "--like", "instagram:boats/0", "--format", "ndjson", "--limit", "1")
    assert orjson.loads(result.stdout)["id"] == "instagram:boats/1"
    assert run(data, "export").exit_code == 2


def test_status(data: Path) -> None:
    found = orjson.loads(run(data, "status", "--json").stdout)
    assert (found["stored creators"], found["indexed creators"], found["encoder"][:10]) == (
        6,
        6,
        "hashing-32",
    )
    assert "hashing-32" in run(data, "status").stdout


def test_without_data_or_index_the_next_step_is_told(tmp_path: Path) -> None:
    for command in (("search", "x"), ("status",), ("index",), ("show", "x"), ("serve",)):
        result = run(tmp_path / "none", *command)
        assert result.exit_code == 2
        assert f"begin with `nichescout import FILE --data {tmp_path / 'none'}`" in result.stderr
    run(tmp_path / "home", "import", str(write_lines(tmp_path / "creators.jsonl")))
    result = run(tmp_path / "home", "search", "x")
    assert result.exit_code == 2
    assert "run `nichescout index`" in result.stderr


def test_another_encoder_is_refused_with_what_to_do(data: Path) -> None:
    result = run(data, "search", "cake", "--encoder", "hashing-16")
    assert result.exit_code == 2
    assert "run `nichescout index` to build it anew" in result.stderr


def test_an_update_takes_over_what_is_new(tmp_path: Path) -> None:
    data = install(tmp_path)
    new = {**lines()[0], "id": "instagram:new", "name": "Newly Invented"}
    file = tmp_path / "new.jsonl"
    file.write_bytes(orjson.dumps(new))
    run(data, "import", str(file))
    assert run(data, "show", "instagram:new").exit_code == 2
    result = run(data, "index", "--update")
    assert result.exit_code == 0
    assert "7 creators" in result.stdout
    assert run(data, "show", "instagram:new").exit_code == 0


def test_forget_erases_and_survives_a_new_import(tmp_path: Path) -> None:
    data = install(tmp_path)
    refused = run(data, "forget", "instagram:boats/0", stdin="n\n")
    assert refused.exit_code == 1
    assert run(data, "show", "instagram:boats/0").exit_code == 0
    result = run(data, "forget", "instagram:boats/0", "instagram:unknown", "--yes")
    assert result.exit_code == 0
    assert result.stdout == "1 erased, 1 not stored; all are kept out from now on.\n"
    assert run(data, "show", "instagram:boats/0").exit_code == 2
    again = run(data, "import", str(tmp_path / "creators.jsonl"))
    assert "1 left out on request" in again.stdout
    run(data, "index")
    assert run(data, "show", "instagram:boats/0").exit_code == 2
    assert "boats/0" not in run(data, "export", "boats").stdout


def test_keys_are_made_listed_and_revoked(tmp_path: Path) -> None:
    made = run(tmp_path, "keys", "create", "dashboard")
    assert made.exit_code == 0
    token = made.stdout.strip()
    assert token.startswith("ns_")
    assert token not in made.stderr
    listed = orjson.loads(run(tmp_path, "keys", "list", "--json").stdout)
    assert [(key["name"], key["revoked_at"]) for key in listed] == [("dashboard", None)]
    assert token.split("_")[2] not in run(tmp_path, "keys", "list").stdout
    revoked = run(tmp_path, "keys", "revoke", listed[0]["id"])
    assert revoked.exit_code == 0
    assert "No key is left" in revoked.stdout
    assert run(tmp_path, "keys", "revoke", "nobody").exit_code == 2


def test_other_addresses_are_refused_without_a_key(data: Path) -> None:
    result = run(data, "serve", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "there is no API key yet; make one with `nichescout keys create NAME`" in result.stderr


def test_the_words_to_ask_with(tmp_path: Path) -> None:
    assert "audience_country=one,another@0.2" in run(tmp_path, "filters").stdout
    assert orjson.loads(run(tmp_path, "openapi").stdout)["openapi"] == "3.1.0"
    assert orjson.loads(run(tmp_path, "schema").stdout)["title"] == "Creator"


def test_wrong_usage_has_status_2(tmp_path: Path) -> None:
    for arguments in ((), ("serch", "x"), ("search",), ("search", "x", "--limit", "0"), ("--nothing",)):
        result = run(tmp_path, *arguments)
        assert result.exit_code == 2
        assert "Traceback" not in result.output


def test_ctrl_c_ends_with_130_and_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    # The one place where no real work can be interrupted in time: the signal is raised where it would arrive.
    monkeypatch.setattr("search_api.commands.state.state", stop)
    result = run(tmp_path, "status")
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr == "Stopped; everything that was finished before is kept.\n"


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run(tmp_path / "file" / "home", "keys", "create", "x")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_data_and_encoder_may_stand_after_the_command(data: Path) -> None:
    result = CliRunner().invoke(
        main, ["search", "cake", "--data", str(data), "--encoder", "hashing-32", "--json"]
    )
    assert result.exit_code == 0
    environment = {"NICHESCOUT_DATA": str(data), "NICHESCOUT_ENCODER": "hashing-32"}
    again = CliRunner().invoke(main, ["search", "cake", "--json"], env=environment)
    assert again.stdout == result.stdout


def test_every_command_has_an_example_and_the_page_is_current() -> None:
    page = command_line_page(main, "nichescout")
    sections = page.split("\n## ")[2:]
    assert [section.splitlines()[0] for section in sections if "Example: nichescout" not in section] == [
        "nichescout keys"
    ]
    assert (DOCS / "cli.md").read_text() == page, "run `make docs`"
