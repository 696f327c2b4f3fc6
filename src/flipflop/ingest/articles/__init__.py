"""Articles: pages and text taken apart into blocks, and proposals of who said what in them."""

from __future__ import annotations

from flipflop.ingest.articles.document import BlockKind, Document, DocumentBlock
from flipflop.ingest.articles.layout import document_of
from flipflop.ingest.articles.proposal import Confidence, DatedBy, Proposal, ProposalKind
from flipflop.ingest.articles.proposer import proposals

__all__ = [
    "BlockKind", "Confidence", "DatedBy", "Document", "DocumentBlock", "Proposal", "ProposalKind", "document_of",
    "proposals",
]  # fmt: skip
