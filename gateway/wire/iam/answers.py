"""What the IAM facade answers, in the shapes of Huawei's IAM (KeystoneCreateUserTokenByPassword, KeystoneListProjects,
KeystoneListRegions, KeystoneListAuthDomains).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from gateway.wire.token import Grant, moment

REGIONS = (
    "af-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "cn-east-3",
    "cn-north-1",
    "cn-north-4",
    "cn-south-1",
    "cn-southwest-2",
    "la-north-2",
    "la-south-2",
)
"""Where the SDKs know the old API (their ``OcrRegion``)."""


def token(grant: Grant) -> dict[str, Any]:
    """A token for no project says so by having no ``project``."""
    domain = _domain(grant.account)
    content: dict[str, Any] = {
        "catalog": [],
        "expires_at": moment(grant.expires_at),
        "issued_at": moment(grant.issued_at),
        "methods": ["password"],
        "roles": [{"id": "0", "name": "te_admin"}],
        "user": {
            "domain": domain,
            "id": _id("user", grant.account),
            "name": grant.account,
            "password_expires_at": "",
        },
    }
    if grant.project_id:
        content["project"] = {"domain": domain, "id": grant.project_id, "name": grant.project_name}
    else:
        content["domain"] = domain
    return {"token": content}


def projects(account: str, found: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """``found`` are pairs of id and name."""
    domain_id = _id("domain", account)
    return {
        "links": _links("/v3/projects"),
        "projects": [
            {
                "domain_id": domain_id,
                "is_domain": False,
                "parent_id": domain_id,
                "name": name,
                "description": "",
                "links": {"self": f"/v3/projects/{project_id}"},
                "id": project_id,
                "enabled": True,
            }
            for project_id, name in found
        ],
    }


def regions() -> dict[str, Any]:
    return {
        "links": _links("/v3/regions"),
        "regions": [
            {
                "description": "",
                "id": region,
                "links": {"self": f"/v3/regions/{region}"},
                "locales": {"en-us": region, "zh-cn": region},
                "parent_region_id": None,
                "type": "public",
            }
            for region in REGIONS
        ],
    }


def domains(account: str) -> dict[str, Any]:
    domain = {
        **_domain(account),
        "description": "",
        "enabled": True,
        "links": {"self": f"/v3/domains/{_id('domain', account)}"},
    }
    return {"domains": [domain], "links": _links("/v3/auth/domains")}


def _domain(account: str) -> dict[str, str]:
    return {"id": _id("domain", account), "name": account}


def _id(kind: str, name: str) -> str:
    """32 hexadecimal digits, the same on every replica and after every restart."""
    return hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()[:32]


def _links(path: str) -> dict[str, str | None]:
    return {"next": None, "previous": None, "self": path}
