"""Brackets and quotations around a stop: what is open there, what closes, and whose words they are."""

from __future__ import annotations

from l10n.laziness import expression
from l10n.segmenters.places import BACK, DASHES, OPENERS, Follower, Place
from l10n.segmenters.tables import Tables

NEAR = 200
"""How far the other half of a pair of brackets may be."""
_INSIDE = 300
"""How far a quotation may go on after a stop inside it."""
_PAIRS = (("«", "»"), ("“", "”"), ("„", "”"), ("„", "“"), ('"', '"'), ("»", "«"))
_AFTER = expression(r"[.!?…]?\s+")
_SAID = expression(
    r"[A-Za-z]{0,12}(?:(?![没沒不未提])[\u4e00-\u9fff]){1,12}?(?:[说說问問道称稱喊答]|表示|指出|强调|強調|补充|補充|解释|解釋|回应|回應"
    r"|吐槽|评论|評論|感叹|感嘆|留言|透露|坦言|直言|反驳|反駁|质疑|質疑|呼吁|呼籲|承认|承認|调侃|調侃|介绍|介紹"
    r"|宣布|抱怨|哭喊|哀求|低语|低語|喃喃|自语|自語|嘀咕|嘟囔|催促|央求|追问|追問|反问|反問|坚称|堅稱|声明|聲明|总结|總結|怒斥|呵斥|嘲讽|嘲諷|安慰|保证|保證"
    r"|大叫|高呼|[叹嘆](?:了口)?[气氣]|叮嘱|叮囑|提醒|警告|抗议|抗議|赞叹|讚嘆|感慨|怒骂|怒吼|惊呼|驚呼)[道着著了]?[。，,：:]"
    r"|[\u3005-\u30ff\u4e00-\u9fff]{1,18}?"
    r"(?:言った|いった|言う|述べた|述べる|尋ねた|尋ねる|訊ねた|叫んだ|叫ぶ|答えた|答える|語った|語る|話した|話す|聞いた|訴えた|訴える"
    r"|問いかけた|問いかける|つぶやいた|つぶやく|(?:質問|説明|強調|指摘|反論|苦笑|主張|回答|絶賛|批判|宣言)(?:した|する)"
    r"|憤る|憤った|笑う|笑った|嘆く|嘆いた|漏らす|漏らした|こぼす|こぼした|力を込める|力を込めた|胸を張る|胸を張った|明かす|明かした"
    r"|振り返る|振り返った|首をかしげる|首をかしげた|(?:悲鳴|歓声|怒声|叫び声)を(?:上げ|あげ)(?:た|る)|声を(?:上げ|かけ|掛け|張り上げ|荒らげ|詰まらせ|弾ませ|落とし)(?:た|る)|喜ぶ|喜んだ"
    r"|意気込む|意気込んだ|誓う|誓った|呼びかける|呼びかけた|呼び掛けた)[。、]"
)
"""A short clause with a verb of saying, in Chinese and Japanese."""
_RESUMED = expression("[\u4e00-\u9fff][^。！？“”]{1,20}[，：,:]“")
"""What stands in Chinese between two parts of what is said."""
_DONE = expression(
    r"[\u4e00-\u9fff]{1,8}?(?:[边邊][说說喊哭]|[说說哭喊笑](?:[着著完罢罷]|到这|到這|这话|這話))[\u4e00-\u9fff]{1,12}[。，,]"
    "|[^。「」]{0,15}?そう[\u3040-\u309f]{0,3}(?:[言叫話語答述訴呟嘆告尋問]|つぶや|漏ら)"
)
"""What else who speaks is doing, in Chinese; how Japanese refers to what was said."""
_THEN = expression("(?:随即|隨即|便|转身|轉身)[\u4e00-\u9fff]")
"""How a Chinese sentence goes on after what was said: who speaks does something at once."""
_CLAUSE = 6
"""How many words after a quotation may say whose it is."""
_TITLE = 40
"""How much of a title may follow a stop in it."""
_STOPS = ".,;:!?।۔،؛"
_QUOTED_ACRONYM = expression(r"[\"“„«'‘](?:[^\W\d_]\.)+[^\W\d_]")
_PARTICLES = ("と", "って", "など", "の", "は", "が", "を", "に", "も", "で", "や")
_SPEAKING = ("と", "って", "など")
_NAMED = expression("。[をのがはに][\u30a1-\u30fa\u4e00-\u9fff]")
"""A particle right after a stop, as no sentence begins."""
_QUOTED_TOO = expression("(?:「[^「」]{1,99}」)+(?:と|って|など)")
"""Quotations before the particle that says that they are one."""
_SOURCE = expression("（[^（）]{1,30}）")
"""Brackets right after a Japanese quotation: who said it."""


