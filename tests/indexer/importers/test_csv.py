"""CSV: columns to fields, several posts a creator, and complaints by line number."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discovery.creator import Audience, Contact, Creator
from discovery.errors import InvalidInput
from indexer.importers.bad_line import BadLine
from indexer.importers.column_map import CSV_FIELDS, ColumnMap, from_options, from_toml
from indexer.importers.reading import read


def read_text(
    folder: Path, text: str | bytes, column_map: ColumnMap | None = None
) -> list[Creator | BadLine]:
    path = folder / "creators.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read(path, column_map=column_map))


def one_creator(folder: Path, text: str | bytes, column_map: ColumnMap | None = None) -> Creator:
    (found,) = read_text(folder, text, column_map)
    assert isinstance(found, Creator), found
    return found


def test_columns_with_the_names_of_fields_need_no_map(tmp_path: Path) -> None:
    one = one_creator(
        tmp_path,
        "id,platform,Name,Posts Total,followers,verified,categories,contact_email,country,ignored\n"
        "a/b 🌱,TikTok,Ada,7,12000.0,yes,Food; Vegan,ada@example.org,de,whatever\n",
    )

    assert (one.id, one.platform, one.name, one.posts_total, one.followers) == (
        "a/b 🌱",
        "tiktok",
        "Ada",
        7,
        12_000,
    )
    assert (one.verified, one.categories, one.country) == (True, ("Food", "Vegan"), "DE")
    assert one.contacts == (Contact(type="email", value="ada@example.org"),)
    assert one.provenance["name"].source == "creators.csv"


def test_links_are_parted_as_categories_are(tmp_path: Path) -> None:
    one = one_creator(
        tmp_path,
        "platform,handle,name,links\n"
        "bluesky,ada.example,Ada,https://ada.example/?a=1; https://social.example/@ada\n",
    )

    assert one.id == "bluesky:ada.example"
    assert one.links == ("https://ada.example/?a=1", "https://social.example/@ada")


def test_empty_cells_are_unknown(tmp_path: Path) -> None:
    one = one_creator(tmp_path, "id,platform,name,followers,verified,bio,post_text\na,tiktok,Ada,, ,,\n")

    assert (one.followers, one.verified, one.bio, one.posts) == (None, None, None, ())


def test_audience_columns(tmp_path: Path) -> None:
    one = one_creator(
        tmp_path,
        "id,platform,name,audience_countries,audience_genders,audience_sample_size\n"
        "a,tiktok,Ada,DE:0.6; at:0.2,female:0.7,400\n",
    )

    assert one.audience == Audience(
        countries={"DE": 0.6, "AT": 0.2}, genders={"female": 0.7}, sample_size=400
    )


def test_a_map_renames_and_adds_what_every_row_shares(tmp_path: Path) -> None:
    mapped = from_options(
        ["name=Full = name", "followers=Subs", "handle=User", "platform:=instagram", "source:=my list"]
    )
    one = one_creator(tmp_path, "User,Full = name,Subs,platform\n@Ada,Ada Testperson,5,ignored\n", mapped)

    assert (one.id, one.platform, one.handle, one.followers) == ("instagram:ada", "instagram", "@Ada", 5)
    assert one.provenance["name"].source == "my list"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    text = "id,platform,name\na,tiktok,Ada\n".replace(",", delimiter)

    assert one_creator(tmp_path, b"\xef\xbb\xbf" + text.encode()).name == "Ada"


def test_rows_of_one_creator_each_bring_a_post(tmp_path: Path) -> None:
    header = "id,platform,name,post_id,post_text,post_published_at,post_likes,post_sponsored,post_hashtags\n"
    found = read_text(
        tmp_path,
        header
        + 'a,tiktok,Ada,1,"Bread, and #butter",2026-01-01,5,no,\n'
        + "a,tiktok,Ada,2,Soup,2026-02-01,6,,soup;dinner\n"
        + "b,tiktok,Bob,3,Cake,,,,\n",
    )

    ada, bob = found
    assert isinstance(ada, Creator)
    assert isinstance(bob, Creator)
    assert [post.id for post in ada.posts] == ["2", "1"]
    assert (ada.posts[0].hashtags, ada.posts[1].hashtags) == (("soup", "dinner"), ("butter",))
    assert (ada.posts[1].text, ada.posts[1].sponsored) == ("Bread, and #butter", False)
    assert ada.provenance["posts"].observed_at == date(2026, 2, 1)
    assert bob.posts[0].text == "Cake"


def test_bad_rows_are_numbered_by_their_first_line(tmp_path: Path) -> None:
    text = (
        "id,platform,name,followers,bio\n"
        'a,tiktok,Ada,5,"two\nlines"\n'
        "\n"
        "b,tiktok,Bob,12k,\n"
        "c,tiktok,Cem\n"
        ",,,,\n"
        "d,tiktok,Dana,-5,\n"
        "e,tiktok,,5,\n"
        'f,tiktok,"Fay" Fictional,5,\n'
        "g,tiktok,Gil,5,\n"
    )
    found = read_text(tmp_path, text)

    assert [str(one) for one in found if isinstance(one, BadLine)] == [
        "creators.csv, line 5: followers: must be a whole number",
        "creators.csv, line 6: has 3 cells, but the header has 5; quote cells that hold a comma",
        "creators.csv, line 8: followers: must be a whole number",
        "creators.csv, line 9: name: is missing, but required",
        "creators.csv, line 10: is not a CSV row: ',' expected after '\"'",
    ]
    assert [one.id for one in found if isinstance(one, Creator)] == ["a", "g"]


def test_a_bad_post_costs_only_its_row(tmp_path: Path) -> None:
    found = read_text(
        tmp_path, "id,platform,name,post_id,post_likes\na,tiktok,A,1,5\na,tiktok,A,2,x\na,tiktok,A,3,6\n"
    )

    first, bad, third = found
    assert isinstance(first, Creator)
    assert isinstance(bad, BadLine)
    assert (bad.number, bad.field, bad.value) == (3, "posts[0].likes", "x")
    assert isinstance(third, Creator)
    assert [post.id for post in (*first.posts, *third.posts)] == ["1", "3"]


def test_an_open_quote_is_reported(tmp_path: Path) -> None:
    good, bad = read_text(tmp_path, 'id,platform,name\na,tiktok,Ada\nb,tiktok,"Bob\nc,tiktok,Cem\n')

    assert isinstance(good, Creator)
    assert isinstance(bad, BadLine)
    assert (bad.number, bad.reason) == (3, "is not a CSV row: unexpected end of data")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    header = b"id,platform,name\n"
    latin, nul, good = read_text(
        tmp_path, header + "a,tiktok,Zoë\n".encode("latin-1") + b"b,tiktok,B\0b\nc,tiktok,Cem\n"
    )

    assert isinstance(latin, BadLine)
    assert (latin.number, latin.field, latin.reason) == (
        2,
        "name",
        "is not valid UTF-8; save the file as UTF-8",
    )
    assert isinstance(nul, BadLine)
    assert (nul.number, nul.field) == (3, "name")
    assert isinstance(good, Creator)


def test_a_line_that_is_too_long(tmp_path: Path) -> None:
    header = b"id,platform,name\n"
    bad, good = read_text(tmp_path, header + b"a,tiktok," + b"x" * 9_000_000 + b"\nb,tiktok,Bob\n")

    assert isinstance(bad, BadLine)
    assert (bad.number, bad.reason) == (2, "is longer than 8 MiB")
    assert isinstance(good, Creator)


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("id,platform", "name: creators.csv has no column for it"),
        ("name,platform", "id: creators.csv has no column for it"),
        ("Username,Full name", "platform: creators.csv has no column for it"),
        ("", "name: creators.csv has no column for it"),
    ],
)
def test_columns_that_are_needed(tmp_path: Path, header: str, complaint: str) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        read_text(tmp_path, f"{header}\na,b\n")


def test_a_map_that_names_a_column_which_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(
        InvalidInput, match=r"followers: .* has no column 'Folowers'. Did you mean 'Followers'"
    ):
        read_text(tmp_path, "id,platform,name,Followers\n", from_options(["followers=Folowers"]))


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("folowers=Subs", "unknown field 'folowers'. Did you mean 'followers'"),
        ("followers", "'followers' is not of the form 'field=Column name' or 'field:=value'"),
        ("followers=", "is not of the form"),
    ],
)
def test_options_that_are_no_map(option: str, complaint: str) -> None:
    with pytest.raises(InvalidInput, match=complaint):
        from_options([option])


def test_a_field_is_a_column_or_a_constant() -> None:
    with pytest.raises(InvalidInput, match="platform: is given both as a column and as a constant"):
        from_options(["platform=P", "platform:=tiktok"])


def test_a_map_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('[columns]\nname = "Full name"\n[constants]\nplatform = "tiktok"\n')

    assert from_toml(path) == from_options(["name=Full name", "platform:=tiktok"])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[columns", "cannot be read"),
        ("[colums]\n", "holds 'colums'; write the tables"),
        ("columns = 5\n", "holds 'columns'; write the tables"),
        ('[columns]\nnam = "N"\n', "unknown field 'nam'. Did you mean 'name'"),
    ],
)
def test_files_that_are_no_map(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)

    with pytest.raises(InvalidInput, match=complaint):
        from_toml(path)
    with pytest.raises(InvalidInput, match=r"none\.toml cannot be read"):
        from_toml(tmp_path / "none.toml")


@given(st.lists(st.lists(st.text(max_size=6), min_size=3, max_size=3), max_size=4), st.binary(max_size=60))
def test_no_row_raises(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], end: bytes) -> None:
    text = "id,platform,name\n" + "\n".join(",".join(row) for row in rows) + "\n"
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(text.encode("utf-8", "replace") + end)

    assert all(isinstance(one, Creator | BadLine) for one in read(path))


@pytest.mark.parametrize("name", CSV_FIELDS)
def test_every_field_can_be_filled(tmp_path: Path, name: str) -> None:
    values = {
        "platform": "tiktok", "language": "de", "country": "DE", "verified": "no", "fictional": "yes",
        "audience_countries": "DE:1", "audience_ages": "18-24:1", "audience_genders": "other:1",
        "audience_languages": "de:1", "post_sponsored": "no",
    }  # fmt: skip
    value = values.get(name) or ("2026-01-01" if name.endswith("_at") else "5")
    row = {"id": "a", "platform": "tiktok", "name": "Ada"} | {name: value}
    changed = one_creator(tmp_path, ",".join(row) + "\n" + ",".join(row.values()) + "\n")
    plain = one_creator(tmp_path, "id,platform,name\na,tiktok,Ada\n")

    assert name in {"platform"} or changed != plain
