"""Every way in which one HTTP server misbehaves, with the end that a fetch of it must have."""

import gzip
from dataclasses import dataclass

from indexer.crawl.document import Outcome
from tests.hostile.behaviours import (
    MEBI,
    answer,
    bomb,
    drip,
    flood,
    nested_bomb,
    page,
    patient_bomb,
    raw,
    redirect,
    reset_after,
    silence,
)
from tests.hostile.server import Behaviour

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LAST = b"0\r\n\r\n"
PACKED = {"Content-Encoding": "gzip"}
PACKED_PAGE = gzip.compress(b"<p>fictional</p>" * 100)
UNCOMPRESSED = gzip.compress(b"a" * 60_000, 0)
GIBI = 1024 * MEBI
_BLANKS = b" " * 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a server does on the path `/name`, and how the fetch ends."""

    name: str
    behaviour: Behaviour
    outcome: Outcome


def _cases(outcome: Outcome, **behaviours: Behaviour) -> list[Case]:
    return [
        Case(name=name.replace("_", "-"), behaviour=behaviour, outcome=outcome)
        for name, behaviour in behaviours.items()
    ]


def _bytes(data: bytes) -> list[bytes]:
    return [bytes([one]) for one in data]


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


CASES = (
    *_cases(
        Outcome.FETCHED,
        plain=page(b"<p>fictional</p>"),
        packed=page(PACKED_PAGE, headers=PACKED),
        packed_in_members=page(PACKED_PAGE * 20, headers=PACKED),
        packed_then_zeros=page(PACKED_PAGE + bytes(500), headers=PACKED),
        packed_then_words=page(PACKED_PAGE + b"and words", headers=PACKED),
        packed_by_its_old_name=page(PACKED_PAGE, headers={"Content-Encoding": "X-GZIP"}),
        packed_and_empty=page(b"", headers=PACKED),
        not_packed_at_all=page(b"<p>fictional</p>", headers={"Content-Encoding": "identity"}),
        chunked=raw(CHUNKED + _chunk(b"<p>") + _chunk(b"fictional") + b"0\r\n\r\n"),
        chunked_byte_by_byte=raw(*_bytes(CHUNKED + _chunk(b"ab") + LAST), pause=0.001),
        chunked_with_trailer=raw(CHUNKED + _chunk(b"a") + b"0\r\nX-Sum: 1\r\n\r\n"),
        chunked_with_extension=raw(CHUNKED + b'1;name="value"\r\na\r\n0\r\n\r\n'),
        chunked_beside_a_length=raw(
            OK + b"Content-Length: 3\r\n" + CHUNKED[len(OK) :] + _chunk(b"more than 3") + LAST
        ),
        until_the_end=raw(OK + b"\r\n<p>fictional</p>"),
        of_http_1_0=raw(b"HTTP/1.0 200 OK\r\n\r\n<p>fictional</p>"),
        more_than_its_length=raw(OK + b"Content-Length: 3\r\n\r\nabcdefgh"),
        bare_newlines=raw(b"HTTP/1.1 200 OK\nContent-Length: 1\n\na"),
        without_a_reason=raw(b"HTTP/1.1 200\r\nContent-Length: 1\r\n\r\na"),
        after_interim_answers=raw(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer(200, b"a")
        ),
        nothing_at_all_in_it=page(b"", status=204),
        lonely_blanks=raw(OK + b"X-Wide:" + _BLANKS + b"\r\nContent-Length: 1\r\n\r\na"),
    ),
    *_cases(
        Outcome.TIMED_OUT,
        silent=silence(),
        silent_in_the_status=silence(b"HTTP/1.1 2"),
        silent_in_the_head=silence(OK + b"Content-Le"),
        silent_in_the_body=silence(OK + b"Content-Length: 100\r\n\r\nsome"),
        silent_in_a_chunk=silence(CHUNKED + b"64\r\nsome"),
        silent_before_the_end=silence(CHUNKED + _chunk(b"all but the end")),
        dripping_status=drip(b"HTTP/1.1 200 ", b"O"),
        dripping_head=drip(OK, b"X-Slow: yes\r\n"),
        dripping_body=drip(OK + b"Content-Length: 1000000\r\n\r\n", b"<p>"),
        dripping_chunks=drip(CHUNKED, b"1\r\na\r\n"),
        dripping_interim_answers=drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        dripping_gzip=drip(OK + b"Content-Encoding: gzip\r\n\r\n" + UNCOMPRESSED[:20], b"a"),
    ),
    *_cases(
        Outcome.BROKEN,
        closing=raw(b""),
        closing_in_the_status=raw(b"HTTP/1.1"),
        closing_in_the_head=raw(OK + b"Content-Le"),
        closing_in_the_body=raw(OK + b"Content-Length: 100\r\n\r\nsome"),
        closing_in_a_chunk=raw(CHUNKED + b"64\r\nsome"),
        closing_before_the_last_chunk=raw(CHUNKED + _chunk(b"some")),
        closing_in_the_trailer=raw(CHUNKED + _chunk(b"some") + b"0\r\nX-"),
        resetting=reset_after(),
        resetting_in_the_head=reset_after(OK + b"Content-Le"),
        resetting_in_the_body=reset_after(OK + b"Content-Length: 100\r\n\r\nsome"),
        of_http_0_9=raw(b"<html>no head at all</html>"),
        of_another_protocol=raw(b"SSH-2.0-Fictional_1.0\r\n\r\n"),
        of_http_2=raw(b"HTTP/2.0 200 OK\r\nContent-Length: 1\r\n\r\na"),
        noise=raw(bytes(range(256)) * 40),
        zeros=raw(bytes(100_000)),
        blank_lines=raw(b"\r\n" * 1000),
        without_a_status=raw(b"HTTP/1.1 OK\r\n\r\n"),
        with_status_99=raw(b"HTTP/1.1 099 Hm\r\n\r\n"),
        switching_protocols=raw(b"HTTP/1.1 101 Switching\r\nUpgrade: other\r\n\r\n"),
        partial=page(b"a part", status=206),
        not_modified_unasked=page(status=304),
        redirecting_nowhere=page(status=302),
        two_lengths=raw(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        negative_length=raw(OK + b"Content-Length: -1\r\n\r\nab"),
        length_in_words=raw(OK + b"Content-Length: many\r\n\r\nab"),
        header_without_a_colon=raw(OK + b"Content-Length 1\r\n\r\na"),
        header_with_a_zero=raw(OK + b"X-A: a\x00b\r\nContent-Length: 1\r\n\r\na"),
        header_split_by_a_return=raw(OK + b"X-A: a\rX-B: b\r\nContent-Length: 1\r\n\r\na"),
        blanks_and_a_zero=raw(OK + b"X-A:" + _BLANKS + b"\x00\r\n\r\n"),
        blanks_and_a_form_feed=raw(OK + b"X-A:" + _BLANKS + b"\x0c\r\n\r\n"),
        chunk_of_no_number=raw(CHUNKED + b"zz\r\nab\r\n0\r\n\r\n"),
        chunk_of_negative_size=raw(CHUNKED + b"-5\r\nab\r\n0\r\n\r\n"),
        chunk_of_endless_size=raw(CHUNKED + b"f" * 30 + b"\r\nab"),
        chunk_shorter_than_said=raw(CHUNKED + b"2\r\nabc\r\n0\r\n\r\n"),
        chunk_with_a_long_extension=flood(CHUNKED + b"1;", b"a" * 4096),
        chunk_with_blanks_in_its_extension=raw(CHUNKED + b"1;" + _BLANKS + b"\n\r\na"),
        trailer_of_blanks=raw(CHUNKED + b"0\r\nX-A:" + _BLANKS + b"\x00\r\n\r\n"),
        trailer_of_blanks_after_much=raw(
            CHUNKED + _chunk(b"a" * 200_000) + b"0\r\nX-A:" + _BLANKS + b"\x00\r\n\r\n"
        ),
        endless_trailer=flood(CHUNKED + _chunk(b"a") + b"0\r\n", b"X-More: yes\r\n" * 100),
        chunks_of_almost_nothing=flood(CHUNKED, _chunk(b"a") * 1000),
        endless_interim_answers=flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
        two_transfer_encodings=raw(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + _chunk(PACKED_PAGE)),
        said_to_be_packed=page(b"<p>not packed</p>", headers=PACKED),
        packed_and_cut_short=page(PACKED_PAGE[:-9], headers=PACKED),
        packed_and_cut_in_the_first_mark=page(PACKED_PAGE[:1], headers=PACKED),
        packed_and_damaged=page(PACKED_PAGE[:-8] + b"\x00" * 8, headers=PACKED),
        packed_with_half_a_member=page(PACKED_PAGE + PACKED_PAGE[:15], headers=PACKED),
    ),
    *_cases(
        Outcome.TOO_LARGE,
        gigabyte_announced=flood(OK + b"Content-Length: %d\r\n\r\n" % GIBI, b"a" * 65536, size=GIBI),
        gigabyte_unannounced=flood(OK + b"\r\n", b"a" * 65536, size=GIBI),
        gigabyte_in_chunks=flood(CHUNKED, _chunk(b"a" * 65536), size=GIBI),
        gigabyte_that_is_packed=flood(
            OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"a"), b"\x00" * 65536, size=GIBI
        ),
        more_than_any_number=raw(OK + b"Content-Length: 99999999999999999999\r\n\r\n"),
        endless_head=flood(OK, b"X-More: and more\r\n" * 100),
        endless_header=flood(OK + b"X-Long: ", b"a" * 4096),
        endless_status=flood(b"HTTP/1.1 200 ", b"O" * 4096),
    ),
    *_cases(
        Outcome.BOMB,
        bomb=page(bomb(), headers=PACKED),
        bomb_of_members=page(nested_bomb(), headers=PACKED),
        bomb_with_patience=page(patient_bomb(), headers=PACKED),
        bomb_in_chunks=raw(OK + b"Content-Encoding: gzip\r\n" + CHUNKED[len(OK) :] + _chunk(bomb())),
        bomb_of_nothings=page(gzip.compress(b"") * 100_000, headers=PACKED),
    ),
    *_cases(
        Outcome.ENCODED,
        brotli=page(b"\x0b\x02\x80", headers={"Content-Encoding": "br"}),
        deflate=page(b"x\x9c", headers={"Content-Encoding": "deflate"}),
        packed_twice=page(gzip.compress(PACKED_PAGE), headers={"Content-Encoding": "gzip, gzip"}),
        encoded_in_an_unknown_way=page(b"?", headers={"Content-Encoding": "\xff"}),
    ),
    *_cases(
        Outcome.PRIVATE_ADDRESS,
        to_a_metadata_service=redirect("http://169.254.169.254/latest/meta-data/"),
        to_a_private_network=redirect("http://10.0.0.1/"),
        to_ipv6_loopback=redirect("http://[::1]/"),
        to_loopback_through_nat64=redirect("http://[64:ff9b::7f00:1]/"),
    ),
    *_cases(
        Outcome.TOO_MANY_REDIRECTS,
        to_itself=redirect("/to-itself"),
        to_and=redirect("/fro", status=301),
        fro=redirect("/to-and", status=308),
    ),
    *_cases(
        Outcome.BAD_ADDRESS,
        to_a_file=redirect("file:///etc/passwd"),
        to_another_protocol=redirect("gopher://127.0.0.1:70/1"),
        to_another_port=redirect("http://127.0.0.1:6379/"),
        to_a_user=redirect("http://user:word@site.example/"),
        to_a_broken_address=redirect("http://[::1/"),
        to_a_line_break=redirect("http://site.example/\x01"),
    ),
    *_cases(Outcome.GONE, missing=page(status=404), gone=page(status=410)),
    *_cases(Outcome.BUSY, busy=page(status=429), overloaded=page(status=503)),
    *_cases(Outcome.UNAUTHORISED, unknown_person=page(status=401), forbidden=page(status=403)),
    *_cases(Outcome.CLIENT_ERROR, teapot=page(status=418), legal=page(status=451)),
    *_cases(
        Outcome.SERVER_ERROR,
        failing=page(b"x" * MEBI, status=500),
        failing_for_ever=flood(answer(502), b"a" * 4096),
    ),
)
