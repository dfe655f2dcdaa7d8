"""Phrase -> outlet: whether a phrase names a paper, a station or an agency, and by what name."""

from __future__ import annotations

import re

from jitsuroku.coding.scene import Scene, once
from jitsuroku.records import Actor, Argument

# A name of an outlet this short is shortened: 日経, 共同.
SHORTENED = 3
OUTLET = re.compile(
    r"(?:新聞|通信社?|紙|誌|放送|テレビ|ラジオ|メディア|ニュース|週報|時報|日報|電子版|報道機関|ポスト|タイムズ|ロイター)(?:など|各社|各紙)?[」』]?$"
)
# An outlet by its kind and its title or name: 「米経済誌「太平洋評論」」, 「公共放送DR」, 「テレビ局マナール」, but not 「通信アプリ」.
APPOSED = (
    r"(?:誌|紙|新聞|通信社?|(?:テレビ|ラジオ|放送)局?|サイト)(?:[「『]([^「」『』]+)[」』](?:紙|誌)?"
    r"|((?!アプリ|イン|コラム|キャスター|アナ|プロ|レポ|リポ|カメラ|スタッフ|ニュース|サイト|チャンネル|ドラマ|シリーズ|メディア|グループ|オン|クルー"
    r"|ジャーナリスト|ネット|システム|サービス|ケーブル|ゲーム|ショー|タワー|コード|マン)[ァ-ヴA-Z][ァ-ヴーA-Za-z0-9・]+(?![ァ-ヴーA-Za-z0-9一-鿿])))"
)
TITLED = re.compile(APPOSED + "$")
# 「『港評論』誌」
MARKED = re.compile(r"[「『]([^「」『』]+)[」』](?:紙|誌|新聞|通信)")


@once
def core_of(scene: Scene, argument: Argument) -> str:
    """The phrase without brackets and quotation marks at its end."""
    return re.sub(r"(?:\([^()]*\)|[」』])+$", "", scene.text[argument.start : argument.end])


def outlets_in(scene: Scene, argument: Argument) -> tuple[Actor, ...]:
    """The media among the actors of a phrase."""
    return tuple(a for a in scene.actors_in(argument.start, argument.end) if a.sector == "MED")


def title_in(written: str) -> str | None:
    """「北の声」 of 「露紙「北の声」」 and of 「『北の声』紙」, DR of 「公共放送DR」; None where the phrase holds no title."""
    titled = TITLED.search(written)
    if titled is not None:
        return titled.group(1) or titled.group(2)
    marked = MARKED.fullmatch(written)
    return marked.group(1) if marked is not None else None


def outlet_name(scene: Scene, outlet: Actor) -> str:
    """The outlet as the page writes it; its usual name where the page shortens it (日経, 共同)."""
    written = scene.page.text[outlet.start : outlet.end]
    if (title := title_in(written)) is not None:
        return title
    usual = outlet.codes[0] if len(outlet.codes) == 1 else written
    return usual if len(written) <= SHORTENED < len(usual) else written


@once
def is_outlet(scene: Scene, argument: Argument) -> bool:
    """Whether a phrase names an outlet or outlets and nobody else."""
    named = outlets_in(scene, argument)
    if TITLED.search(scene.text[argument.start : argument.end]):
        return True
    at_end = bool(named) and len(scene.text[named[-1].end : argument.end]) <= len("などの報道")
    return at_end or bool(OUTLET.search(core_of(scene, argument)))