def bracketed(place: Place, opening: str, closing: str) -> bool:
    """Whether the stop stands inside brackets that were opened in this sentence and close later."""
    if not place.opened:
        return False
    left = place.text[max(place.start, place.at - NEAR) : place.at]
    if left[:1] in opening or not any(mark in left for mark in opening):
        return False
    closed = left + place.close
    if sum(map(left.count, opening)) <= sum(map(closed.count, closing)):
        return False
    right = place.text[place.end : place.end + NEAR]
    return any(mark in right for mark in closing)


def embedded(place: Place) -> bool:
    """Whether the stop stands in a quotation that began inside the sentence and after which it goes on."""
    return place.opened and any(_holds(place, *pair) for pair in _PAIRS)


def _holds(place: Place, opening: str, closing: str) -> bool:
    """Whether the stop stands between these marks, and the sentence goes on after them."""
    text, end = place.text, place.end
    opened = text.rfind(opening, max(place.start, place.at - _INSIDE), place.at)
    if opened <= place.start or text.find(closing, opened + 1, end) >= 0:
        return False
    closed = text.find(closing, end, end + _INSIDE)
    if closed < 0 or text.find(opening, end, closed) >= 0:
        return False
    if _is_part(text, opened, end, closed):
        return True
    if text[closed - 1] in ",!?" and not _joined(text, closed + 1):
        return False
    if opening in '"»' and (not text[opened - 1].isspace() or text[closed - 1].isspace()):
        return False
    return _goes_on(text, closed)


def _is_part(text: str, opened: int, end: int, closed: int) -> bool:
    """Whether a quotation that soon ends is part of a sentence: after a word, with its stop or comma outside,
    a title or a few words of another (`the album «Thieves. Live».`); after a colon, with a comma."""
    if closed - end > _TITLE:
        return False
    before, last = text[opened - 2 : opened - 1], text[closed - 1]
    after = text[closed + 1 : closed + 3].lstrip("»”’")[:1]
    if before == ":":
        return after == "," or (last == "," and text[closed + 2 : closed + 3].islower())
    return before.isalpha() and last.isalnum() and after in (".", ",")


def _goes_on(text: str, closed: int) -> bool:
    """Whether the sentence goes on after a quotation: in small letters; in a script without them, where
    the quotation has no stop."""
    after = _AFTER.match(text, closed + 1)
    at = after.end() if after else closed + 1
    first = text[at : at + 1]
    if first.islower():
        return after is not None
    return _joined(text, at) and (after is None or text[closed - 1].isalnum())


def _joined(text: str, at: int) -> bool:
    """Whether a letter of a script without capitals stands there."""
    return text[at : at + 1].isalpha() and text[at].lower() == text[at].upper()


def abbreviated(place: Place) -> bool:
    """Whether the quotation that closes after a full stop holds an abbreviation with inner stops only."""
    left = place.text[max(place.start, place.at - BACK) : place.at].split()
    return bool(left) and _QUOTED_ACRONYM.fullmatch(left[-1]) is not None


def annotated(place: Place, follower: Follower) -> bool:
    """Whether brackets after a quotation inside the sentence say more of it and are no sentence of their own:
    `the play "Who, Me?" (Oxford, 320 pp.) is`."""
    text, closed = place.text, place.text.find(")", follower.at, follower.at + NEAR)
    goes_on = text[closed + 1 : closed + 2] in {",", ";"} or text[closed + 2 : closed + 3].islower()
    return closed > 0 and goes_on and opened_inside(place, '"“„«»')


