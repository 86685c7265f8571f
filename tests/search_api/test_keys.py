"""Keys open, revoked keys do not, and nothing that looks like a key does."""

import json
import re
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discovery.errors import AccessDenied, InvalidInput, StoreDamaged
from search_api.addresses import check_address, is_loopback, url
from search_api.keys import KeyRing
from tests.search_api.world import NOW

LATER = "2026-04-01T00:00:00Z"


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "home" / "keys.json")


def test_a_key_is_shown_once_and_kept_as_a_hash(ring: KeyRing, tmp_path: Path) -> None:
    key, token = ring.create("  dashboard ", now=NOW)
    assert re.fullmatch(rf"ns_{key.id}_[0-9A-Za-z]{{38}}", token)
    assert (key.name, key.created_at, key.revoked_at, key.active) == ("dashboard", NOW, None, True)
    kept = (tmp_path / "home" / "keys.json").read_text()
    assert token not in kept
    assert token.split("_")[2] not in kept
    assert (tmp_path / "home" / "keys.json").stat().st_mode & 0o777 == 0o600


def test_verify(ring: KeyRing) -> None:
    first, first_token = ring.create("first", now=NOW)
    second, second_token = ring.create("second", now=NOW)
    assert ring.verify(first_token) == first
    assert ring.verify(second_token) == second
    assert first_token != second_token


def test_a_revoked_key_opens_nothing_and_keeps_its_date(ring: KeyRing) -> None:
    key, token = ring.create("old", now=NOW)
    other, other_token = ring.create("new", now=NOW)
    assert ring.revoke(key.id, now=LATER).revoked_at == LATER
    assert ring.verify(token) is None
    assert ring.verify(other_token) == other
    assert ring.revoke(key.id, now="2030-01-01T00:00:00Z").revoked_at == LATER
    assert ring.any_active()
    ring.revoke(other.id, now=LATER)
    assert not ring.any_active()
    assert [entry.active for entry in ring.all()] == [False, False]


def test_another_process_sees_a_revocation_at_once(ring: KeyRing, tmp_path: Path) -> None:
    key, token = ring.create("shared", now=NOW)
    server = KeyRing(tmp_path / "home" / "keys.json")
    assert server.verify(token) == key
    ring.revoke(key.id, now=LATER)
    assert server.verify(token) is None


def test_the_secret_of_one_key_with_the_id_of_another_opens_nothing(ring: KeyRing) -> None:
    _, first = ring.create("first", now=NOW)
    second, _ = ring.create("second", now=NOW)
    mixed = f"ns_{second.id}_{first.split('_')[2]}"
    assert ring.verify(mixed) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(position=st.integers(0, 49), sign=st.characters())
def test_any_changed_sign_is_refused(ring: KeyRing, position: int, sign: str) -> None:
    token = ring.create("one", now=NOW)[1] if not ring.all() else _kept[0]
    _kept[:] = [token]
    changed = token[:position] + sign + token[position + 1 :]
    if changed != token:
        assert ring.verify(changed) is None


_kept: list[str] = []


@pytest.mark.parametrize(
    "token", ["", "ns__", "ns_a_b", "ns_" + "a" * 8 + "_" + "b" * 38, "x" * 5_000, "ns_é_é"]
)
def test_what_is_no_key_is_refused(ring: KeyRing, token: str) -> None:
    ring.create("one", now=NOW)
    assert ring.verify(token) is None


def test_without_a_file_there_are_no_keys(ring: KeyRing) -> None:
    assert ring.all() == ()
    assert not ring.any_active()
    assert ring.verify("ns_x_y") is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_names(ring: KeyRing, name: str) -> None:
    with pytest.raises(InvalidInput, match="1 to 80 characters"):
        ring.create(name, now=NOW)


def test_revoking_a_stranger_is_refused(ring: KeyRing) -> None:
    with pytest.raises(InvalidInput, match="no such key"):
        ring.revoke("nobody", now=NOW)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"version": 2, "keys": []}', '{"version": 1, "keys": [{}]}']
)
def test_a_damaged_file_lets_nobody_in(ring: KeyRing, tmp_path: Path, content: str) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "keys.json").write_text(content)
    with pytest.raises(StoreDamaged, match=r"keys\.json cannot be read"):
        ring.verify("ns_" + "a" * 8 + "_" + "b" * 38) or ring.any_active()


def test_keys_made_at_the_same_time_are_all_kept(ring: KeyRing, tmp_path: Path) -> None:
    def make() -> None:
        KeyRing(tmp_path / "home" / "keys.json").create("many", now=NOW)

    threads = [threading.Thread(target=make) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({key.id for key in ring.all()}) == 12
    assert json.loads((tmp_path / "home" / "keys.json").read_text())["version"] == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "::1", "[::1]", "LOCALHOST"])
def test_loopback_is_free(ring: KeyRing, host: str) -> None:
    assert is_loopback(host)
    check_address(host, ring)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org", "localhost.example.org", ""])
def test_any_other_address_needs_a_key(ring: KeyRing, host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(AccessDenied, match="nichescout keys create NAME"):
        check_address(host, ring)
    key, _ = ring.create("door", now=NOW)
    check_address(host, ring)
    ring.revoke(key.id, now=LATER)
    with pytest.raises(AccessDenied):
        check_address(host, ring)


def test_the_address_to_open() -> None:
    assert url("127.0.0.1", 8000) == "http://127.0.0.1:8000"
    assert url("0.0.0.0", 80) == "http://127.0.0.1:80"
    assert url("::1", 8000) == "http://[::1]:8000"
