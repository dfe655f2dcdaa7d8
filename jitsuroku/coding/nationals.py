"""People told of by their nation: 「|日本人|3人が拘束された」 concerns Japan as 「日本の記者3人」 does."""

from __future__ import annotations

import re

from jitsuroku.coding.parties import NOBODY, Party
from jitsuroku.coding.scene import Scene
from jitsuroku.records import Argument

NATION = re.compile(
    r"(?P<state>[ァ-ヶー]{2,12}|[一-鿿]{2,4}?)人(?:の?(?:男性|女性))?ら?(?:(?:約|およそ|少なくとも)?\d+人)?ら?"
)


def nationals(scene: Scene, argument: Argument) -> Party:
    """The state whose people a phrase names and nothing more of them, or nobody."""
    match = NATION.fullmatch(scene.text, argument.start, argument.end)
    if match is None:
        return NOBODY
    named = (code for code, names in scene.world.listed.states.items() if match["state"] in names)
    code = next(named, None)
    return Party((code,), (), None, argument.start, argument.end) if code else NOBODY
