"""Flows as drawings, transcripts and findings: `svi flow show`, `svi flow check`, docs/flows/.

`exploring` finds a flow's edges with the engine, `catalogue` says which flows there are; a `graph` is told by
`transcript`, drawn by `mermaid` and `svg`, and kept in the repository by `documents`. `checking` says what is wrong.
"""

from ivr.diagram.catalogue import FLOWS, NoSuchFlowError
from ivr.diagram.checking import check
from ivr.diagram.documents import ROOT, documents, shown

__all__ = ["FLOWS", "ROOT", "NoSuchFlowError", "check", "documents", "shown"]
