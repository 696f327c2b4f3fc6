"""The address of a store on a server: read once, shown without its secrets. Knows nothing of any connection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from flipflop.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHAPE = re.compile(r"postgres(?:ql)?://(?:[^:/?#@]*(?::(?P<password>[^/?#@]*))?@)?[^@?#]*(?:\?(?P<query>[^#]*))?")
_SECRETS = ("password", "sslpassword", "oauth_client_secret")
_UNREADABLE = (
    "the address of the server cannot be read: it is postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…; "
    "in user and password write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23, % as %25 "
    "(better keep the password in ~/.pgpass)"
)


class Address(NamedTuple):
    """Where a server is: what libpq is to be told, and what people are to be shown."""

    parameters: Mapping[str, str]
    name: str

    def without_secrets(self, text: str) -> str:
        """Return a text, such as an error of the server, in which no secret of the address stands."""
        for secret in (self.parameters.get(name) for name in _SECRETS):
            if secret:
                text = text.replace(secret, "***").replace(quote(secret, safe=""), "***")
        return text


def read_address(url: str) -> Address:
    """Return the address that a URL gives. Raises StoreError, which quotes nothing, where it is none.

    An address that libpq could read in another way than people do (a password with a bare ``@`` or ``/``) is none:
    part of the password would pass for the host, and be shown.
    """
    shape = _SHAPE.fullmatch(url)
    if shape is None:
        raise StoreError(_UNREADABLE)
    try:
        found = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    except ProgrammingError:
        raise StoreError(_UNREADABLE) from None
    password = found.get("password", "")
    if password not in (unquote(shape["password"] or ""), *_passwords(shape["query"])):
        raise StoreError(_UNREADABLE)
    if not re.fullmatch(r"[0-9,]*", found.get("port", "")):
        raise StoreError(_UNREADABLE)
    return Address(found, _shown(found))


def _passwords(query: str | None) -> list[str]:
    named = (pair.partition("=") for pair in (query or "").split("&"))
    return [unquote(value) for name, _, value in named if unquote(name) == "password"]


def _shown(parameters: Mapping[str, str]) -> str:
    """Only what says which store it is: user, host, port and database."""
    user, host, port = (parameters.get(name, "") for name in ("user", "host", "port"))
    at = f"{quote(user)}@" if user else ""
    database = quote(parameters.get("dbname", ""))
    if "/" in host:  # a folder with a socket
        return f"postgresql://{at}{f':{port}' if port else ''}/{database}?host={host}"
    return f"postgresql://{at}{host}{f':{port}' if port else ''}/{database}"
