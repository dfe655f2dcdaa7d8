"""A brief on a question, as a page whose footnotes lead to the words."""

from __future__ import annotations

from jitsuroku.desk.brief.saving import brief_value
from jitsuroku.desk.web.asking import Asked, Shown, Wrong, table_of

MOST_NAMES = 2
COLUMNS = ("section", "group", "sentence", "notes")


def brief(asked: Asked) -> Shown:
    """A brief on one or two parties, a person, an event or the whole record: ``?on=USA&on=CHN``."""
    names = [name for name in asked.query.getlist("on") if name.strip()]
    if len(names) > MOST_NAMES:
        raise Wrong("?on= takes one or two parties, a person, or an id")
    three = asked.query.get("three") == "1"
    try:
        made = asked.desk.brief(
            *names,
            since=asked.query.get("since"),
            until=asked.query.get("until"),
            three=three,
            language=asked.tongue.code,
        )
    except ValueError as problem:
        raise Wrong(str(problem)) from problem
    rows = [
        [section.title, group.title, line.text, line.notes]
        for section in made.sections
        for group in section.groups
        for line in group.lines
    ]
    shows = {"brief": made, "names": names, "three": three}
    return Shown("brief.html", shows, lambda: brief_value(made), lambda: table_of(COLUMNS, rows))
