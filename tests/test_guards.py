"""What a server sends is taken only when it is whole and no trap, and no request goes where it must not."""

from __future__ import annotations

import gzip
import zlib
from ipaddress import ip_address

import pytest
from faultportal.crawls import address, below, crawl_through, page, stats
from faultportal.server import Answer, End, http, serving
from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.project import get_project_settings
from test_crawl import PORTAL, crawl, scrapy
from test_losses import ITEM, LISTING, PAGER, article

from fjsen_spider import settings
from fjsen_spider.crawling.configuration import OF_SCRAPY, SETTINGS, BadSettingError, check
from fjsen_spider.crawling.guards.addresses import is_public, literal
from fjsen_spider.crawling.guards.budget import first_listed
from fjsen_spider.crawling.guards.content import CutError, TooLargeError, measure, packing
from fjsen_spider.spiders.fjsen import FjsenSpider

HTML = article("早市").encode()
PACKED = gzip.compress(HTML)
MEGABYTE = 1024 * 1024


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def stream(megabytes: int) -> Answer:
    """A page without end, on a connection that says nothing of its length."""
    head = http(Content_Length="").parts[0]
    return Answer([head, *[(0, b"<p>" + b"a" * MEGABYTE)] * megabytes], End.CLOSE)


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


WHOLE = {
    "packed": lambda: http(PACKED, Content_Encoding="gzip"),
    "deflated": lambda: http(zlib.compress(HTML), Content_Encoding="deflate"),
    "bare": lambda: http(bare_deflate(HTML), Content_Encoding="deflate"),
    "mislabelled": lambda: http(HTML, Content_Encoding="gzip"),
    "misdeflated": lambda: http(HTML, Content_Encoding="deflate"),
    "unlabelled": lambda: http(PACKED),
    "untyped": lambda: http(PACKED, Content_Type=""),
    "unsized": lambda: http(HTML, Content_Length="", end=End.CLOSE),
    "unsizedpacked": lambda: http(PACKED, Content_Length="", Content_Encoding="gzip", end=End.CLOSE),
}
"""Answers that are an article, whatever is said of them."""

BROKEN = {
    "cut": lambda: http(PACKED[:-200], Content_Encoding="gzip"),
    "trailer": lambda: http(PACKED[:-4], Content_Encoding="gzip"),
    "checksum": lambda: http(PACKED[:-8] + b"\0" * 8, Content_Encoding="gzip"),
    "cutdeflate": lambda: http(zlib.compress(HTML)[:-100], Content_Encoding="deflate"),
    "short": lambda: http(HTML[:-100], Content_Length="", end=End.CLOSE),
    "long": lambda: http(HTML, Content_Length=str(len(HTML) + 9), end=End.CLOSE),
    "chunks": lambda: Answer(
        [(0, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(HTML[:300]))], End.CLOSE
    ),
    "empty": lambda: http(b""),
    "emptypacked": lambda: http(gzip.compress(b""), Content_Encoding="gzip"),
    "drip": lambda: Answer([http(Content_Length="99999").parts[0], *[(0.4, b"<p>")] * 20], End.CLOSE),
}
"""Answers that are not whole."""

LARGE = {
    "bomb": lambda: http(gzip.compress(b"<p>" * 60 * MEGABYTE, 9), Content_Encoding="gzip"),
    "announced": lambda: http(b"<p>", Content_Length=str(1024 * MEGABYTE), end=End.CLOSE),
    "endless": lambda: stream(200),
}

HIDDEN = "http://127.0.0.2/", "http://2130706434/", "http://169.254.169.254/latest/", "http://[::ffff:127.0.0.2]/"
OFF = ["http://www.example.org/", *HIDDEN]


@pytest.fixture(scope="module")
def site():
    """The portal of the crawl that most tests are about."""
    with serving() as portal:
        yield portal


