"""Domains of users' own, over HTTP and over TLS with certificates that lie in a folder."""

import http.client
import json
import socket
import ssl
import subprocess
import uuid
from pathlib import Path

import pytest
from web_domains import app, shop

from harness.another_gateway import Gateway, another_gateway
from harness.client_program import modal_cli
from harness.eventually import eventually
from harness.platform_api import Account, ask, new_workspace
from harness.web_client import fetch

DOMAIN = "shop.e2e.example"


@pytest.fixture(scope="module", autouse=True)
def running_app(running):
    return running(app)


def make_certificate(folder: Path, file: str, name: str) -> Path:
    """A certificate that signs itself; the key lies beside it."""
    certificate = folder / f"{file}.crt"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    # The key is there before its certificate is, and both at once.
    subprocess.run(
        [*command, "-keyout", folder / f"{file}.key", "-out", folder / "new"], check=True, capture_output=True
    )
    return (folder / "new").rename(certificate)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def gateway(certificates: Path, tmp_path_factory):
    own = tmp_path_factory.mktemp("own")
    certificate = make_certificate(own, "gateway", "gateway.e2e.example")
    settings = {
        "GATEWAY_TLS_CERT": str(certificate),
        "GATEWAY_TLS_KEY": str(certificate.with_suffix(".key")),
        "SLIPWAY_WEB_CERTIFICATES": str(certificates),
    }
    with another_gateway(own / "gateway.log", **settings) as found:
        yield found


def connect(gateway: Gateway, name: str, trusted: Path, protocols: list[str]) -> ssl.SSLSocket:
    """A TLS connection for this name, to a gateway that must show a certificate for it that is trusted."""
    context = ssl.create_default_context(cafile=trusted)
    context.set_alpn_protocols(protocols)
    plain = socket.create_connection(("127.0.0.1", gateway.tls_port), timeout=60)
    return context.wrap_socket(plain, server_hostname=name)


def ask_over_tls(gateway: Gateway, name: str, trusted: Path) -> tuple[int, str]:
    connection = http.client.HTTPSConnection(name, timeout=60)
    connection.sock = connect(gateway, name, trusted, ["http/1.1"])
    connection.request("GET", "/")
    answer = connection.getresponse()
    try:
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_function_answers_under_its_own_domain():
    assert fetch(f"http://{DOMAIN}/").json == "the shop"
    assert fetch(shop.get_web_url()).json == "the shop"


def test_a_domain_stays_its_workspaces_until_it_is_released():
    holder, other = (new_workspace(f"e2e-domain-{uuid.uuid4().hex[:8]}") for _ in range(2))

    def deploy(account: Account):
        return modal_cli("deploy", "held_domain.py", environment=account.environment)

    def held() -> list[str]:
        return [row["domain"] for row in ask("GET", "/v1/domains", account=holder)[1]["items"]]

    done = deploy(holder)
    assert done.code == 0 and held() == ["held.e2e.example"], done.output
    assert modal_cli("app", "stop", "e2e-held-domain", "--yes", environment=holder.environment).code == 0
    done = deploy(other)
    assert done.code != 0 and "_slipway.held.e2e.example TXT" in done.output, done.output
    assert ask("DELETE", "/v1/domains/held.e2e.example", account=other)[0] == 404
    assert ask("DELETE", "/v1/domains/held.e2e.example", account=holder)[0] == 204 and held() == []
    done = deploy(other)
    assert done.code == 0, done.output
    assert ask("DELETE", "/v1/domains/held.e2e.example", account=other)[0] == 204


