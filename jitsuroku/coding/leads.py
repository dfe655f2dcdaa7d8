"""What stands between a speaker and reported words and belongs to neither: 「さらに」, 「その際、」, 「5日、」, 「国営テレビのインタビューで、」."""

from __future__ import annotations

import re

from jitsuroku.coding.ahead import is_later
from jitsuroku.coding.channels import PLATFORM_NAME
from jitsuroku.coding.outlets import APPOSED
from jitsuroku.coding.scene import Scene

LEAD = re.compile(
    r"(?:[、,\s]|(?:[はがも]|で[はも]?)(?=[、,])|発言し(?:て)?[、,]|冒頭[、,]|ほか[、,]|かつて[、,]|以前[、,]|先に[、,]|数日前に[、,]|つまり|しかし|だが|その後|さらに|また|そして|一方(?:で(?:は)?)?|その上で|そのうえで|このほか|同日(?:に|夜|夕|朝|未明|午[前後][^、。「」]{0,8})?(?=[、,「])|続いて|続けて|加えて|その際|ただし?|もっとも|これに先立ち|これより先|(?:うえ|上)で[、,]|と?(?:ともに|共に)[、,]|ものの[、,]|これに対し(?:て)?[、,]?|[これそ]れを(?:受け|踏まえ)(?:て)?[、,]|記者団に(?:対し(?:て)?)?(?!は?(?:説明|語|話|公開|配|対|よ)))+"
)
OCCASION = re.compile(
    r"[^、。「」]{0,30}(?:に(?:出演|登場|応じ|答え|寄稿)|(?:声明|談話|コメント)を(?:出|発表|読み上げ|発し|公表)|会見を[開行]|会見(?=し|に臨)|質問に答え|演説を行|(?:立場|見解|対応|理由|可能性|感想|真意|認識|質問|[^、。「」]{2,20}について)を?(?:尋ねられ|問われ|聞かれ|質問され)(?:る|た)?)(?:し(?:て(?:いて|おり)?|ており)?|に臨み|に臨んで|き|い|いて|って|て|と|際)?[、,]|[^、。「」]{0,20}インタビューに応じ(?=[^、てた])"
    r"|[^、。「」]{0,30}(?:会見|インタビュー|取材|番組|演説|講演|社説|論説|論評|記事|寄稿|声明|談話|投稿|SNS|電話|会合|会談|会議|委員会|公聴会|理事会|総会|本会議|大会|集会|閣議|式典|下院|上院|議会|国会|報告書|報道資料|メッセージ|書簡|著書|ブログ|ブリーフィング|記者団)"
    r"(?:など)?(?:の中|のなか)?(?:で|において|を通じ(?:て)?|に(?:対し(?:て)?|答え(?:て)?|応じ(?:て)?)?)は?[、,]"
    r"|[^、。「」はが]{2,20}の(?:話|情報)として[、,]|[^、。「」]{1,14}に(?:際し|先立ち|当たり|あたり)(?:て)?[、,]|直接は?(?:答えず|答えなかったが)[、,]"
    r"|[^、。「」]{1,15}(?:通信社?|テレビ|紙|新聞|誌|記者団)に[、,]|匿名を条件に[、,]|席上[、,]|このほど[、,]?"
    r"|[^、。「」]{0,16}(?:テレビ局?|ラジオ|放送|チャンネル|アカウント|サイト|ブログ|メディア|SNS)(?:で|を通じ(?:て)?|を通し(?:て)?)[、,]"
    r"|[^、。「」]{0,12}(?:通信社?|テレビ|紙|新聞|誌|放送)の[^、。「」]{0,6}(?:取材|インタビュー|質問)に(?:対し(?:て)?|答え(?:て)?)?(?!応じ|反対)"
    r"|(?:自身|自ら|自分)の[^、。「」はが]{0,12}?(?:ツイッター|X|SNS|ブログ|フェイスブック|投稿|サイト|チャンネル)(?:上)?(?:で|に|を通じ(?:て)?)[、,]?"
    r"|(?:記者団|[^、。「」はが]{1,15})に対し(?:て)?[、,]"
    r"|[^、。]{0,40}」の(?:スピーチ|演説|講演|会合|会議)の?(?:中|なか)?で[、,]"
    r"|[^、。「」]{0,20}(?:演説|講演|会見|声明|談話|報告書|書簡|寄稿)の(?:中|なか)で[、,]?"
)
# 「政府高官は|ロイターに、|協議を続けると語った」
TO_OUTLET = re.compile(r"(?:通信|紙|誌)?に(?:対し(?:て)?)?[、,]")
# 「首相は|記者団を前に、|」, 「|訪問先のベルリンで、|」, 「|会談の冒頭、|」, 「|非公式の場では、|」, 「|就任時には、|」
SCENE = re.compile(
    r"[^、。「」はが]{0,10}(?:国民|支持者|記者団?|議員|聴衆|兵士|代表団?|幹部|有権者|市民|側近|周辺|補佐官|閣僚)(?:たち|ら)?(?:を前に|に向け(?:て)?|に)(?:し(?:て)?)?[、,]"
    r"|訪問(?:先|中)の[^、。「」はが]{1,14}で[、,]"
    r"|[^、。「」はが]{0,12}(?:会談|会合|会議|会見|演説|協議|閣議|面会)の(?:冒頭|席|場|終わり)(?:で?は?|に)[、,]"
    r"|[^、。「」はが]{0,6}(?:公|別|公式|内輪)の(?:場|席)では?[、,]"
    r"|[^、。「」はが]{0,8}(?:就任|当選|出馬|訪問|入閣)時には?[、,]"
    # What was said or done before: 「理解を示しつつ、」, 「責任には触れず、」.
    r"|[^、。「」はが]{1,24}(?:示し|認め|評価し|歓迎し|強調し|あらわにし|にじませ|断り|前置きし)(?:ながら|つつ)も?[、,]"
    r"|[^、。「」が]{1,24}(?:に|へ)(?:の言及)?は?(?:直接|具体的には)?(?:触れず|言及せず|答えず)に?[、,]"
)
# 「首相は|フェイスブックで、|」, 「大臣は|仏テレビ・ノールの番組で|派兵すると語った」, 「外相は|国営テレビ「北の声」で、|」
THROUGH = re.compile(
    rf"(?:自身の)?(?:交流サイト|SNS)?の?[「『]?(?:{PLATFORM_NAME.pattern})(?![A-Za-z])(?:\([^()]*\))?[」』]?(?:上|への?投稿|への書き込み)?(?:で|に|へ)は?[、,]"
    rf"|[^、。「」『』はがを\s]{{0,8}}?{APPOSED}(?:への[^、。「」はがを]{{1,6}})?(?:(?:で|に(?:対し(?:て)?)?)[、,]|の(?:[^、。「」はが]{{0,4}}番組で|(?:インタビュー|取材)(?:で|に))[、,]?)"
)
# The fewest characters that say something without what they are about.
ALONE = 6
# 「本人も|10日には、|…」: a day that is past is no part of what is told.
PAST_DAY = re.compile(r"(?:には|になって|に至って|にも)[、,]")
DAY = re.compile(
    r"(?:午前|午後|早朝|朝|夜|夕|昼|未明|深夜)?(?:遅く|\d{1,2}時(?:\d{1,2}分|半)?)?(?:すぎ|過ぎ|ごろ|頃)?[、,](?:\s*)|に(?=[、,])"
    # 「軍は|3日の声明で|支持すると表明した」
    r"|の[^、。「」はがを]{0,8}?(?:会見|声明|談話|演説|講演|投稿|番組|インタビュー|閣議|国会|議会|書簡)で[、,]?"
)