@pytest.fixture(scope="module")
def guarded(site, tmp_path_factory):
    """One crawl of everything that a server can send, by a host of its own each."""
    site.scripts = {address(host): [answer()] for host, answer in (WHOLE | BROKEN | LARGE).items()}
    site.scripts |= {
        address(f"late{host}"): [answer(), page(host)] for host, answer in BROKEN.items() if host != "drip"
    }
    site.scripts |= {address("excess"): [http(HTML, Content_Length=str(len(HTML) - 40), end=End.CLOSE)]}
    site.scripts |= {address("zstd"): [http(b"\x28\xb5\x2f\xfd rest", Content_Encoding="zstd")]}
    site.scripts |= {address("round"): [http(status=302, Location=address("round"))]}
    site.scripts |= {address("off", n): [http(status=302, Location=to)] for n, to in enumerate(OFF)}
    for number, scheme in enumerate(("file:///etc/hostname", "data:text/html,<p>", "ftp://127.0.0.1/x")):
        site.scripts[address("scheme", number)] = [http(status=302, Location=scheme)]
    site.scripts |= {address("port"): [http(status=302, Location="http://port.fjsen.com:8080/")]}
    site.scripts |= {address("longurl"): [http(status=302, Location=address("longurl") + "?" + "a" * 600)]}
    refresh = article("早市").replace("<head>", '<head><meta http-equiv="refresh" content="0;url=http://127.0.0.2/">')
    site.scripts |= {address("refresh"): [http(refresh)]}
    pace = {"FJSEN_BREAKER_FAILURES": 999, "DOWNLOAD_TIMEOUT": 4, "RETRY_TIMES": 1, "CONCURRENT_REQUESTS": 64}
    return crawl_through(site, tmp_path_factory.mktemp("guarded"), [*site.scripts], **pace)


@pytest.fixture(scope="module")
def hosts(guarded):
    """The record of each host that gave one."""
    return {record["channel"]: record for record in guarded.records}


@pytest.mark.parametrize("host", WHOLE)
def test_whole_page_is_read_whatever_is_said_of_it(hosts, host):
    assert (hosts[host]["title"], hosts[host]["warnings"]) == ("早市", [])


@pytest.mark.parametrize("host", BROKEN)
def test_page_that_is_not_whole_is_asked_for_again_and_never_read(hosts, site, host):
    assert host not in hosts
    assert len(site.times(address(host))) == 2


@pytest.mark.parametrize("host", [host for host in BROKEN if host != "drip"])
def test_page_that_comes_whole_the_second_time_is_read(hosts, site, host):
    assert hosts[f"late{host}"]["title"] == host
    assert len(site.times(address(f"late{host}"))) == 2


def test_what_is_not_whole_is_counted(guarded):
    assert below(guarded, "fjsen/not_whole/") == {"cut": 4 * 3, "partial": 3, "empty": 2 * 3}
    assert below(guarded, "fjsen/failed/article/")["ResponseDataLossError"] == len(BROKEN) - 1


@pytest.mark.parametrize("host", LARGE)
def test_page_that_is_too_large_is_refused_at_once(hosts, site, host):
    assert host not in hosts
    assert len(site.times(address(host))) == 1


def test_page_cut_by_its_own_length_is_flagged(hosts):
    assert hosts["excess"]["warnings"] == ["cut-short", "body-unclosed"]


def test_what_is_refused_is_counted(guarded):
    refused = below(guarded, "fjsen/refused/")
    assert refused == {"too-large": 3, "packing": 1, "redirects": 1, "offsite": len(OFF), "port": 1, "url-length": 1}


def test_redirects_end(guarded, site):
    assert len(site.times(address("round"))) == 6


def test_no_redirect_leads_off_the_portal(guarded, site):
    assert {one.url for one in site.asked if ".fjsen.com/" not in one.url} == set()
    assert {one.url for one in site.asked if ":8080" in one.url or len(one.url) > 500} == set()
    assert below(guarded, "fjsen/failed/article/")["302"] == 3, "other schemes are not followed"


def test_refreshing_page_is_read_as_it_is(hosts):
    assert hosts["refresh"]["title"] == "早市"


def test_memory_is_bounded(guarded):
    assert guarded.report["peak_memory_mb"] < 400


def test_budgets(faults, tmp_path):
    column, other = "http://news.fjsen.com/china.htm", "http://news.fjsen.com/world.htm"
    pager = PAGER.format(
        "".join(f'<a href="china_{n}.htm">[{n}]</a>' for n in range(2, 40)) + '<a href="china_{}.htm">下一页</a>'
    )
    faults.scripts = {other: [http(LISTING.format(ITEM.format(address("xm")), ""))], address("xm"): [page()]}
    for n in range(1, 40):
        url = column if n == 1 else column.replace(".htm", f"_{n}.htm")
        faults.scripts[url] = [http(LISTING.format(ITEM.format(address("many", n)), pager.format(n + 1)))]
        faults.scripts[address("many", n)] = [page(str(n))]
    name = address("long").rpartition("/")[2].removesuffix(".htm")
    long = http(article("长文", *(f"{name}_{n}.htm" for n in range(2, 13))))
    faults.scripts |= {
        address("long").replace(".htm", f"{suffix}.htm"): [long] for suffix in ("", *(f"_{n}" for n in range(2, 13)))
    }
    limits = {"FJSEN_MAX_LISTING_PAGES": 6, "FJSEN_MAX_DEPTH": 7, "FJSEN_MAX_REQUESTS_PER_HOST": 12}
    busy = [address("busy", n) for n in range(20)]
    run = crawl_through(faults, tmp_path, [column, other, address("long"), *busy], **limits)
    pages = [one.url for one in faults.asked if "/china" in one.url]
    assert len(pages) == 6
    assert len(run.records) == 8
    assert [one["pages"]["fetched"] < 12 for one in run.records if one["title"] == "长文"] == [True]
    assert below(run, "fjsen/refused/")["depth"] >= 1
    assert len([one for one in faults.asked if "//busy." in one.url]) == 12
    assert below(run, "fjsen/refused/")["host-requests"] >= 1, "then the host is left alone"
    assert below(run, "fjsen/refused/")["listing-pages"] >= 1
    assert run.err.count("Cut, and only told once: http://news.fjsen.com/china.htm ") == 1
    assert run.err.count("Cut, and only told once: busy.fjsen.com ") == 1


