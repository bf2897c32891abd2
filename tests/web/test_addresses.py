"""What every address keeps to: host names, last slashes, languages, codes of the display, compression."""

from __future__ import annotations

import gzip

import pytest
from flask import Response
from flask.testing import FlaskClient

from tests import factories
from tracker.web.security import answers_to

OWN = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize("host", ["bad host", "a/b", "x@y", "a:b:c", "exa<mple", "localhost:99999"])
def test_a_malformed_host_is_refused(client, host):
    assert client.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("[::2]:8000", False),
        ("", False),
    ],
)
def test_only_known_hosts_are_answered(app, client, host, known):
    assert answers_to(host, OWN) is known
    app.config["TRUSTED_NAMES"] = OWN
    if host:
        assert client.get("/", headers={"Host": host}).status_code == (200 if known else 400)


def test_a_domain_with_its_sub_domains():
    assert answers_to("a.example.vn", [".example.vn"])
    assert not answers_to("example.com", [".example.vn"])


@pytest.mark.parametrize("path", ["/projects", "/plan", "/map"])
def test_a_last_slash_leads_to_the_page(client, path):
    answer = client.get(f"{path}/?lang=en")
    assert answer.status_code == 301
    assert answer.location == f"{path}?lang=en"
    assert client.get("/nothing/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/sign-in", "/projects", "/plan", "/map"])
def test_a_language_that_is_not_there_is_named(client, path):
    answer = client.get(f"{path}?lang=fr")
    assert answer.status_code == 400
    assert "lang=fr" in answer.text


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "vi"),
        ("en-GB,en;q=0.9", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("fr-FR,fr;q=0.9", "vi"),
        ("fr-FR,fr;q=0.9,en;q=0.5,vi;q=0.3", "en"),
        ("en;q=0", "vi"),
        ("*", "vi"),
    ],
)
def test_the_browser_chooses_between_the_two_languages(client, header, lang):
    headers = {"Accept-Language": header} if header else {}
    answer = client.get("/", headers=headers)
    assert answer.headers["Content-Language"] == lang
    assert {"accept-language", "cookie"} <= {name.lower() for name in answer.vary}
    other = "vi" if lang == "en" else "en"
    assert client.get(f"/?lang={other}", headers=headers).headers["Content-Language"] == other
    assert client.get("/", headers=headers).headers["Content-Language"] == other, "the cookie keeps it"


def test_codes_of_the_display_are_checked(client):
    answer = client.get("/display?size=zz&contrast=high")
    assert answer.status_code == 400
    assert "size=zz" in answer.text
    assert "Set-Cookie" not in answer.headers
    assert client.get("/display?size=l").status_code == 303


def test_signing_in_never_leads_to_signing_out(signed_in):
    assert signed_in().get("/sign-in?next=/sign-out").location == "/"


def test_answers_are_compressed_for_visitors_only(client, signed_in, app):
    with app.app_context():
        factories.make_project(name_vi="Điện gió nén")
    packed = {"Accept-Encoding": "gzip, br"}
    plain, visitor = client.get("/projects"), FlaskClient(app, Response)  # nobody looks into packed pages
    small = visitor.get("/projects", headers=packed)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    assert int(small.headers["Content-Length"]) == len(small.data)
    assert "accept-encoding" in {name.lower() for name in plain.vary}
    weak = small.headers["ETag"]
    assert weak == f"W/{plain.headers['ETag']}"
    for tag in (weak, plain.headers["ETag"]):
        assert visitor.get("/projects", headers={"If-None-Match": tag, **packed}).status_code == 304
    assert "Content-Encoding" not in signed_in().get("/projects", headers=packed).headers
    assert "Content-Encoding" not in client.get("/healthz", headers=packed).headers, "too small"
    for path in ("/map/data.json", "/projects.geojson", "/map/layers/provinces-34.geojson"):
        again = visitor.get(path, headers=packed)
        assert gzip.decompress(again.data) == client.get(path).data if "gzip" in str(again.headers) else True
        tag = f"W/{again.headers['ETag'].removeprefix('W/')}"
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_page_with_a_token_is_not_compressed(client):
    assert "Content-Encoding" not in client.get("/sign-in", headers={"Accept-Encoding": "gzip"}).headers