def attributed(place: Place, follower: Follower, words: Tables) -> bool:
    """Whether a verb of saying follows a quotation, after a name (`?" Anna Kos asked.`), or soon where
    there are no capitals."""
    following = place.text[follower.at : follower.at + BACK].split()[:_CLAUSE]
    verbs = [n for n, word in enumerate(following) if word.strip(_STOPS) in words.say]
    if not verbs:
        return False
    verb = verbs[0]
    if place.text[place.next] in OPENERS:
        return False
    if not follower.first.isupper():
        return any(_closes_attribution(following, n, words) for n in verbs)
    if verb == 0 or place.stop == "." or _opens_speech(following[verb:], words):
        return False
    named = [word[0].isupper() or word[0] == "(" for word in following[:verb]]
    closed = following[verb - 1][-1] == "," or (named[-1] and following[verb][-1] in _STOPS)
    titled = following[0][-1] == "." and follower.text.lower() in words.never
    return (titled or not follower.starter) and (all(named) or closed)


def _opens_speech(following: list[str], words: Tables) -> bool:
    """Whether a verb of saying opens what is said after it: before a colon, or "that" and the like."""
    return following[0][-1] == ":" or not words.that.isdisjoint(following[1:2])


def _closes_attribution(following: list[str], verb: int, words: Tables) -> bool:
    """Whether a verb of saying stands soon after a quotation or ends a clause, and does not open another."""
    if not words.that.isdisjoint(following[verb + 1 : verb + 2]):
        return False
    return verb < 2 or any(word[-1] in _STOPS for word in following[verb : verb + 2])


def ends_wide(place: Place) -> bool:
    """Whether a wide stop ends a sentence: not inside brackets, nor before a particle or a verb of saying."""
    follows = place.text[place.next]
    if follows in DASHES + "…─" and not _takes_turns(place):
        return False
    if bracketed(place, "「『（【《〈", "」』）】》〉") or _is_clause(place):
        return False
    if place.stop[0] == "．" and follows.isdigit():
        return False
    if place.next > place.end or not place.close:
        return True
    if place.close[-1] in "》〉":
        return follows in "《〈"
    if place.close[-1] in "）)" and opened_inside(place, "（("):
        return False
    if place.close[-1] in "」』" and _continued(place):
        return False
    return _ends_after_quotation(place)


def _ends_after_quotation(place: Place) -> bool:
    """Whether a sentence ends after a quotation: after a colon and one it does; it goes on around one that
    stands after a word, and with a verb of saying."""
    if opened_inside(place, "“「"):
        before = _before_quotation(place)
        if before in "：:":
            return _THEN.match(place.text, place.next) is None
        if place.close[-1] == "”" and "\u4e00" <= before <= "\u9fff":
            return False
    return not any(said.match(place.text, place.next) for said in (_SAID, _RESUMED, _DONE))


def _is_clause(place: Place) -> bool:
    """Whether the stop stands in what is a part of a Japanese sentence: in a quotation that opens it, before
    the particle after the closing mark, or in a name ("モーニング娘。の曲")."""
    if place.close:
        return False
    left = place.text[place.start : min(place.at, place.start + NEAR)]
    if left[:1] == "「" and "」" not in left:
        rest = place.text[place.end : place.end + _INSIDE]
        quoted, _, after = rest.partition("」")
        return "「" not in quoted and after.startswith(_SPEAKING)
    return _NAMED.match(place.text, place.at) is not None


def _takes_turns(place: Place) -> bool:
    """Whether the stop ends a turn of a dialogue with dashes, as the sentence begins with one."""
    return place.next > place.end and not place.close and place.text[place.start] in DASHES


def _continued(place: Place) -> bool:
    """Whether a Japanese sentence goes on after a quotation: with a particle or another quotation."""
    source = _SOURCE.match(place.text, place.next)
    if place.text.startswith(_PARTICLES, source.end() if source else place.next):
        return True
    if place.text[place.next] not in "「『":
        return False
    return opened_inside(place, "「『") or _QUOTED_TOO.match(place.text, place.next) is not None


def _before_quotation(place: Place) -> str:
    """The character before the quotation that closes here."""
    opened = max(place.text.rfind(mark, place.start, place.at) for mark in "“「")
    return place.text[opened - 1]


def opened_inside(place: Place, opening: str) -> bool:
    """Whether the sentence goes on after brackets that close here, as it had begun before them."""
    left = place.text[max(place.start, place.at - NEAR) : place.at]
    return left[:1] not in opening and any(mark in left for mark in opening)
