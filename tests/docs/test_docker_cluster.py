"""The compose file of a cluster holds together; its scripts work as far as that shows without Docker."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import orjson
import pytest
import yaml  # type: ignore[import-untyped]

from indexer.opensearch import access, settings
from indexer.opensearch.names import DEFAULT_PREFIX
from search_api.cli import main
from tests.docs.console import environment
from tests.docs.serving import free_port, served
from tests.opensearch_node.asking import ask
from tests.opensearch_node.node import Node

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
TEXT = (DOCKER / "compose.cluster.yaml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES: Mapping[str, Mapping[str, Any]] = COMPOSE["services"]
NODES = ["opensearch-1", "opensearch-2", "opensearch-3"]
CONFIG = "/usr/share/opensearch/config"
PASSWORDS = {"OPENSEARCH_ADMIN_PASSWORD": "an admin's", "NICHESCOUT_OPENSEARCH_PASSWORD": "a scout's"}
DOCUMENTED = {
    "bootstrap.memory_lock",
    "cluster.initial_cluster_manager_nodes",
    "cluster.name",
    "discovery.seed_hosts",
    "network.host",
    "node.name",
    "plugins.security.allow_default_init_securityindex",
    "plugins.security.authcz.admin_dn",
    "plugins.security.nodes_dn",
    "plugins.security.restapi.roles_enabled",
    "plugins.security.ssl.http.enabled",
    "plugins.security.ssl.http.pemcert_filepath",
    "plugins.security.ssl.http.pemkey_filepath",
    "plugins.security.ssl.http.pemtrustedcas_filepath",
    "plugins.security.ssl.transport.pemcert_filepath",
    "plugins.security.ssl.transport.pemkey_filepath",
    "plugins.security.ssl.transport.pemtrustedcas_filepath",
    "plugins.security.system_indices.enabled",
    "transport.ssl.enforce_hostname_verification",
}
"""Settings of OpenSearch 3.6 and its security plugin, as in their sources: a wrong name ends the start."""


def read(name: str) -> Any:
    return yaml.safe_load((DOCKER / "opensearch" / name).read_text(encoding="utf-8"))


def mounts(service: str) -> dict[str, str]:
    """What is mounted, by its place in the container."""
    pairs = (volume.removesuffix(":ro").split(":") for volume in SERVICES[service]["volumes"])
    return {inside: outside for outside, inside in pairs}


def known_variables() -> set[str]:
    """Every variable that the code reads."""
    constants = {**vars(access), **vars(settings)}.values()
    of_cluster = {one for one in constants if isinstance(one, str) and one.startswith("NICHESCOUT_")}
    return of_cluster | {str(param.envvar) for param in main.params if getattr(param, "envvar", None)}


def test_its_services() -> None:
    assert set(SERVICES) == {"certificates", *NODES, "nichescout"}
    assert {SERVICES[node]["image"] for node in NODES} == {"opensearchproject/opensearch:3.6.0"}
    for service in ("certificates", "nichescout"):
        build = SERVICES[service]["build"]
        assert (DOCKER / build["context"] / build["dockerfile"]).resolve() == DOCKER / "Dockerfile"


def test_only_nichescout_is_published_and_to_this_machine_only() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"nichescout": ["127.0.0.1:8000:8000"]}
    assert {service.get("network_mode") for service in SERVICES.values()} == {None, "none"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_runs_without_more_rights_than_it_needs(service: str) -> None:
    one = SERVICES[service]
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one.get("read_only", False) is (service not in NODES)
    assert one.get("cap_add", []) == (
        ["CHOWN", "DAC_OVERRIDE", "FOWNER"] if service == "certificates" else []
    )


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_mounted_is_there(service: str) -> None:
    for outside in mounts(service).values():
        if outside.startswith("."):
            assert (DOCKER / outside).is_file()
        else:
            assert outside in COMPOSE["volumes"]


def test_every_volume_is_used_and_each_node_has_its_own() -> None:
    assert {outside for name in SERVICES for outside in mounts(name).values()} >= set(COMPOSE["volumes"])
    assert [mounts(node)["/usr/share/opensearch/data"] for node in NODES] == NODES
    assert mounts("nichescout")["/data"] == "data"


def test_it_is_the_project_of_one_machine_so_that_its_volume_is_found() -> None:
    single = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
    assert COMPOSE["name"] == single["name"]
    assert set(single["volumes"]) <= set(COMPOSE["volumes"])


def test_both_passwords_must_be_set() -> None:
    assert set(re.findall(r"\$\{(\w+):\?", TEXT)) == set(PASSWORDS)
    assert not re.findall(rf"\$\{{?(?:{'|'.join(PASSWORDS)})(?!:\?|\w)", TEXT.replace("$$", ""))


def test_every_variable_of_nichescout_is_one_that_is_read() -> None:
    named = set(re.findall(r"\bNICHESCOUT_\w+", TEXT)) | set(SERVICES["nichescout"]["environment"])
    assert named <= known_variables()


def test_nichescout_asks_the_three_nodes_over_tls() -> None:
    given = SERVICES["nichescout"]["environment"]
    assert given["NICHESCOUT_INDEX"].split() == [f"https://{node}:9200" for node in NODES]
    assert given["NICHESCOUT_OPENSEARCH_CA"] == "/certificates/authority.crt"
    assert mounts("nichescout")["/certificates"] == mounts("certificates")["/certificates"]
    assert given["NICHESCOUT_OPENSEARCH_USER"] in read("roles_mapping.yml")["nichescout"]["users"]
    assert {one["condition"] for one in SERVICES["nichescout"]["depends_on"].values()} == {"service_healthy"}


@pytest.mark.parametrize("node", NODES)
def test_a_node(node: str) -> None:
    one = SERVICES[node]
    assert one["environment"]["NODE_NAME"] == node
    assert one["environment"]["DISABLE_INSTALL_DEMO_CONFIG"] == "true"
    assert one["depends_on"] == {"certificates": {"condition": "service_completed_successfully"}}
    assert one["ulimits"]["memlock"] == {"soft": -1, "hard": -1}
    assert f"--cacert {CONFIG}/certificates/authority.crt" in one["healthcheck"]["test"][1]
    heap = one["environment"]["OPENSEARCH_JAVA_OPTS"]
    assert re.fullmatch(r"-Xms(\$\{OPENSEARCH_HEAP:-\w+\}) -Xmx\1", heap)
    inside = mounts(node)
    assert inside[f"{CONFIG}/opensearch.yml"] == "./opensearch/opensearch.yml"
    for name in ("roles.yml", "roles_mapping.yml"):
        assert inside[f"{CONFIG}/opensearch-security/{name}"] == f"./opensearch/{name}"
    assert one["entrypoint"][-1] in inside


def test_the_settings_of_a_node() -> None:
    given = read("opensearch.yml")
    assert set(given) == DOCUMENTED
    assert given["discovery.seed_hosts"] == given["cluster.initial_cluster_manager_nodes"] == NODES
    assert given["plugins.security.nodes_dn"] == [f"CN={node}" for node in NODES]
    for layer in ("transport", "http"):
        prefix = f"plugins.security.ssl.{layer}"
        assert given[f"{prefix}.pemcert_filepath"] == "certificates/${NODE_NAME}.crt"
        assert given[f"{prefix}.pemkey_filepath"] == "certificates/${NODE_NAME}.key"
        assert given[f"{prefix}.pemtrustedcas_filepath"] == "certificates/authority.crt"
    assert set(re.findall(r"\$\{(\w+)\}", str(given))) == {"NODE_NAME"}


def test_every_user_has_a_role_and_every_role_is_known() -> None:
    roles, mapping = read("roles.yml"), read("roles_mapping.yml")
    mapped = {name: one["users"] for name, one in mapping.items() if name != "_meta"}
    assert mapped == {"all_access": ["admin"], "nichescout": ["nichescout"]}
    assert set(roles) == {"_meta", "nichescout"}
    (rights,) = roles["nichescout"]["index_permissions"]
    assert rights["index_patterns"] == [f"{DEFAULT_PREFIX}-*"]


@pytest.mark.parametrize("script", ["certificates.sh", "entrypoint.sh", "opensearch/start.sh"])
def test_it_is_a_shell_script(script: str) -> None:
    shell = (DOCKER / script).read_text(encoding="utf-8").splitlines()[0].rpartition("/")[2]
    subprocess.run([shell, "-n", script], cwd=DOCKER, check=True)


def made(folder: Path, nodes: Sequence[str] = NODES, **variables: str) -> list[str]:
    """Make certificates as the service does, and return what it says."""
    places = {"AUTHORITY": str(folder / "authority"), "CERTIFICATES": str(folder / "certificates")}
    for place in places.values():
        Path(place).mkdir(exist_ok=True)
    shell, script, *named = SERVICES["certificates"]["entrypoint"]
    assert named == NODES
    outside = mounts("certificates")[script]
    done = subprocess.run(
        [shell, outside, *nodes],
        cwd=DOCKER,
        env={**os.environ, **places, **variables},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


def openssl(*arguments: object) -> str:
    command = ["openssl", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_certificates_are_good_for_their_nodes_and_made_once(tmp_path: Path) -> None:
    assert made(tmp_path) == [
        "Made an authority.",
        *(f"Made a certificate for {name}." for name in ("admin", *NODES)),
    ]
    folder, secrets = tmp_path / "certificates", tmp_path / "authority"
    authority = folder / "authority.crt"
    assert {path.name for path in folder.iterdir()} == {
        "authority.crt",
        *(f"{node}.{end}" for node in NODES for end in ("crt", "key")),
    }
    trusted = ("verify", "-x509_strict", "-CAfile", authority)
    for node in NODES:
        certificate = folder / f"{node}.crt"
        for name in (node, "localhost"):
            openssl(*trusted, "-purpose", "sslserver", "-verify_hostname", name, certificate)
        openssl(*trusted, "-purpose", "sslserver", "-verify_ip", "127.0.0.1", certificate)
        openssl(*trusted, "-purpose", "sslclient", certificate)
        assert _subject(certificate) == f"CN={node}"
        assert (folder / f"{node}.key").read_text().startswith("-----BEGIN PRIVATE KEY-----")
        assert (folder / f"{node}.key").stat().st_mode & 0o777 == 0o400
        assert certificate.stat().st_mode & 0o777 == 0o444
    openssl(*trusted, "-purpose", "sslclient", secrets / "admin.crt")
    assert [f"CN={name}" for name in ("admin",)] == read("opensearch.yml")["plugins.security.authcz.admin_dn"]
    assert _subject(secrets / "admin.crt") == "CN=admin"
    assert {path.stat().st_mode & 0o077 for path in secrets.iterdir()} == {0}
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.[ck]*")}
    assert made(tmp_path) == []
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.[ck]*")} == before


def test_certificates_are_made_again_before_they_end_and_after_a_loss(tmp_path: Path) -> None:
    node = "opensearch-2"
    made(tmp_path, [node], DAYS="20")
    assert made(tmp_path, [node]) == [f"Made a certificate for {name}." for name in ("admin", node)]
    (tmp_path / "certificates" / f"{node}.key").unlink()
    assert made(tmp_path, [node]) == [f"Made a certificate for {node}."]
    (tmp_path / "authority" / "authority.key").unlink()
    assert made(tmp_path, [node])[0] == "Made an authority."
    openssl("verify", "-CAfile", *(tmp_path / "certificates" / f"{name}.crt" for name in ("authority", node)))


def test_a_node_starts_with_users_of_these_passwords(tmp_path: Path) -> None:
    tools = tmp_path / "plugins" / "opensearch-security" / "tools"
    tools.mkdir(parents=True)
    (tmp_path / "config" / "opensearch-security").mkdir(parents=True)
    (tools / "hash.sh").write_text(
        'echo "WARNING: no JAVA_HOME"\necho "\\$2y\\$12\\$hash.of/$(printenv "$2" | tr " " _)"\n'
    )
    started = tmp_path / "opensearch-docker-entrypoint.sh"
    started.write_text('#!/bin/sh\necho "started $*"\n')
    started.chmod(0o755)
    done = _start(tmp_path, PASSWORDS)
    assert done.stdout == "started opensearch\n"
    users = yaml.safe_load((tmp_path / "config" / "opensearch-security" / "internal_users.yml").read_text())
    assert users.pop("_meta") == {"type": "internalusers", "config_version": 2}
    assert {name: user["hash"] for name, user in users.items()} == {
        "admin": "$2y$12$hash.of/an_admin's",
        "nichescout": "$2y$12$hash.of/a_scout's",
    }
    assert set(users) == {
        user for name, one in read("roles_mapping.yml").items() if name != "_meta" for user in one["users"]
    }
    (tools / "hash.sh").write_text("exit 1\n")
    failed = _start(tmp_path, PASSWORDS)
    assert (failed.returncode, failed.stdout) == (1, "")


def test_without_its_cluster_nichescout_waits_then_serves_and_says_so(tmp_path: Path) -> None:
    port, nowhere = free_port(), free_port()
    variables = environment(
        NICHESCOUT_DATA=str(tmp_path),
        NICHESCOUT_ENCODER="hashing-32",
        NICHESCOUT_INDEX=f"http://127.0.0.1:{nowhere} http://localhost:{nowhere}",
        CLUSTER_WAIT="5",
        PORT=str(port),
    )
    with served(["sh", "docker/entrypoint.sh"], ROOT, variables) as printed:
        assert printed.count("Waiting for the cluster.") == 1
        assert [line for line in printed if line.startswith("Serving what the cluster has")]
        with pytest.raises(HTTPError) as refused:
            urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30)
        with refused.value as told:
            assert (told.code, told.headers["Retry-After"]) == (503, "5")
            assert orjson.loads(told.read())["code"] == "engine_unavailable"


def test_a_folder_that_cannot_be_indexed_is_not_served(tmp_path: Path) -> None:
    variables = environment(NICHESCOUT_DATA=str(tmp_path), NICHESCOUT_ENCODER="no such encoder")
    done = subprocess.run(
        ["sh", "docker/entrypoint.sh"], cwd=ROOT, env=variables, check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert [line for line in done.stdout.splitlines() if line.startswith("252 lines read")]
    assert "is ready" not in done.stdout


@pytest.mark.opensearch
def test_on_a_cluster_the_first_start_makes_all_and_the_next_ones_keep_it(
    opensearch_node: Node, tmp_path: Path
) -> None:
    port = free_port()
    variables = environment(
        NICHESCOUT_DATA=str(tmp_path),
        NICHESCOUT_ENCODER="hashing-32",
        NICHESCOUT_INDEX=opensearch_node.url,
        NICHESCOUT_OPENSEARCH_PREFIX="container",
        PORT=str(port),
    )
    try:
        for imported in (True, False):
            with served(["sh", "docker/entrypoint.sh"], ROOT, variables) as printed:
                assert (
                    len([line for line in printed if line.startswith("252 lines read: 252 new")]) == imported
                )
                assert len([line for line in printed if line.startswith("ns_")]) == imported
                with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
                    assert answer.status == 200
    finally:
        ask(f"{opensearch_node.url}/container-*", method="DELETE").demand()
    assert not (tmp_path / "index").exists()


def _subject(certificate: Path) -> str:
    """The name of a certificate as the settings of a node write it."""
    said = openssl("x509", "-in", certificate, "-noout", "-subject", "-nameopt", "RFC2253")
    return said.strip().removeprefix("subject=")


def _start(home: Path, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Start a node from a folder that is laid out as the image's."""
    return subprocess.run(
        ["bash", str(DOCKER / "opensearch" / "start.sh")],
        env={**os.environ, "OPENSEARCH_HOME": str(home), **variables},
        check=False,
        capture_output=True,
        text=True,
    )
