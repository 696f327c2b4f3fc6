"""What others may do with the data of a site, where it comes from and how old it is: in words, and for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from flipflop.publish.markup import link, said as shown
from flipflop.publish.site import addresses as at
from flipflop.records.addresses import web_address
from flipflop.text.visible import visible
from flipflop.when.telling import utc_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flipflop.publish.site.model import Options, Record
    from flipflop.records.codec import Json

_COMMONS: Final = "https://creativecommons.org"
_KNOWN: Final = {
    "CC0": f"{_COMMONS}/publicdomain/zero/1.0/",
    "CC0 1.0": f"{_COMMONS}/publicdomain/zero/1.0/",
    "CC BY 4.0": f"{_COMMONS}/licenses/by/4.0/",
    "CC BY-SA 4.0": f"{_COMMONS}/licenses/by-sa/4.0/",
    "CC BY-NC 4.0": f"{_COMMONS}/licenses/by-nc/4.0/",
    "CC BY-ND 4.0": f"{_COMMONS}/licenses/by-nd/4.0/",
    "ODBL": "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""Licences of data that are given by their short names, with the addresses of their texts."""


class Named(NamedTuple):
    """Something by its name, and its address where it has one; both empty where it is not known."""

    name: str = ""
    address: str = ""

    def metadata(self, name: str, address: str) -> dict[str, Json]:
        """Return both under such keys, without what is empty."""
        return {key: value for key, value in ((name, visible(self.name)), (address, self.address)) if value}

    def markup(self) -> str:
        """Return the name, as a link where there is an address."""
        return link(self.address, self.name) if self.address else shown(self.name)


def licence_of(options: Options) -> Named:
    """Return the licence of the data."""
    given = " ".join(options.licence.replace("CC-", "CC ").split())
    names = {address: name for name, address in reversed(_KNOWN.items())}
    if web_address(options.licence):
        return Named(names.get(options.licence, options.licence), options.licence)
    return Named(options.licence, _KNOWN.get(given.upper(), ""))


def source_of(options: Options) -> Named:
    """Return where the record comes from, by default the site itself where its address is known."""
    if web_address(options.source):
        return Named(options.source, options.source)
    return (
        Named(options.source) if options.source else Named(options.title if options.base_url else "", options.base_url)
    )


def rights_words(options: Options) -> str:
    """Return licence and source as markup, nothing where neither was given."""
    told = [f"Licence of the data: {licence_of(options).markup()}."] if options.licence else []
    return " ".join([*told, *([f"Source: {source_of(options).markup()}."] if options.source else [])])


def dataset(record: Record, files: Sequence[tuple[str, str]]) -> Json:
    """Return the data of a site as a schema.org Dataset, with absolute addresses where the site's own is known."""
    options = record.options
    base = options.base_url
    found: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": visible(options.title),
        "description": visible(options.scope),
        "dateModified": utc_text(record.kept),
        "creator": {"@type": "Organization", "name": visible(options.publisher or options.title)},
    }
    licence, source = licence_of(options), source_of(options)
    if options.licence:
        found["license"] = licence.address or visible(licence.name)
    if options.source:
        found["isBasedOn"] = source.address or visible(source.name)
    if base:
        found["url"] = base + at.DATA
        found["distribution"] = [
            {"@type": "DataDownload", "contentUrl": base + at.link(at.INDEX, path), "name": words}
            for path, words in files
        ]
    return found
