"""Records of many pages -> links between them: copies, one event told twice, plans and their holdings, contradictions.

Every function here is pure. The links of a set of pages depend on the set alone, not on the order in which they came:
``groups_around`` works on blocking keys, so that a new page joins or opens groups without looking at the rest.
"""

from jitsuroku.linking.around import Group, groups_around, links_of
from jitsuroku.linking.clusters import clusters, components
from jitsuroku.linking.context import occasions_of
from jitsuroku.linking.copies import may_be_copied
from jitsuroku.linking.differences import differences
from jitsuroku.linking.independence import descent, independent, originals_of
from jitsuroku.linking.keys import COPY, MEETING, STORY, keys_of, most_holders, partners
from jitsuroku.linking.knowledge import load
from jitsuroku.linking.meetings import (
    Account,
    Gathering,
    account_of,
    gatherings,
    in_order,
    listed_day,
    record_of,
    together,
)
from jitsuroku.linking.profiles import profile
from jitsuroku.linking.types import Cell, Cluster, Difference, Knowledge, Profile, Text

__all__ = [
    "Account",
    "Gathering",
    "account_of",
    "gatherings",
    "COPY",
    "Cell",
    "Cluster",
    "Difference",
    "Group",
    "Knowledge",
    "MEETING",
    "Profile",
    "STORY",
    "Text",
    "clusters",
    "components",
    "descent",
    "differences",
    "groups_around",
    "in_order",
    "independent",
    "keys_of",
    "links_of",
    "listed_day",
    "load",
    "may_be_copied",
    "most_holders",
    "occasions_of",
    "partners",
    "originals_of",
    "profile",
    "record_of",
    "together",
]
