"""The words that the name of an outlet or a body is made of: 「港|新聞|」, 「海外|通信|」."""

from __future__ import annotations

import re

OUTLET = re.compile(
    r"新聞|新報|日報|時報|通信|放送|テレビ|ニュース|NEWS|News|TV|タイムズ|ポスト|デジタル|オンライン|網|ネット|省$|庁$|事務局|編集室|便$|ワールド|電子版|ジャーナル|レビュー|経済|視界|ワイヤー|協会|記録室|研究所|公電室|文献室|ブログ"
    r"|Wire|Times|Post|Daily|Dispatch|Herald|Tribune|Brief|Press|在线|时讯|日报|时报|新闻|Вестник|Новости|курьер|Газета|Известия"
)
