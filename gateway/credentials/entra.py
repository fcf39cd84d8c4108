"""Microsoft Entra ID: a bearer token for an application's own identity (client credentials).

Described in "Microsoft identity platform and the OAuth 2.0 client credentials flow". Tokens hold for about an hour.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from gateway.credentials.bearer import Bearer
from gateway.credentials.token_cache import Token
from gateway.credentials.token_endpoint import check_url, form_request, granted
from gateway.exchange import Send
from gateway.secret import Secret


class Entra(Bearer, frozen=True, kw_only=True):
    """The application's id and secret. In YAML: ``{type: entra, tenant: …, client_id: …, client_secret: …}``."""

    tenant: Annotated[
        str, msgspec.Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z.-]{0,252}\Z", description="a tenant's id or domain name")
    ]
    """Id or domain name of the directory that the application is registered in."""

    client_id: Secret
    """The application's (client) id."""

    client_secret: Secret
    """One of its client secrets."""

    scope: str = "https://cognitiveservices.azure.com/.default"
    """What the token is for; other clouds call the resource otherwise."""

    authority: str = "https://login.microsoftonline.com"
    """Who gives the token; other clouds have their own."""

    def __post_init__(self) -> None:
        check_url(self.authority)

    async def fetch(self, send: Send, /) -> Token:
        fields = {
            "grant_type": "client_credentials",
            "client_id": self.client_id.reveal(),
            "client_secret": self.client_secret.reveal(),
            "scope": self.scope,
        }
        url = f"{self.authority.rstrip('/')}/{self.tenant}/oauth2/v2.0/token"
        return granted(await send(form_request(url, fields)))
