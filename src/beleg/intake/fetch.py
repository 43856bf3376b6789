"""One document from a web address, within limits, and from nowhere but the public internet.

Only what somebody names is fetched, and nothing a document refers to. No cookies, no proxy from
the environment, no name or password. docs/intake-network.md lists all rules.
"""

from __future__ import annotations

import http
import re
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beleg.errors import FetchFailed, FetchRefused, InputNotText, InputTooLarge
from beleg.intake.fetch_address import WebAddress, joined, parse_address, resolve, shown
from beleg.intake.read import MAX_BYTES
from beleg.messages import Message
from beleg.version import __version__

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse

FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
)
ACCEPTED_TYPES = FEED_TYPES | {
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "text/xml",
    "application/xml",
    "application/json",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_HEADERS = {
    "User-Agent": f"Beleg/{__version__} (reads single articles and feeds that a person names)",
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, "
    "application/feed+json, application/pdf, text/plain, */*;q=0.1",
    "Accept-Language": "de, *;q=0.5",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK = 65_536
_GZIP_OR_ZLIB = 47  # window bits of zlib: either header, the largest window
_CHARSET = re.compile(r"""\bcharset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_SAVE = "Save the page in the browser and give the file"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch may cost, redirects included.

    seconds: wall-clock time of the whole. silence: seconds without a byte before giving up.
    max_bytes: of the body as sent, and of the body unpacked. max_header_bytes: of names and
    values together (a single line ends at 65,536, and there may be 100).
    """

    seconds: float = 30.0
    silence: float = 10.0
    max_bytes: int = MAX_BYTES
    max_header_bytes: int = 65_536
    max_redirects: int = 5


LIMITS = FetchLimits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address gave.

    url: the address that answered, after redirects. content: unpacked, otherwise as sent.
    content_type: media type in lower case, charset: as the header names it; None if unnamed.
    """

    url: str
    content: bytes
    content_type: str | None
    charset: str | None


def fetch(url: str, *, limits: FetchLimits = LIMITS, allow_private: bool = False) -> Fetched:
    """The document at an http(s) address, read once, with certificates verified.

    allow_private: addresses of private networks and of this machine are asked too, on any port.
    Raises FetchRefused (an address that is not asked), FetchFailed (no proper answer in time),
    InputTooLarge and InputNotText (a media type Beleg does not read).
    """
    ends = time.monotonic() + limits.seconds
    address = parse_address(url, allow_private=allow_private)
    for _ in range(limits.max_redirects + 1):
        answer = _ask(address, limits=limits, allow_private=allow_private, ends=ends)
        if isinstance(answer, Fetched):
            return answer
        if address.secure and not answer.secure:
            what = Message("to_http", "leads from https to unencrypted http")
            raise FetchRefused(shown(address.url), what, _SAVE)
        address = answer
    most = limits.max_redirects
    raise FetchFailed(
        shown(url), Message("redirects", f"more than {most} redirects", most=most), _SAVE
    )


def _ask(
    address: WebAddress, *, limits: FetchLimits, allow_private: bool, ends: float
) -> Fetched | WebAddress:
    """What the address gives, or the address it leads to."""
    from http.client import HTTPException

    from urllib3.exceptions import HTTPError

    from beleg.intake.fetch_connection import connection_to

    where = shown(address.url)
    try:
        places = resolve(
            address,
            allow_private=allow_private,
            seconds=min(limits.silence, ends - time.monotonic()),
        )
        with connection_to(address, places, silence=limits.silence, ends=ends) as connection:
            connection.request("GET", address.target, headers=_HEADERS, preload_content=False)
            with connection.getresponse() as response:
                leads_to = _checked_head(response, address, limits, allow_private)
                answer = leads_to or _document(response, address, limits)
    except (HTTPError, HTTPException, OSError, zlib.error) as error:
        if time.monotonic() >= ends:
            raise _too_slow(where, limits) from error
        raise FetchFailed(where, _reason(error), "Try again later, or save the page") from error
    # A connection that was cut can look like a document that ended.
    if time.monotonic() >= ends:
        raise _too_slow(where, limits)
    return answer


def _checked_head(
    response: HTTPResponse, address: WebAddress, limits: FetchLimits, allow_private: bool
) -> WebAddress | None:
    """Where the answer leads on, None if it holds a document."""
    where = shown(address.url)
    size = sum(len(name) + len(value) for name, value in response.headers.items())
    if size > limits.max_header_bytes:
        most = limits.max_header_bytes
        what = Message("headers", f"more than {most} bytes of headers", most=most)
        raise FetchFailed(where, what, _SAVE)
    location = response.headers.get("Location")
    if response.status in _REDIRECTS and location:
        target = joined(address.url, _as_utf8(location))
        if target is None:
            to = shown(location)
            what = Message("bad_redirect", f"leads to {to}, no web address", to=to)
            raise FetchRefused(where, what, _SAVE)
        return parse_address(target, allow_private=allow_private)
    if response.status != http.HTTPStatus.OK:
        try:
            phrase = f" ({http.HTTPStatus(response.status).phrase})"
        except ValueError:
            phrase = ""
        answer = f"{response.status}{phrase}"
        what = Message("answers", f"answers {answer}", answer=answer)
        raise FetchFailed(where, what, f"Check it, or: {_SAVE}")
    return None


def _document(response: HTTPResponse, address: WebAddress, limits: FetchLimits) -> Fetched:
    where = shown(address.url)
    header = response.headers.get("Content-Type", "")
    content_type = header.partition(";")[0].strip().lower() or None
    if content_type is not None and content_type not in ACCEPTED_TYPES:
        raise InputNotText(
            where,
            Message("wrong_type", f"of the type {shown(content_type)}", type=shown(content_type)),
            "Give the address of a page, feed, text, PDF or DOCX file",
        )
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:20]) > limits.max_bytes:
        raise _too_large(where, limits)
    chunks = _counted(response.stream(_CHUNK, decode_content=False), where, limits)
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed in ("", "identity"):
        content = b"".join(chunks)
    elif packed in ("gzip", "x-gzip", "deflate"):
        content = _unpacked(chunks, where, limits)
    else:
        how = shown(packed)
        what = Message("packed_as", f"packed as {how}, which was not asked for", how=how)
        raise FetchFailed(where, what, _SAVE)
    charset = _CHARSET.search(header)
    return Fetched(
        url=address.url,
        content=content,
        content_type=content_type,
        charset=charset[1].lower() if charset else None,
    )


def _counted(chunks: Iterable[bytes], where: str, limits: FetchLimits) -> Iterator[bytes]:
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > limits.max_bytes:
            raise _too_large(where, limits)
        yield chunk


def _unpacked(chunks: Iterable[bytes], where: str, limits: FetchLimits) -> bytes:
    """The content of gzip members or of a zlib stream, never more of it than the limit."""
    content = bytearray()
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    begun = False
    for chunk in chunks:
        rest = chunk
        while rest:
            begun = True
            content += unpacker.decompress(rest, limits.max_bytes + 1 - len(content))
            if len(content) > limits.max_bytes:
                raise _too_large(where, limits)
            rest = unpacker.unused_data
            if unpacker.eof:
                unpacker, begun = zlib.decompressobj(_GZIP_OR_ZLIB), False
    if begun:
        what = Message("cut_off", "the packed document ends too early")
        raise FetchFailed(where, what, "Try again later")
    return bytes(content)


def _as_utf8(header: str) -> str:
    """A header as its bytes were meant; http.client reads every header as Latin-1."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _too_large(where: str, limits: FetchLimits) -> InputTooLarge:
    return InputTooLarge(
        where,
        Message("larger", f"larger than {limits.max_bytes} bytes", most=limits.max_bytes),
        "Save the article as text, or raise the limit",
    )


def _too_slow(where: str, limits: FetchLimits) -> FetchFailed:
    seconds = f"{limits.seconds:g}"
    what = Message("fetch_slow", f"not read within {seconds} seconds", seconds=seconds)
    return FetchFailed(where, what, "Try again later")


def _reason(error: Exception) -> Message:
    import ssl

    from urllib3.exceptions import SSLError

    if isinstance(error, ssl.SSLCertVerificationError):
        detail = error.verify_message
        return Message("certificate", f"its certificate is not valid ({detail})", detail=detail)
    if isinstance(error, (ssl.SSLError, SSLError)):
        return Message("not_secure", "no secure connection")
    if isinstance(error, zlib.error):
        return Message("packed_damaged", "the packed document is damaged")
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return Message("no_answer", "no answer in time")
    if isinstance(error, ConnectionRefusedError):
        return Message("nobody_answers", "nobody answers there")
    cause = type(error).__name__
    return Message("connection", f"the connection failed ({cause})", cause=cause)
