"""What every page of ours is framed by: head, policy, language. Knows nothing of what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flipflop.publish.markup import attribute, element

if TYPE_CHECKING:
    from collections.abc import Iterable


def document(
    title: str, policy: str, *, head: Iterable[str], body: Iterable[str], drawn: bool = False, **attributes: str
) -> str:
    """Return a whole page. ``head`` and ``body`` are markup already; title, policy and attributes are escaped here.

    The attributes are those of the body; ``drawn`` says that no script has to finish the page before it is looked at.
    """
    inside = "\n".join([
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{attribute(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        element("title", attribute(title)),
        *head,
    ])  # fmt: skip
    lines = "\n".join(["", *body, ""])
    root = element("html", f"\n<head>\n{inside}\n</head>\n{element('body', lines, **attributes)}\n", lang="en",
                   **({"data_drawn": ""} if drawn else {}))  # fmt: skip
    return f"<!doctype html>\n{root}\n"