def test_a_domain_of_one_environment_is_taken_to_another_only_by_who_may_change_both():
    workspace = new_workspace(f"e2e-domain-{uuid.uuid4().hex[:8]}")
    owner = workspace.environment
    assert modal_cli("environment", "create", "dev", environment=owner).code == 0
    made = modal_cli("workspace", "service-users", "create", "bot", "--json", environment=owner)
    bot = Account(json.loads(made.output)["token_id"], json.loads(made.output)["token_secret"])
    given = ("workspace", "service-users", "set-role", "bot", "dev", "contributor")
    assert modal_cli(*given, environment=owner).code == 0

    def deploy(account: Account, environment: str):
        return modal_cli("deploy", "-e", environment, "held_domain.py", environment=account.environment)

    def held_in() -> list[str]:
        return [row["environment"] for row in ask("GET", "/v1/domains", account=workspace)[1]["items"]]

    done = deploy(workspace, "main")
    assert done.code == 0 and held_in() == ["main"], done.output
    done = deploy(bot, "dev")
    assert done.code != 0 and "of environment 'main'" in done.output and held_in() == ["main"], done.output
    done = deploy(workspace, "dev")
    assert done.code == 0 and held_in() == ["dev"], done.output
    assert ask("DELETE", "/v1/domains/held.e2e.example", account=workspace)[0] == 204


FAILS = '\n\n@app.function(image=image.run_commands("false"))\ndef broken(): ...\n'


def test_a_domain_follows_the_version_that_serves(tmp_path: Path):
    workspace = new_workspace(f"e2e-domain-{uuid.uuid4().hex[:8]}")
    before = (Path(__file__).parent / "apps" / "held_domain.py").read_text().replace("held.e2e", "follows.e2e")
    source = tmp_path / "follows_domain.py"

    def deploy(text: str) -> int:
        source.write_text(text)
        return modal_cli("deploy", source.name, cwd=tmp_path, environment=workspace.environment).code

    def held() -> list[str]:
        return [row["domain"] for row in ask("GET", "/v1/domains", account=workspace)[1]["items"]]

    assert deploy(before) == 0 and held() == ["follows.e2e.example"]
    moved = before.replace("follows.e2e", "moved.e2e")
    assert deploy(moved + FAILS) != 0 and held() == ["follows.e2e.example"]
    assert deploy(moved) == 0 and held() == ["moved.e2e.example"]
    assert modal_cli("app", "rollback", "e2e-held-domain", environment=workspace.environment).code == 0
    assert held() == ["follows.e2e.example"]
    assert ask("DELETE", "/v1/domains/follows.e2e.example", account=workspace)[0] == 204


def test_a_certificate_that_is_put_into_the_folder_counts_at_once(gateway: Gateway, certificates: Path):
    trusted = make_certificate(certificates, DOMAIN, DOMAIN)

    def answered() -> bool:
        try:
            return ask_over_tls(gateway, DOMAIN, trusted) == (200, '"the shop"')
        except ssl.SSLCertVerificationError:
            return False

    eventually(answered, 60, "the domain's certificate is shown")


def test_a_certificate_for_all_names_below_a_domain_serves_each(gateway: Gateway, certificates: Path):
    trusted = make_certificate(certificates, "_.labels.example", "*.labels.example")

    def shown() -> bool:
        try:
            connect(gateway, "any.labels.example", trusted, ["http/1.1"]).close()
            return True
        except ssl.SSLCertVerificationError:
            return False

    eventually(shown, 60, "the certificate for all names is shown")
    assert ask_over_tls(gateway, "any.labels.example", trusted)[0] == 404


def test_http2_is_agreed_on_over_tls(gateway: Gateway, certificates: Path):
    trusted = make_certificate(certificates, "other.e2e.example", "other.e2e.example")

    def agreed() -> bool:
        try:
            with connect(gateway, "other.e2e.example", trusted, ["h2", "http/1.1"]) as connection:
                return connection.selected_alpn_protocol() == "h2"
        except ssl.SSLCertVerificationError:
            return False

    eventually(agreed, 60, "HTTP/2 by ALPN")


def test_a_name_without_a_certificate_is_shown_the_gateways_own(gateway: Gateway, certificates: Path):
    with pytest.raises(ssl.SSLCertVerificationError):
        connect(gateway, "nobody.e2e.example", make_certificate(certificates, "x.e2e.example", "x.e2e.example"), ["h2"])