def after_lead(scene: Scene, start: int, end: int) -> int:
    """Where the words begin: past conjunctions, the day, the occasion, the hearers and what the words are about."""
    while start < end:
        at = _past_phrase(scene, start, end)
        for date in scene.dates_in(at, at + 1):
            gap = DAY.match(scene.text, date.end, end)
            if gap is None and scene.document.anchor is not None and not is_later(date.value, scene.document.anchor):
                gap = PAST_DAY.match(scene.text, date.end, end)
            at = gap.end() if gap else at
        for outlet in scene.actors_in(at, end)[:1]:
            told = TO_OUTLET.match(scene.text, outlet.end, end) if outlet.sector == "MED" else None
            at = told.end() if told is not None and outlet.start == at else at
        if at == start:
            return start
        start = at
    return start


def _past_phrase(scene: Scene, start: int, end: int) -> int:
    """Past one phrase of the lists; 「|制裁について、検討する|」: what words too short to stand alone are about stays with them."""
    for pattern in (LEAD, OCCASION, SCENE, THROUGH, scene.words("leads manner")):
        if (lead := pattern.match(scene.text, start, end)) is not None:
            return lead.end()
    about = scene.words("leads about").match(scene.text, start, end)
    return about.end() if about is not None and end - about.end() >= ALONE else start