def test_requests_of_a_run(faults, tmp_path):
    urls = [address("busy", n) for n in range(12)]
    faults.scripts = {url: [page(url)] for url in urls}
    run = crawl_through(faults, tmp_path, urls, FJSEN_MAX_REQUESTS=9)
    assert (run.report["finish_reason"], run.status) == ("closespider_requests", 75)
    assert len(faults.asked) <= 9
    assert "fjsen/refused/run-requests" in stats(run)


def test_articles_of_one_listing(caplog):
    crawler = Crawler(FjsenSpider, Settings({"FJSEN_MAX_LISTED": 3}))
    crawler.stats = MemoryStatsCollector(crawler)
    assert first_listed(crawler, "http://news.fjsen.com/china.htm", range(3)) == range(3)
    assert first_listed(crawler, "http://news.fjsen.com/china.htm", range(9)) == range(3)
    assert crawler.stats.get_stats() == {"fjsen/refused/listed": 6}
    assert [record.message for record in caplog.records] == [
        "Cut: http://news.fjsen.com/china.htm lists 9 articles, 3 are followed"
    ]


NOT_PUBLIC = """127.0.0.1 127.2 127.0.0.2. 2130706434 0x7f000002 0x7f.2 017700000002 0177.0.0.2 localhost a.localhost 0 0.0.0.0
10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 192.0.0.192 198.18.0.1 192.0.2.1 224.0.0.1
240.0.0.1 255.255.255.255 168.63.129.16 [::1] [::] [::ffff:127.0.0.2] [::ffff:7f00:2] [::127.0.0.1] [64:ff9b::7f00:1]
[64:ff9b:1::1] [2002:7f00:1::] [2002:a00:1::1] [2001:0:7f00:1::] [fe80::1] [fe80::1%25eth0] [fc00::1] [fd00:ec2::254]
[fec0::1] [ff02::1] [2001:db8::1] [::ffff:0:127.0.0.1]""".split()


@pytest.mark.parametrize("host", NOT_PUBLIC)
def test_address_that_is_not_public(host):
    assert not is_public(literal(host))


@pytest.mark.parametrize(
    "host", ["8.8.8.8", "134744072", "0x08.8.8.8", "[2400:3200::1]", "[64:ff9b::808:808]", "[::ffff:8.8.8.8]"]
)
def test_address_that_is_public(host):
    assert is_public(literal(host))


@pytest.mark.parametrize(
    "host", ["news.fjsen.com", "localhost.fjsen.com", "1e100.net", "0xnews", "", "1.2.3.4.5", "256.1.1.1"]
)
def test_name_is_no_address(host):
    assert literal(host) is None


def test_name_that_leads_inside_is_not_resolved(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        'import socket\nsocket.gethostbyname = lambda name: "127.0.0.2"\n', "utf-8"
    )
    (tmp_path / "seeds.txt").write_text(address("xm"), "utf-8")
    options = ["-a", f"urls={tmp_path}/seeds.txt", "-s", "STATS_DUMP=True"]
    run = crawl(tmp_path, *options, replay=None, env={"PYTHONPATH": str(tmp_path)})
    assert run.report["finish_reason"] == "robots_unreachable"
    assert below(run, "fjsen/refused/") == {"address": 1, "no-such-host": 1}
    assert below(run, "fjsen/retried/") == {}


