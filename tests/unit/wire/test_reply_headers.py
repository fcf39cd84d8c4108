from gateway.model import Attempt, Recognition, Trail
from gateway.wire.record import RequestRecord
from gateway.wire.reply_headers import MOST_ATTEMPTS, MOST_PROVENANCE, reply_headers
from tests.fakes import make_query
from tests.wire.gateway import SPECIMEN


def answered(*attempts: Attempt, shortfall: tuple[str, ...] = ()) -> RequestRecord:
    trail = Trail()
    trail.route = "default"
    for attempt in attempts:
        trail.add(attempt)
    record = RequestRecord("the-id", "POST", started=10.0, deadline=40.0)
    record.query = make_query(trail=trail)
    record.recognition = Recognition(SPECIMEN, "local", shortfall)
    return record


FAILED = Attempt("bangkok", "timeout", 1.5, fitted="tiff-to-jpeg shrunk 3000x2000")


def test_the_answer_says_who_gave_it_and_what_was_tried_and_paid():
    record = answered(FAILED, Attempt("local", "ok", 0.2506, 0.010), shortfall=("issue_date", "mrz"))
    assert record.query is not None
    record.query.trail.cache = "miss"
    assert reply_headers(record, strict=False) == {
        "X-Request-Id": "the-id",
        "Server": "id-document-gateway",
        "X-Gateway-Upstream": "local",
        "X-Gateway-Shortfall": "issue_date, mrz",
        "X-Gateway-Route": "default",
        "X-Gateway-Cache": "miss",
        "X-Gateway-Trail": 'bangkok;outcome=timeout;ms=1500;cost=0;fitted="tiff-to-jpeg shrunk 3000x2000", '
        "local;outcome=ok;ms=251;cost=0.01",
        "X-Gateway-Attempts": "2",
        "X-Gateway-Cost": "0.01",
    }


def test_an_answer_made_of_several_says_who_agrees_on_what():
    record = answered()
    provenance = {"birth_date": ("local", "2-nd.one"), "sex": ("2-nd.one",)}
    record.recognition = Recognition(SPECIMEN, "local", provenance=provenance)
    headers = reply_headers(record, strict=False)
    assert headers["X-Gateway-Provenance"] == 'birth_date=("local" "2-nd.one"), sex=("2-nd.one")'
    assert "X-Gateway-Provenance" not in reply_headers(record, strict=True)


def test_a_long_provenance_has_an_end_between_two_fields():
    record = answered()
    provenance = {f"field_{number}": ("x" * 63,) * 8 for number in range(13)}
    record.recognition = Recognition(SPECIMEN, "x" * 63, provenance=provenance)
    listed = reply_headers(record, strict=False)["X-Gateway-Provenance"]
    assert MOST_PROVENANCE / 2 < len(listed) <= MOST_PROVENANCE
    assert listed.count("field_") == listed.count(")") == 7


def test_what_did_not_happen_has_no_header():
    headers = reply_headers(answered(), strict=False)
    assert not headers.keys() & {"X-Gateway-Trail", "X-Gateway-Cache", "X-Gateway-Shortfall", "X-Gateway-Provenance"}
    assert (headers["X-Gateway-Attempts"], headers["X-Gateway-Cost"]) == ("0", "0")


def test_a_long_trail_has_an_end():
    headers = reply_headers(answered(*[FAILED] * 40), strict=False)
    assert headers["X-Gateway-Trail"].count("bangkok") == MOST_ATTEMPTS
    assert headers["X-Gateway-Attempts"] == "40"


def test_strict_parity_and_a_refused_request_have_the_old_headers_only():
    plain = {"X-Request-Id": "the-id", "Server": "id-document-gateway"}
    assert reply_headers(answered(FAILED), strict=True) == plain
    assert reply_headers(RequestRecord("the-id", "POST", started=1, deadline=2), strict=False) == plain
