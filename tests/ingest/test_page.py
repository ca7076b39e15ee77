"""A page of the web: from where it may be fetched, what the world does meanwhile, and which reader it goes to."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from ingest.http.addresses import is_address, not_public, onward, refusal, web_address
from ingest.http.dial import Dial, RefusedError
from ingest.http.page import HOPS, Fetched, Pages
from ingest.read import LARGEST
from ingest.read.web import Page, as_utf8, fetch, kind_of
from kb.errors import ArticleError, CannotCheckError, KnowledgeBaseError
from kb.settings import Settings
from tests.costs import assert_within, wall
from tests.loopback import Act, Loopback, Reply, closed_port, drip, hang, reset

PUBLIC = "9.9.9.9"
"""An address of the public web; no test connects to it."""
SETTINGS = Settings(patience=60.0, deadline=60.0, mailto="writer@clinic.example")
TEXT = Reply(200, b"Heat helps.", {"Content-Type": "text/plain"})


@pytest.fixture(autouse=True, scope="module")
def _imported() -> None:
    """What fetching imports at first takes longer than the deadlines here."""
    with pytest.raises(CannotCheckError):
        Pages(SETTINGS, allow_private=True).get(closed_port(), LARGEST)


@pytest.fixture
def serve() -> Iterator[Callable[..., Loopback]]:
    with ExitStack() as stack:
        yield lambda *acts: stack.enter_context(Loopback(acts))


def leading_to(server: Loopback, *names: str) -> Dial:
    """Resolves these names to a public address, every other one to this machine, and connects to the server always."""
    port = int(server.url.rpartition(":")[2])
    return Dial(
        resolve=lambda host, _: (PUBLIC,) if host in names else ("127.0.0.1",),
        connect=lambda address, _, timeout: socket.create_connection(("127.0.0.1", port), timeout),
    )


def public(server: Loopback, *names: str, settings: Settings = SETTINGS) -> Pages:
    """Fetches from the server under the name pages.example, and under further ones."""
    return Pages(settings, dial=leading_to(server, "pages.example", *names))


def local() -> Pages:
    return Pages(SETTINGS, allow_private=True)


def failure(pages: Pages, url: str, most: int = LARGEST) -> KnowledgeBaseError:
    with pytest.raises(KnowledgeBaseError) as caught:
        pages.get(url, most)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://example.org/page", True),
        ("HTTP://example.org", True),
        ("file:///etc/passwd", True),
        ("file:notes.md", True),
        ("gopher://example.org", True),
        ("data:text/html,<p>x", True),
        ("javascript:alert(1)", True),
        ("notes.md", False),
        ("notes: knees.md", False),
        ("C:\\notes\\knees.md", False),
        ("www.example.org/page.html", False),
        ("./https/knees.md", False),
    ],
)
def test_what_is_meant_as_an_address(text: str, meant: bool) -> None:
    assert is_address(text) is meant


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG:443/Page?b=1#part", "https://example.org/Page?b=1"),
        ("http://example.org:8080/@writer/page", "http://example.org:8080/@writer/page"),
        ("http://[2606:4700::1111]:80/x", "http://[2606:4700::1111]/x"),
        ("https://gesundheit-münchen.example/knie", "https://gesundheit-münchen.example/knie"),
    ],
)
def test_the_address_that_names_the_article(text: str, address: str) -> None:
    assert web_address(text) == address
    assert web_address(address) == address


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file:///etc/passwd", "file:…: is not fetched: only http and https are; "),
        ("ftp://anna:geheim@example.org/x", "ftp:…: is not fetched"),
        ("data:text/html,geheim", "data:…: is not fetched"),
        ("https://anna:geheim@example.org/x", "https://…@example.org: holds a name or password"),
        ("https://geheim@example.org/x", "https://…@example.org: holds a name or password"),
        ("https:anna:geheim@example.org", "https:…: is no web address"),
        ("https:///page", "https:…: is no web address"),
        ("https://[::1/geheim", "https://…: is no web address"),
        ("https://example.org:99999/", "https://…: is no web address"),
        ("https://example.org/a b", "https://example.org/…: is no web address"),
        ("https://example.org/a\x1b[31m", "https://example.org/…: is no web address"),
        ("https://example.org\\x", "is no web address"),
        ("https://example.org/" + "x" * 3000, "https://example.org/…: is no web address"),
    ],
)
def test_what_is_no_address_of_a_page(text: str, message: str) -> None:
    with pytest.raises(ArticleError) as caught:
        web_address(text)
    assert message in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("127.0.0.1", "this machine"),
        ("127.255.0.9", "this machine"),
        ("0.0.0.0", "this machine"),
        ("::1", "this machine"),
        ("::", "this machine"),
        ("10.1.2.3", "a private network"),
        ("172.31.255.255", "a private network"),
        ("192.168.1.1", "a private network"),
        ("fd00:ec2::254", "a private network"),
        ("100.64.0.1", "the inner network of a provider"),
        ("100.100.100.200", "the inner network of a provider"),
        ("168.63.129.16", "the inner network of a provider"),
        ("169.254.169.254", "the local link"),
        ("fe80::1", "the local link"),
        ("fe80::1%eth0", "the local link"),
        ("224.0.0.1", "a multicast group"),
        ("ff02::1", "a multicast group"),
        ("192.0.0.192", "a reserved range"),
        ("203.0.113.7", "a reserved range"),
        ("255.255.255.255", "a reserved range"),
        ("2001:db8::1", "a reserved range"),
        ("::ffff:127.0.0.1", "this machine"),
        ("::ffff:a9fe:a9fe", "the local link"),
        ("::127.0.0.1", "a reserved range"),
        ("64:ff9b::10.0.0.1", "a private network"),
        ("64:ff9b:1::1", "a reserved range"),
        ("2002:7f00:1::", "a reserved range"),
        ("2001:0:7f00:1::1", "a reserved range"),
        ("fec0::1", "a reserved range"),
        ("not an address", "no IP address"),
        (PUBLIC, ""),
        ("172.32.0.1", ""),
        ("100.128.0.1", ""),
        ("2606:4700::1111", ""),
        ("64:ff9b::9.9.9.9", ""),
        ("::ffff:9.9.9.9", ""),
    ],
)
def test_what_an_address_belongs_to(address: str, what: str) -> None:
    assert not_public(address) == what


@pytest.mark.parametrize(
    ("host", "addresses", "why"),
    [
        ("pages.example", (PUBLIC,), ""),
        ("9.9.9.9", (PUBLIC,), ""),
        ("2606:4700::1111", ("2606:4700::1111",), ""),
        ("::ffff:9.9.9.9", ("::ffff:9.9.9.9",), ""),
        ("pages.example", (PUBLIC, "127.0.0.1"), "leads to this machine (127.0.0.1)"),
        ("pages.example", ("10.0.0.1", PUBLIC), "leads to a private network (10.0.0.1)"),
        ("pages.example", (PUBLIC, "::1"), "leads to this machine (::1)"),
        ("localhost", (PUBLIC,), "leads to this machine"),
        ("Page.LocalHost.", (PUBLIC,), "leads to this machine"),
        ("0", (PUBLIC,), "hides an IP address in another spelling"),
        ("2130706433", (PUBLIC,), "hides an IP address in another spelling"),
        ("0x7f000001", (PUBLIC,), "hides an IP address in another spelling"),
        ("0177.0.0.1", (PUBLIC,), "hides an IP address in another spelling"),
        ("127.1", (PUBLIC,), "hides an IP address in another spelling"),
        ("127.0.0.0x1.", (PUBLIC,), "hides an IP address in another spelling"),
    ],
)
def test_which_hosts_are_refused(host: str, addresses: tuple[str, ...], why: str) -> None:
    assert refusal(host, addresses) == why


def test_a_name_is_resolved_once_and_the_address_that_was_checked_is_used() -> None:
    answers = iter([(PUBLIC,), ("127.0.0.1",)])  # a name server that answers differently the second time
    used: list[str] = []

    def connect(address: str, port: int, timeout: float | None) -> socket.socket:
        used.append(address)
        return socket.socket()

    dial = Dial(resolve=lambda host, port: next(answers), connect=connect)
    dial("pages.example", 80, 1.0).close()
    assert used == [PUBLIC]
    with pytest.raises(RefusedError, match=r"this machine \(127\.0\.0\.1\)"):
        dial("pages.example", 80, 1.0)
    assert used == [PUBLIC]


def test_the_next_address_is_tried_where_one_takes_no_connection() -> None:
    used: list[str] = []

    def connect(address: str, port: int, timeout: float | None) -> socket.socket:
        used.append(address)
        if address == PUBLIC:
            raise ConnectionRefusedError
        return socket.socket()

    Dial(resolve=lambda host, port: (PUBLIC, "149.112.112.112"), connect=connect)("pages.example", 80, 1.0).close()
    assert used == [PUBLIC, "149.112.112.112"]


def test_a_page_comes_as_it_is_sent(serve: Callable[..., Loopback]) -> None:
    server = serve(Reply(200, gzip.compress(b"<p>Heat"), {"Content-Type": "text/html", "Content-Encoding": "gzip"}))
    url = "http://pages.example/knees?x=1"
    assert public(server).get(url + "#top", LARGEST) == Fetched(url=url, content_type="text/html", data=b"<p>Heat")
    (seen,) = server.seen
    assert (seen.method, seen.path, seen.headers["Host"]) == ("GET", "/knees?x=1", "pages.example")
    assert seen.headers["User-Agent"].startswith("evidence-kb")
    assert "clinic" not in str(seen.headers)


def test_this_machine_is_reached_with_the_flag_alone(serve: Callable[..., Loopback]) -> None:
    server = serve(TEXT)
    assert "leads to this machine (127.0.0.1); if you mean that, say so with --allow-private" in str(
        failure(Pages(SETTINGS), server.url)
    )
    assert server.seen == []
    assert local().get(server.url, LARGEST).data == b"Heat helps."


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://127.0.0.1/admin", "sends us on to a host that leads to this machine (127.0.0.1)"),
        ("http://inner.example/", "sends us on to a host that leads to this machine (127.0.0.1)"),
        ("//2130706433/", "sends us on to a host that hides an IP address"),
        ("file:///etc/passwd", "sends us on to what is not fetched: only http and https are"),
        ("http://anna:geheim@pages.example/", "sends us on to what holds a name or password"),
        ("http://[::1", "sends us on to what is no web address"),
    ],
)
def test_where_a_redirect_may_not_lead(serve: Callable[..., Loopback], location: str, message: str) -> None:
    server = serve(Reply(302, b"", {"Location": location}), TEXT)
    told = str(failure(public(server), "http://pages.example/a"))
    assert told.startswith(f"http://pages.example/a: {message}")
    assert "geheim" not in told
    assert len(server.seen) == 1


def test_encryption_is_not_given_up() -> None:
    with pytest.raises(ArticleError, match="without encryption"):
        onward("https://pages.example/a", "http://pages.example/a")
    assert onward("http://pages.example/a", "https://pages.example/b c") == "https://pages.example/b%20c"
    assert onward("https://pages.example/a/b", "../c#d") == "https://pages.example/c"


def test_redirects_are_followed_without_cookies_and_the_id_stays(serve: Callable[..., Loopback]) -> None:
    onwards = [Reply(302, b"", {"Location": f"http://other.example/{n}", "Set-Cookie": "a=1"}) for n in range(HOPS)]
    server = serve(*onwards, TEXT)
    assert public(server, "other.example").get("http://pages.example/a", LARGEST).url == "http://pages.example/a"
    assert [seen.path for seen in server.seen] == ["/a", "/0", "/1", "/2", "/3", "/4"]
    assert not any("Cookie" in seen.headers for seen in server.seen)


def test_no_redirect_without_end(serve: Callable[..., Loopback]) -> None:
    server = serve(Reply(301, b"", {"Location": "/a"}))
    assert "sends us round in circles" in str(failure(public(server), "http://pages.example/a"))
    assert len(server.seen) == HOPS + 1


TOO_LARGE = f"is more than the {LARGEST // 1_000_000} MB that are read; "
BOMB = gzip.compress(b" " * (LARGEST + 1))


def nonsense(connection: socket.socket, released: threading.Event) -> None:
    connection.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")


@pytest.mark.parametrize(
    ("act", "message", "code"),
    [
        (Reply(404), "there is no such page (404); check the address", 2),
        (Reply(410), "there is no such page (410)", 2),
        (Reply(401), "the site does not show it (401)", 3),
        (Reply(403, b"<html>"), "the site does not show it (403); open it in a browser, save it", 3),
        (Reply(429, b"", {"Retry-After": "9"}), "the site is asked too often (429)", 3),
        (Reply(500), "the site has a fault (500); try again later", 3),
        (Reply(204), "the site does not show it (204)", 3),
        (Reply(302), "the site does not show it (302)", 3),
        (Reply(200, b" " * (LARGEST + 1)), TOO_LARGE, 2),
        (Reply(200, BOMB, {"Content-Encoding": "gzip"}), TOO_LARGE, 2),
        (Reply(200, BOMB[:99], {"Content-Encoding": "gzip"}), "could not be fetched (the answer could not be", 3),
        (Reply(200, b"x", {"Content-Encoding": "br"}), "could not be fetched (the answer could not be unpacked)", 3),
        (Reply(200, b"x", {"Content-Encoding": "gzip, gzip"}), "could not be fetched (the answer could not be", 3),
        (
            Reply(200, b"x", {"Content-Length": "9", "Connection": "close"}),
            "could not be fetched (the connection broke off)",
            3,
        ),
        (reset, "could not be fetched (the connection broke off)", 3),
        (nonsense, "could not be fetched (", 3),
    ],
)
def test_what_the_world_does_is_one_line(serve: Callable[..., Loopback], act: Act, message: str, code: int) -> None:
    told = failure(public(serve(act)), "http://pages.example/a")
    assert str(told).startswith(f"http://pages.example/a: {message}")
    assert told.exit_code == code


def test_a_body_without_end_is_cut(serve: Callable[..., Loopback]) -> None:
    sent = [0]

    def endless(connection: socket.socket, released: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            sent[0] += connection.send(b"<p>" * 20_000)

    assert "is more than the" in str(failure(public(serve(endless)), "http://pages.example/", most=1_000_000))
    assert sent[0] < 30_000_000  # what the buffers of both ends hold


def head_without_end(connection: socket.socket, released: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    while not released.wait(0.05):
        connection.sendall(b"x")


@pytest.mark.parametrize("act", [hang, drip, head_without_end])
def test_what_never_ends_is_given_up(serve: Callable[..., Loopback], act: Act) -> None:
    server = serve(act)

    def job() -> None:
        told = failure(public(server, settings=Settings(patience=0.4, deadline=0.8)), "http://pages.example/")
        assert "could not be fetched (no complete answer within the time allowed)" in str(told)

    assert_within(1.5, job, wall)


def test_pages_that_never_answer_share_the_patience(serve: Callable[..., Loopback]) -> None:
    server = serve(hang)

    def job() -> None:
        pages = public(server, settings=Settings(patience=0.4))
        for number in range(20):
            failure(pages, f"http://pages.example/{number}")

    assert_within(2, job, wall)


def test_a_name_server_that_never_answers(serve: Callable[..., Loopback]) -> None:
    released = threading.Event()

    def resolve(host: str, port: int) -> tuple[str, ...]:
        released.wait()
        return ()

    told = failure(Pages(Settings(patience=0.2), dial=Dial(resolve=resolve)), "http://pages.example/")
    released.set()
    assert "no complete answer within the time allowed" in str(told)


def test_a_proxy_of_the_environment_is_not_used(
    serve: Callable[..., Loopback], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, server = serve(Reply(200, b"from the proxy")), serve(TEXT)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, proxy.url)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert public(server).get("http://pages.example/", LARGEST).data == b"Heat helps."
    assert proxy.seen == []


def test_a_password_for_the_host_is_not_sent(
    serve: Callable[..., Loopback], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine pages.example login anna password geheim\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    server = serve(TEXT)
    public(server).get("http://pages.example/", LARGEST)
    assert "Authorization" not in server.seen[0].headers


def test_offline_nothing_is_resolved() -> None:
    def resolve(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError

    pages = Pages(Settings(offline=True), dial=Dial(resolve=resolve))
    assert "is fetched over the network, which --offline and kb check do not use" in str(
        failure(pages, "https://pages.example/")
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for pages.example and its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("makes a certificate with the command openssl, which is not there")
    folder = tmp_path_factory.mktemp("tls")
    made = ["-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=pages.example"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-addext", "subjectAltName=DNS:pages.example"]
    subprocess.run([openssl, "req", "-x509", *kind, *made, *names], cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return both


@pytest.fixture
def encrypted(certificate: Path) -> Iterator[tuple[int, list[str | None]]]:
    """The port of a server that speaks TLS, and the names that it was asked for."""
    named: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, _: named.append(name)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def work() -> None:
            raw, _ = listening.accept()
            with raw:
                try:
                    with context.wrap_socket(raw, server_side=True) as connection:
                        connection.recv(65_536)
                        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nHeat helps.")
                except OSError:
                    return  # the client does not trust the certificate

        threading.Thread(target=work, daemon=True).start()
        yield listening.getsockname()[1], named


@pytest.mark.parametrize("name", ["pages.example", "other.example"])
def test_a_certificate_is_checked_for_the_name_and_not_for_the_address(
    encrypted: tuple[int, list[str | None]], certificate: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    port, named = encrypted
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    dial = Dial(
        resolve=lambda host, _: (PUBLIC,),
        connect=lambda address, _, timeout: socket.create_connection(("127.0.0.1", port), timeout),
    )
    pages = Pages(SETTINGS, dial=dial)
    if name == "pages.example":
        assert pages.get(f"https://{name}/", LARGEST).data == b"Heat helps."
    else:
        assert "no secure connection could be made" in str(failure(pages, f"https://{name}/"))
    assert named == [name]


HTML = b"\n<!DOCTYPE html><html><p>x"


@pytest.mark.parametrize(
    ("media", "path", "data", "kind"),
    [
        ("text/html", "/page.md", b"x", ".html"),
        ("application/xhtml+xml", "/", b"x", ".html"),
        ("text/plain", "/", b"# x", ".txt"),
        ("text/plain", "/knees.md", b"# x", ".md"),
        ("text/plain", "/knees.unknown", b"# x", ".txt"),
        ("text/markdown", "/knees.txt", b"# x", ".md"),
        ("application/xml", "/", b"<?xml version='1.0'?><article/>", ".xml"),
        ("text/xml", "/", b"<?xml version='1.0'?>\n<!DOCTYPE html><html/>", ".html"),
        ("application/octet-stream", "/knees.md", HTML, ".md"),
        ("application/octet-stream", "/knees", HTML, ".html"),
        ("", "/knees", b"\xef\xbb\xbf<html>", ".html"),
        ("", "/knees", b"<?xml version='1.0'?>\n<!DOCTYPE article>", ".xml"),
        ("", "/knees", b"PK\x03\x04\x00", ".docx"),
        ("", "/knees", b"Heat helps.", ".txt"),
        ("", "/knees", b"%PDF-1.7", ""),
        ("", "/knees", b"\x89PNG\0", ""),
        ("application/pdf", "/knees.md", b"%PDF-1.7", ""),
        ("image/png", "/knees.txt", b"x", ""),
    ],
)
def test_which_reader_a_page_goes_to(media: str, path: str, data: bytes, kind: str) -> None:
    assert kind_of(media, f"https://pages.example{path}?a.html", data) == kind


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    ("data", "charset", "kind", "result"),
    [
        (b"na\xefve", "iso-8859-1", ".html", MARK + "naïve".encode()),
        (b"\x93x\x94", "us-ascii", ".txt", MARK + "“x”".encode()),
        ("naïve".encode(), "utf-8", ".html", MARK + "naïve".encode()),
        ("naïve".encode("utf-16-le"), "utf-16", ".txt", MARK + "naïve".encode()),
        ("日本".encode("shift_jis"), "shift_jis", ".html", MARK + "日本".encode()),
        (b"na\xefve", "", ".html", b"na\xefve"),
        (b"na\xefve", "zlib", ".html", b"na\xefve"),
        (b"na\xefve", "idna", ".html", b"na\xefve"),
        (b"na\xefve", "cp9999", ".html", b"na\xefve"),
        (MARK + b"x", "iso-8859-1", ".html", MARK + b"x"),
        (b"PK\xff", "utf-8", ".docx", b"PK\xff"),
    ],
)
def test_the_charset_of_the_header_reaches_the_reader(data: bytes, charset: str, kind: str, result: bytes) -> None:
    assert as_utf8(data, charset, kind) == result


def test_a_page_ready_to_read(serve: Callable[..., Loopback]) -> None:
    server = serve(Reply(200, b"na\xefve", {"Content-Type": 'Text/Markdown; Charset="ISO-8859-1"'}))
    assert fetch(server.url, local()) == Page(url=f"{server.url}/", data=MARK + "naïve".encode(), kind=".md")


def test_a_page_of_a_kind_that_is_not_read(serve: Callable[..., Loopback]) -> None:
    server = serve(Reply(200, b"%PDF-1.7", {"Content-Type": "application/pdf"}))
    with pytest.raises(ArticleError, match="is of the type application/pdf, which is not read; give a page that is"):
        fetch(server.url, local())