def test_loopback_can_be_allowed(tmp_path, faults):
    faults.scripts = {f"{faults.url}/page.htm": [http("<p>here</p>")]}
    fetch = [
        "fetch",
        "--nolog",
        "-s",
        "AUTOTHROTTLE_ENABLED=False",
        "-s",
        f"FJSEN_DATA={tmp_path}",
        f"{faults.url}/page.htm",
    ]
    assert scrapy(*fetch).stdout == ""
    assert faults.asked == []
    assert scrapy(*fetch, "-s", "FJSEN_ALLOW_LOOPBACK=True").stdout == "<p>here</p>\n"


def test_what_is_off_is_off():
    project = get_project_settings()
    handlers = project.getdict("DOWNLOAD_HANDLERS")
    assert [scheme for scheme in ("file", "data", "ftp", "s3") if handlers[scheme] is not None] == []
    for name in ("COOKIES_ENABLED", "TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "METAREFRESH_ENABLED"):
        assert project.getbool(name) is False


def test_no_file_is_fetched(tmp_path):
    told = scrapy("fetch", "file:///etc/hostname", "-s", f"FJSEN_DATA={tmp_path}")
    assert told.stdout == ""


def test_every_setting_of_the_project_has_a_range():
    assert {name for name in vars(settings) if name.startswith("FJSEN_")} == set(SETTINGS)
    check(get_project_settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FJSEN_BACKOFF", "-1"),
        ("FJSEN_BACKOFF", "soon"),
        ("FJSEN_BACKOFF", "nan"),
        ("FJSEN_RETRY_AFTER_MAX", "inf"),
        ("FJSEN_BREAKER_FAILURES", "0"),
        ("FJSEN_MAX_LISTING_PAGES", "1.5"),
        ("FJSEN_MAX_REQUESTS", None),
        ("FJSEN_ALLOW_LOOPBACK", "perhaps"),
        ("FJSEN_CONTACT", " "),
        ("FJSEN_DATA", ""),
        ("FJSEN_BACKOF", "3"),
        ("DOWNLOAD_MAXSIZE", "0"),
        ("DOWNLOAD_TIMEOUT", "0"),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", "none"),
    ],
)
def test_setting_that_makes_no_sense(name, value):
    chosen = Settings(get_project_settings().copy_to_dict() | {name: value})
    with pytest.raises(BadSettingError, match=name):
        check(chosen)


@pytest.mark.parametrize("name", sorted({*SETTINGS, *OF_SCRAPY} - {"FJSEN_CONTACT", "FJSEN_DATA", "FJSEN_REPLAY"}))
def test_every_number_and_switch_has_an_end(name):
    chosen = Settings(get_project_settings().copy_to_dict() | {name: "-1"})
    with pytest.raises(BadSettingError, match=f"{name}: '-1' is "):
        check(chosen)


def test_bad_setting_is_refused_before_the_first_request(tmp_path):
    run = crawl(tmp_path / "data", "-s", "FJSEN_BACKOFF=never", replay=PORTAL)
    assert run.status == 78
    assert run.err == "scrapy crawl: FJSEN_BACKOFF: 'never' is no number\n"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("body", "labels", "packed"),
    [
        (PACKED, ["gzip"], "gzip"),
        (PACKED, [], "gzip"),
        (PACKED, ["deflate"], "gzip"),
        (HTML, ["gzip"], None),
        (b" \n" + HTML, ["deflate"], None),
        (zlib.compress(HTML), ["deflate"], "deflate"),
        (b"", ["gzip"], None),
    ],
)
def test_packing_is_told_by_the_bytes(body, labels, packed):
    assert packing(body, labels) == packed


@pytest.mark.parametrize("body", [PACKED, PACKED + PACKED, PACKED + b"\0\0"])
def test_packed_body_is_measured(body):
    assert measure(body, "gzip", MEGABYTE) == len(HTML) * body.count(b"\x1f\x8b\x08")


@pytest.mark.parametrize("kept", range(2, len(PACKED), 37))
def test_packed_body_that_is_cut_anywhere_is_told(kept):
    with pytest.raises(CutError):
        measure(PACKED[:kept], "gzip", MEGABYTE)


def test_cut_second_member_and_a_bomb_are_told():
    with pytest.raises(CutError):
        measure(PACKED + PACKED[:-9], "gzip", MEGABYTE)
    with pytest.raises(TooLargeError):
        measure(gzip.compress(b"a" * 2 * MEGABYTE), "gzip", MEGABYTE)
    with pytest.raises(TooLargeError):
        measure(zlib.compress(b"a" * 2 * MEGABYTE), "deflate", MEGABYTE)


def test_ip_literals_of_the_list_are_what_they_look_like():
    assert literal("0177.0.0.2") == literal("127.2") == ip_address("127.0.0.2")
