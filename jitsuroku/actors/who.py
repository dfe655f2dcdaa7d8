"""Who is who on a page: the people it names, their fullest names, whom they act for and in what office."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from jitsuroku.actors.home import Home, is_at_home
from jitsuroku.actors.sole import heads_of_state, sole_owner
from jitsuroku.records import Name, Page, Person, Sentence, World

FORMER = "#former"
# The body an office belongs to, as the phrase writes it: サトカリエフ|原子力庁|長官, |大統領府|のノルム報道官.
BODY = re.compile(r"[一-鿿々]{2,8}?(?:省|庁|府|院|部|局|評議会|委員会)(?=[長の]|報道|次官|顧問|副|主任|代表|官)")
SURNAME, JAPAN = "姓", "JPN"
KANJI = re.compile("[一-鿿々]+$")
# Surnames of one character that Chinese and Korean people have, and that begin Japanese ones too: 金 and 金田.
CONTINENTAL = frozenset(
    "金李朴崔鄭姜趙尹張林韓申呉徐権黄安宋柳洪全高文孫白王劉陳楊周馬朱胡郭何羅謝唐田方石江池成河南盧禹任閔"
)
# Suspects act for nobody, whatever they have been.
ACCUSED = frozenset({"容疑者", "被告", "受刑者", "死刑囚"})
ENDS = re.compile("[。\n]")
STATE = re.compile("[A-Z]{3}")
JOINED = re.compile("と|、|や|・|、同国の|と同国の|、および|及び")
READING = re.compile(r"\([^()]*\)$")


@dataclass
class Known:
    """What the page has told of one person so far; ``place`` is its number in the book, ``first`` where the fullest
    name begins that comes first."""

    name: str
    place: int
    first: int
    keys: set[str] = field(default_factory=set)
    written: str | None = None
    listed: str | None = None
    office: str | None = None
    former: bool = False
    forms: dict[str, None] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)

    @property
    def country(self) -> str | None:
        """What the page writes beside the name comes before what the table says, a code before a body without one."""
        if self.written and self.listed and not self.written.isascii():
            return self.listed
        return self.written or self.listed

    @property
    def signs(self) -> set[str]:
        """Of what a name that may be this person's has one: a first character, or a listed person's key."""
        return {part[:1] for part in (self.name, re.split("[・=]", self.name)[-1])} | self.keys

    def may_be(self, name: Name) -> bool:
        """Whether a shorter name can be this person's: 習 of 習近平, プーチン of ウラジーミル・プーチン."""
        if name.candidates and self.keys:
            return bool(self.keys & set(name.candidates))
        if name.country and self.written and name.country != self.written:
            return False
        parts = re.split("[・=]", self.name)
        if len(parts) > 1:
            return name.text in (self.name, parts[0], parts[-1])
        return self.name.startswith(name.text) and ("・" not in name.text)


@dataclass(frozen=True)
class Book:
    """The people of a page, and which of them each name may mean (more than one: the page leaves it open)."""

    people: tuple[Known, ...]
    meant: dict[tuple[int, int], tuple[Known, ...]]


def people_of(
    page: Page, sentences: tuple[Sentence, ...], mentions: tuple[Name, ...], world: World, home: Home, day: str | None
) -> Book:
    """Gather the people from all their names, the fullest first.

    ``day`` is that of a page which tells of others, None for one that speaks of its own state. Whom a name may mean is
    looked for among those that share a sign with it: a page may have a thousand.
    """
    book: list[Known] = []
    meant: dict[tuple[int, int], tuple[Known, ...]] = {}
    named = [n for n in mentions if n.what == "person"]
    places: dict[str, dict[int, None]] = {}
    for name in sorted(named, key=lambda n: (-len(n.text), n.start)):
        near = sorted({at for sign in (name.text[:1], *name.candidates) for at in places.get(sign, ())})
        able = (book[at] for at in near if book[at].may_be(name))
        fitting = _fitting(name, [known for known in able if not _is_told_apart(name, known, page.text)])
        if not fitting:
            fitting = [Known(name.text, len(book), name.start)]
            book.append(fitting[0])
        meant[name.start, name.end] = tuple(fitting)
        if len(fitting) == 1:
            _learn(fitting[0], name, page, world)
            for sign in fitting[0].signs:
                places.setdefault(sign, {})[fitting[0].place] = None
    _by_ministry(book, page, mentions)
    _by_owner(book, home)
    _by_surname(book, sentences, named)
    _by_colleague(named, meant, page.text, world)
    if day is not None:
        _by_sole_state(book, mentions, world, day)
    return Book(tuple(book), meant)


def _is_told_apart(name: Name, known: Known, text: str) -> bool:
    """「|ズマ大統領|が推すドラミニ・ズマ氏」: whose fuller name comes later in the same sentence is somebody else."""
    return name.end <= known.first and name.text != known.name and not ENDS.search(text, name.end, known.first)


def _fitting(name: Name, able: list[Known]) -> list[Known]:
    """The people a name may mean; the same name, or the only one in that office, settles it."""
    for narrower in (
        [k for k in able if k.name == name.text],
        [k for k in able if len(able) > 1 and name.office and k.office == name.office],
    ):
        if len(narrower) == 1:
            return narrower
    return able


