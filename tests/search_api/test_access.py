"""Who comes in: nobody without a key where one is needed, and only through headers or the login form."""

from pathlib import Path

import pytest

from search_api.access import COOKIE
from search_api.signing import derive, load_or_create_secret
from tests.search_api.world import NOW, Build, World, problem

V1 = [
    ("POST", "/v1/search"),
    ("POST", "/v1/similar"),
    ("POST", "/v1/export"),
    ("GET", "/v1/creators/instagram:mira.invented"),
    ("GET", "/v1/status"),
    ("GET", "/v1/filters"),
    ("GET", "/v1/openapi.json"),
    ("GET", "/v1/nothing"),
    ("GET", "/v1"),
]


@pytest.mark.parametrize(("method", "address"), V1)
def test_with_a_key_made_every_address_of_the_api_needs_it(world: World, method: str, address: str) -> None:
    world.token()
    answer = world.client.open(address, method=method)
    body = problem(answer, 401, "access_denied")
    assert "nichescout keys create" in body["detail"]
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="nichescout"'


@pytest.mark.parametrize(("method", "address"), V1)
def test_where_others_can_reach_it_the_api_is_shut_even_without_keys(
    build: Build, method: str, address: str
) -> None:
    problem(build(public=True).client.open(address, method=method), 401, "access_denied")


def test_a_key_in_either_header_opens(world: World) -> None:
    token = world.token()
    for headers in (
        {"Authorization": f"Bearer {token}"},
        {"Authorization": f"bearer  {token} "},
        {"X-API-Key": token},
    ):
        assert world.client.get("/v1/status", headers=headers).status_code == 200
        assert world.post("/v1/search", {"query": "vegan"}, headers=headers).status_code == 200


def test_a_key_anywhere_else_opens_nothing(world: World) -> None:
    token = world.token()
    problem(
        world.client.get(f"/v1/status?api_key={token}&key={token}&X-API-Key={token}"), 401, "access_denied"
    )
    problem(world.client.get("/v1/status", headers={"Authorization": f"Basic {token}"}), 401, "access_denied")
    problem(world.client.get("/v1/status", headers={"Authorization": token}), 401, "access_denied")
    world.client.set_cookie(COOKIE, token)
    problem(world.client.get("/v1/status"), 401, "access_denied")


def test_a_wrong_key_is_refused_and_not_repeated(world: World) -> None:
    token = world.token()
    answer = world.client.get("/v1/status", headers={"X-API-Key": token[:-1] + "!"})
    assert "unknown or revoked" in problem(answer, 401, "access_denied")["detail"]
    assert token[:-1] not in answer.get_data(as_text=True)


def test_a_damaged_key_file_shuts_the_api(world: World, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{")
    problem(world.client.get("/v1/status"), 503, "store_damaged")


def test_health_is_open(build: Build) -> None:
    public = build(public=True)
    public.token()
    assert public.client.get("/livez").status_code == 200
    assert public.client.get("/readyz").status_code == 200


def test_pages_on_loopback_stay_open(world: World) -> None:
    world.token()
    assert world.client.get("/").status_code == 200


def test_pages_elsewhere_ask_for_a_login_and_lead_back(build: Build) -> None:
    public = build(public=True)
    token = public.token()
    asked = public.client.get("/?q=vegan%20food")
    assert asked.status_code == 303
    assert asked.headers["Location"] == "/login?next=%2F%3Fq%3Dvegan%2520food"
    form = public.client.get(asked.headers["Location"])
    assert form.status_code == 200
    assert 'value="/?q=vegan%20food"' in form.get_data(as_text=True)
    entered = public.client.post("/login", data={"key": f" {token} ", "next": "/?q=vegan%20food"})
    assert (entered.status_code, entered.headers["Location"]) == (303, "/?q=vegan%20food")
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert token not in cookie
    assert public.client.get("/?q=vegan%20food").status_code == 200
    problem(public.client.get("/v1/status"), 401, "access_denied")


def test_a_style_sheet_needs_no_login(build: Build) -> None:
    with build(public=True).client.get("/assets/nichescout.css") as answer:
        assert answer.status_code == 200


def test_over_https_the_cookie_stays_there(build: Build) -> None:
    public = build(public=True)
    entered = public.client.post("/login", data={"key": public.token()}, base_url="https://localhost")
    assert "Secure" in entered.headers["Set-Cookie"]


def test_a_wrong_key_does_not_log_in(build: Build) -> None:
    public = build(public=True)
    answer = public.client.post("/login", data={"key": public.token() + "x"})
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert "unknown or revoked" in answer.get_data(as_text=True)


def test_revoking_the_key_ends_the_login(build: Build) -> None:
    public = build(public=True)
    key, token = public.keys.create("person", now=NOW)
    public.client.post("/login", data={"key": token})
    assert public.client.get("/").status_code == 200
    public.keys.revoke(key.id, now=NOW)
    assert public.client.get("/").status_code == 303


def test_logging_out(build: Build) -> None:
    public = build(public=True)
    public.client.post("/login", data={"key": public.token()})
    assert public.client.post("/logout").headers["Location"] == "/login"
    assert public.client.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "ImFiYyI.Z.Z"])
def test_a_made_up_cookie_opens_nothing(build: Build, cookie: str) -> None:
    public = build(public=True)
    public.client.set_cookie(COOKIE, cookie)
    assert public.client.get("/").status_code == 303


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "/\n/evil.example",
        "evil",
        "",
        "http:/evil",
    ],
)
def test_a_login_leads_nowhere_else(build: Build, target: str) -> None:
    public = build(public=True)
    answer = public.client.post("/login", data={"key": public.token(), "next": target})
    assert answer.headers["Location"] == "/"


def test_hostile_text_in_the_form_stays_text(build: Build) -> None:
    page = build(public=True).client.get("/login?next=/%22%3E%3Cscript%3E").get_data(as_text=True)
    assert "<script>" not in page


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret.key"
    secret = load_or_create_secret(path)
    assert load_or_create_secret(path) == secret
    assert len(secret) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]
    assert derive(secret, "a") != derive(secret, "b") != secret
