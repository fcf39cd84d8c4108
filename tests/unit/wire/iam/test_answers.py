from __future__ import annotations

from datetime import UTC, datetime

from huaweicloudsdkocr.v1.region.ocr_region import OcrRegion

from gateway.wire.iam import answers
from gateway.wire.token import Grant

ISSUED = datetime(2020, 1, 3, 9, 5, 22, 701000, tzinfo=UTC).timestamp()
GRANT = Grant("billing", "aa2d97d7e62c4b7da3ffdfc11551f878", "cn-north-1", ISSUED, ISSUED + 86400, b"")


def test_a_token_has_the_shape_of_the_documentation_s_sample():
    token = answers.token(GRANT)["token"]
    domain = {"id": token["user"]["domain"]["id"], "name": "billing"}
    assert token == {
        "catalog": [],
        "expires_at": "2020-01-04T09:05:22.701000Z",
        "issued_at": "2020-01-03T09:05:22.701000Z",
        "methods": ["password"],
        "project": {"domain": domain, "id": "aa2d97d7e62c4b7da3ffdfc11551f878", "name": "cn-north-1"},
        "roles": [{"id": "0", "name": "te_admin"}],
        "user": {"domain": domain, "id": token["user"]["id"], "name": "billing", "password_expires_at": ""},
    }


def test_a_token_for_no_project_has_a_domain_instead():
    token = answers.token(Grant("billing", "", "", ISSUED, ISSUED, b""))["token"]
    assert "project" not in token
    assert token["domain"]["name"] == "billing"


def test_projects():
    found = answers.projects("billing", [("p1", "ap-southeast-1"), ("p2", "p2")])["projects"]
    assert [(project["id"], project["name"], project["enabled"]) for project in found] == [
        ("p1", "ap-southeast-1", True),
        ("p2", "p2", True),
    ]
    assert answers.projects("billing", [])["projects"] == []


def test_regions_are_those_of_the_sdk():
    assert [region["id"] for region in answers.regions()["regions"]] == sorted(OcrRegion.static_fields)


def test_domains_and_ids():
    (domain,) = answers.domains("billing")["domains"]
    (other,) = answers.domains("claims")["domains"]
    assert (domain["name"], domain["enabled"]) == ("billing", True)
    assert domain["id"] == answers.token(GRANT)["token"]["user"]["domain"]["id"] != other["id"]
    assert len(domain["id"]) == 32