def _learn(known: Known, name: Name, page: Page, world: World) -> None:
    known.keys.update(name.candidates)
    known.former = known.former or name.rule.endswith(FORMER)
    known.written = known.written or name.country
    known.listed = known.listed or (None if name.office in ACCUSED else listed_country(name, world))
    known.office = known.office or name.office
    phrase = page.text[name.start : name.end]
    known.bodies.update(BODY.findall(phrase))
    written = READING.sub("", phrase)
    form = written[written.rfind(name.text) :] if name.text in written else written
    if form != known.name:
        known.forms[form] = None


def listed_country(name: Name, world: World) -> str | None:
    """Whom the listed people of this name act for, where all of them act for the same."""
    countries = {world.people[key]["country"] for key in name.candidates if key in world.people}
    return countries.pop() or None if len(countries) == 1 else None


def _by_ministry(book: list[Known], page: Page, mentions: tuple[Name, ...]) -> None:
    """「カザフスタン原子力庁」 on the page gives the country of 「サトカリエフ原子力庁長官」, if no other state's stands there."""
    for known in book:
        if known.country is None and known.bodies:
            owners = {code for body in known.bodies for code in _owners(body, page.text, mentions)}
            if any(_stands_alone(body, page.text, mentions) for body in known.bodies):
                continue
            known.written = owners.pop() if len(owners) == 1 else None


def _by_owner(book: list[Known], home: Home) -> None:
    """「早瀬外務大臣」 on a page of Tokyo's foreign ministry acts for Japan: a foreigner's state would stand there."""
    for known in book:
        office = known.office is not None and home.has(known.office) and known.office in home.offices
        if known.country is None and not known.former and office and is_at_home(known.name, home):
            known.written = home.state


def _by_surname(book: list[Known], sentences: tuple[Sentence, ...], named: list[Name]) -> None:
    """Without a state beside it, an office of a Japanese page is Japan's where the name is a Japanese one: 「水野外相は」.

    So are private people of such names (「坂本三郎さん」). The dictionary must know a surname of two characters or more:
    金, 李 or 林 alone may be anybody's, and so may a name of three characters that begins so.
    """
    unknown = {k.name: k for k in book if k.country is None and not k.keys and _may_be_japanese(k.name)}
    surnames = [t for s in sentences for t in s.tokens if SURNAME in t.pos and len(t.surface) > 1] if unknown else []
    for name in named:
        known = unknown.get(name.text)
        if known is None:
            continue
        own = (t for t in surnames if name.start <= t.start < name.end)
        if any(known.name.startswith(t.surface) for t in own):
            known.written = JAPAN


def _by_colleague(named: list[Name], meant: dict[tuple[int, int], tuple[Known, ...]], text: str, world: World) -> None:
    """「フランスのモロー外相と|ベック国防相|は」: who is joined to a minister of a state in another office serves the same one."""
    for first, second in pairwise(named):
        known = meant[second.start, second.end]
        if len(known) != 1 or known[0].country is not None or known[0].keys or first.office == second.office:
            continue
        owner = meant[first.start, first.end]
        serves = all(world.listed.sectors.get(n.office or "", ("", ""))[1] == "state" for n in (first, second))
        # Only where the state stands beside the first name itself, or beside the one before it in the list.
        state = first.country or (owner[0].written if len(owner) == 1 else None)
        if serves and state and STATE.fullmatch(state) and JOINED.fullmatch(text, first.end, second.start):
            known[0].written = state


def _by_sole_state(book: list[Known], mentions: tuple[Name, ...], world: World, day: str) -> None:
    """「マシシ大統領」 acts for the only state that the page names and whose president may be somebody unknown."""
    open_ = [k for k in book if k.country is None and not k.keys and not k.former and k.office is not None]
    if not open_:
        return
    led = heads_of_state(world)
    states = dict.fromkeys(n.candidates[0] for n in mentions if n.what == "state" and len(n.candidates) == 1)
    for known in open_:
        if known.office in led:
            known.written = sole_owner(known.office, states, day, world)


def _may_be_japanese(name: str) -> bool:
    return bool(KANJI.match(name)) and not (len(name) == 3 and name[0] in CONTINENTAL)


def _stands_alone(body: str, text: str, mentions: tuple[Name, ...]) -> bool:
    """「中国外務省」 beside 「|外務省は|抗議した」: the body that needs no state is not that one."""
    spans = [(n.start, n.end) for n in mentions if n.what in ("person", "organisation", "state")]
    return any(not any(start <= m.start() <= end for start, end in spans) for m in re.finditer(re.escape(body), text))


def _owners(body: str, text: str, mentions: tuple[Name, ...]) -> set[str]:
    after = re.compile(f"の?{re.escape(body)}")
    found = set()
    for name in mentions:
        if len(name.candidates) != 1 or name.what not in ("state", "organisation"):
            continue
        words = text[name.start : name.end]
        owns = name.what == "organisation" and words.endswith(body) and len(words) > len(body)
        if owns or (name.what == "state" and after.match(text, name.end)):
            found.add(name.candidates[0])
    return found


def as_people(book: Book) -> tuple[Person, ...]:
    """The people of the document, by name."""
    listed = (Person(k.name, tuple(k.forms), k.country, k.office, False) for k in book.people)
    return tuple(sorted(listed, key=lambda p: p.name))
