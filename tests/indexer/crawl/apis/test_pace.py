"""How long an interface asks to wait, in all the ways in which interfaces say so."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.apis.pace import LONGEST, wait
from tests.indexer.crawl.invented import NOW

IN_A_MINUTE = NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "30"}, 30),
        ({"ratelimit-remaining": "0", "ratelimit-reset": str(int(IN_A_MINUTE.timestamp()))}, 60),
        ({"ratelimit-remaining": "1", "ratelimit-reset": "30"}, None),
        ({"ratelimit-remaining": "0"}, None),
        ({"ratelimit-limit": "3000", "ratelimit-remaining": "2998", "ratelimit-reset": "1772368000"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-03-01T12:31:00.000000Z"}, 60),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-03-01T12:31:00"}, 60),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-03-01T11:00:00Z"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}, None),
        ({"ratelimit": '"default";r=0;t=45'}, 45),
        ({"ratelimit": '"hour";r=10;t=45, "day";r=0;t=90'}, 90),
        ({"ratelimit": '"default";r=5;t=45'}, None),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "999999999"}, LONGEST),
        ({"x-app-usage": '{"call_count":28,"total_time":25,"total_cputime":25}'}, None),
        ({"x-app-usage": '{"call_count":28,"total_time":96,"total_cputime":25}'}, 600),
        (
            {
                "x-business-use-case-usage": '{"1":[{"type":"instagram","call_count":100,'
                '"estimated_time_to_regain_access":19}]}'
            },
            1140,
        ),
        (
            {"x-business-use-case-usage": '{"1":[{"call_count":1,"estimated_time_to_regain_access":0}]}'},
            None,
        ),
        ({"x-app-usage": "[1]", "x-business-use-case-usage": '{"1":{"2":[3]}}'}, None),
    ],
)
def test_what_headers_ask_for(headers: dict[str, str], seconds: float | None) -> None:
    assert wait(headers, NOW) == seconds


NAMES = st.sampled_from(
    [
        *("ratelimit", "ratelimit-remaining", "ratelimit-reset", "x-ratelimit-remaining"),
        *("x-ratelimit-reset", "x-app-usage", "x-business-use-case-usage"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.sampled_from(
        ["0", '{"a":[{"estimated_time_to_regain_access":1e308}]}', '{"a":1e999}', "r=0;t=" + "9" * 99]
    ),
)


@given(st.dictionaries(NAMES, VALUES))
def test_no_header_makes_it_raise_or_wait_for_ever(headers: dict[str, str]) -> None:
    seconds = wait(headers, NOW)
    assert seconds is None or 0 < seconds <= LONGEST
