"""People and things told of by their nation: 「|日本人|3人が拘束された」 concerns Japan as 「日本の記者3人」 does; and 「|この漁船|」 the state
whose it was when it was first told of."""

from __future__ import annotations

import re

from jitsuroku.coding.parties import NOBODY, Party
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument, Clause

NATION = re.compile(
    r"(?P<state>[ァ-ヶー]{2,12}|[一-鿿]{2,4}?)人(?:の?(?:男性|女性))?ら?(?:(?:約|およそ|少なくとも)?\d+人)?ら?"
)

THAT = re.compile(r"(?:この|その|同)(?P<what>漁船|貨物船|商船|タンカー|船|航空機|旅客機|偵察機|無人機|企業|会社)")
OBJECTS, SUBJECTS = ("を",), ("が", "は")


def nationals(scene: Scene, argument: Argument) -> Party:
    """The state whose people a phrase names and nothing more of them, or nobody."""
    match = NATION.fullmatch(scene.text, argument.start, argument.end)
    if match is None:
        return NOBODY
    named = (code for code, names in scene.world.listed.states.items() if match["state"] in names)
    code = next(named, None)
    return Party((code,), (), None, argument.start, argument.end) if code else NOBODY


def told_of_before(scene: Scene, clause: Clause) -> Party:
    """「|隣国の漁船|を見つけ、|この漁船の|船長を捕らえた」: the neighbour, where the page has named nobody else's."""
    objects = SUBJECTS if clause.voice == "passive" else OBJECTS
    for argument in clause.arguments:
        that = THAT.match(scene.text, argument.start, argument.end)
        if argument.particle in objects and that is not None:
            owners = {
                a.codes
                for a in scene.actors.actors
                if a.end <= argument.start and scene.text.startswith(("の" + that["what"], that["what"]), a.end)
            }
            codes = owners.pop() if len(owners) == 1 else ()
            return Party(codes, (), None, argument.start, argument.end) if codes else NOBODY
    return NOBODY
