"""All formats of the export, each with its columns: the command writes by this list, the codebook describes by it."""

from __future__ import annotations

from collections.abc import Mapping

from jitsuroku.contract import KINDS
from jitsuroku.desk.export import atom, ftm, gdelt, geojson, graphs, ical, plover, references
from jitsuroku.desk.export.columns import Format
from jitsuroku.desk.export.flat import columns_of, csv_of, parquet_of

# Kinds by the names they have on the command line.
TABLES = {kind if kind == "unresolved" else f"{kind}s": kind for kind in KINDS}
EVENT, DOCUMENT = ("event",), ("document",)
# What makes one thing of several events, and tells which pages draw on which.
TOLD = ("same-event", "copy")
OWN = "our own export (docs/codebook.md)"


def formats(table: str = "events") -> Mapping[str, Format]:
    """The formats by name; ``table`` says which kind of record CSV and Parquet hold."""
    kind = TABLES[table]
    columns = {table: columns_of(kind)}
    spoken = ("event", "statement", "commitment")
    made = (
        Format("csv", "One kind of record as a table.", OWN, (kind,), columns, csv_of(kind), text=True, streams=True),
        Format("parquet", "The same for programs, with types (extra `parquet`).", OWN, (kind,), columns, parquet_of(kind), binary=True, text=True),
        Format("plover-events", "Events as data sets made with PLOVER have them, each once; CSV.", plover.AFTER, EVENT, {"events": plover.EVENTS}, plover.write_events, links=TOLD),
        Format("plover-mentions", "Every place of every page that tells them; CSV.", plover.AFTER, EVENT, {"mentions": plover.MENTIONS}, plover.write_mentions, links=TOLD),
        Format("gdelt-events", "What happened, in GDELT's columns, a row a pair of parties; separated by tabs, with a header line. Plans and denials are left out: GDELT has no column for them.", gdelt.AFTER, EVENT, {"events": gdelt.EVENTS}, gdelt.write_events, links=TOLD),
        Format("gdelt-mentions", "Every place of every page that tells them, in the same way.", gdelt.AFTER, EVENT, {"mentions": gdelt.MENTIONS}, gdelt.write_mentions, links=TOLD),
        Format("ftm", "FollowTheMoney entities, one JSON object a line. Its model has no schema for words or promises: they are notes on who said or made them.", ftm.AFTER, (*spoken, "document"), ftm.PROPERTIES, ftm.ftm, text=True, links=TOLD),
        Format("gexf", "The network of parties, dynamic: an edge is there while its event may have been.", "GEXF 1.3", EVENT, {"node": graphs.NODES, "edge": (*graphs.EDGES, *graphs.SPELL)}, graphs.gexf, links=TOLD),
        Format("graphml", "The same network, first and last day as data of the edge.", "GraphML", EVENT, {"node": graphs.NODES, "edge": (*graphs.EDGES, *graphs.SPELL)}, graphs.graphml, links=TOLD),
        Format("geojson", "Events whose place is a city of `world/coordinates.tsv`.", "RFC 7946", EVENT, {"feature": geojson.PROPERTIES}, geojson.geojson, links=TOLD),
        Format("ical", "Meetings, plans and due days; what has no date is left out.", "RFC 5545", (*EVENT, "commitment", "meeting"), {"VEVENT": ical.PROPERTIES}, ical.calendar, links=(*ical.ONE, *ical.OVERTAKEN)),
        Format("atom", f"The newest {atom.MOST} events, statements and promises of a query as a feed.", "RFC 4287", spoken, {"entry": atom.ENTRY}, atom.atom, text=True),
        Format("bibtex", "The pages as references.", "BibTeX, with BibLaTeX's `date`", DOCUMENT, {"entry": references.FIELDS}, references.bibtex),
        Format("csl", "The pages as references, as briefs give them.", "CSL-JSON 1.0.2", DOCUMENT, {"item": references.CSL}, references.csl),
    )  # fmt: skip
    return {format.name: format for format in made}
