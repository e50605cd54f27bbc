"""What stands around an article on any portal: told by the names of its boxes and by its words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from fjsen_spider.extraction.layouts.layout import Element
from fjsen_spider.extraction.text import squeeze

_NAMED = re.compile(
    r"share(?!pic)|comment|pinglun|cmn?t(?=$|[\s_\d-])|copyright|footer|sidebar|recommend|tuijian|qrcode|erweima|breadcrumb|crumb|toolbar|toolbox"
    r"|disclaim|hotnews|hot-news|guess|login|statement|shengming|declare|advert|feedback|report-?error|jiucuo|paihang"
    r"|(?:^|[\s_-])(?:right[_-]?(?:news|bar|col|side|box|part)|side|nav|menu|foot|bottom|ads?|gg|hot|rank|tags?|ewm|print|dayin|prev|next|pager|app|vote|tools?)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
_FOOT = re.compile(r"(?:^|[\s_-])(?:foot|footer|bottom|copyright|comments?|cmn?t|pinglun)(?=$|[\s_\d-])", re.IGNORECASE)
_RELATED = re.compile(r"relat|xgxw|xgyd|xiangguan|(?:^|[\s_-])more(?=$|[\s_-])", re.IGNORECASE)
_SUMMARY = re.compile(
    r"summary|abstract|daodu|zhaiyao|daoyu|digest|(?:^|[\s_-])(?:lead|intro)(?=$|[\s_-])", re.IGNORECASE
)
_SMALLEST = 40
"""Pixels of the smallest picture that shows something."""
_TAGS = frozenset({"aside", "footer", "nav"})
_ICON = re.compile(
    r"qr_?code|erweima|ewm|(?:^|[\s/_.-])(?:icon|logo|share|weixin|wechat)s?(?=[\s/_.-]|\d|$)|\.ico$", re.IGNORECASE
)
_BLANK = re.compile(r"(?:^|[/_.-])(?:blank|spacer|loading|placeholder)\b", re.IGNORECASE)

_BEFORE = r"^[\s【\[（(<《>》*※■◆●▲▶·|｜/-]*"
BOILERPLATE: Final = re.compile(
    rf"{_BEFORE}(?:"
    r"(?:版权|免责|特别|郑重|风险|重要)(?:声明|提示|说明)|[\u4e00-\u9fff]{0,8}版权(?:及免责)?(?:说明|声明)[：:]|(?:本[网站])?[转载版权文章]{2,8}声明[：:]?$|版权保护[：:]|正文已?结束(?=$|[，。])|[^，。]{0,24}版权所有(?![人者权])|声明[：:]|关于我们|[1-9][、.．]\s?凡(?:本[网站]|注明)|凡(?:本网|本站|来源|注明|标注|署名)|(?:©|&copy;|Copyright)"
    r"|(?:本文|本网|本站|本报|以上|文中|部分|上述).{0,24}(?:版权|转载|侵权|不代表|仅代表)|未经.{0,16}(?:授权|许可|同意|允许)"
    r"|转载(?:请|须|务必)|如(?:需|有|涉及|若).{0,12}(?:转载|侵权)|(?:欢迎|请)?(?:扫一?扫|扫码|长按|微信扫)|扫描.{0,10}二维码.{0,12}(?:关注|下载|阅读|进入|打开|分享|观看|$)"
    r"|(?:欢迎|请|点击|更多).{0,16}(?:关注|下载|订阅).{0,20}(?:公众号|客户端|APP|微信|微博|官方)|(?:打开|下载)\S{0,10}(?:客户端|APP)"
    r"|(?:我)?[想要]爆料|(?:如[果有您]{1,4}|提供)新闻线索|(?:微信)?公众号[：:]|关注.{0,14}(?:公众号|官方微[信博])|(?:新闻|报料|投稿)?(?:热线|邮箱)[：:]|(?:请|欢迎|别忘了)?点(?:个|亮|击)?[“「]?(?:在看|赞)|(?:点击)?[上下]方.{2,30}关注(?:我们)?$|[上下]一[篇条则][：:]|举报(?:电话|邮箱|入口)|违法和?不良信息"
    r"|\S{0,6}ICP备|(?:安装|下载|打开)\S{0,12}(?:客户端|APP)|本文来自.{0,40}(?:客户端|APP|公众号)|点击进入专题|本文链接[：:]|互联网新闻信息服务许可|信息网络传播视听|(?:返回|回到)(?:首页|顶部|列表)|全文(?:共|约)?\d+字[，,]?.{0,16}$|正在加载(?:视频|中|[.…]).{0,6}$|《\s?[\u4e00-\u9fff]{2,8}报\s?》\s?[（(]\s?(?:19|20)\d\d[^（()）]{4,30}[)）]$|炒股就看|24小时滚动播报|海量资讯|推荐进入.{2,10}数据库|[^。]{0,60}更多报道，?请(?:在|到|点击|下载).{0,16}(?:客户端|APP)|网友评论|最新评论|发表评论|文明上网"
    r")",
    re.IGNORECASE,
)
"""How a line begins that stands under many articles."""
_TOOL = re.compile(
    r"(?:分享(?:到|至|给好友|让更多人看到)?|打印(?:本页|本文|本稿|此文|此页)?|关闭(?:窗口|本页)?|收藏(?:本文)?|推荐(?:给朋友)?|纠错|反馈|我要(?:纠错|评论|分享|反馈|留言)|复制链接"
    r"|(?:字[体号]|字体大小)[：:]?|默认|超?[大中小]号?(?:字)?|A[+-]?|微信(?:好友|扫一扫)?|朋友圈|新?浪?微博|QQ(?:空间|好友)?|人人网?|腾讯微博|豆瓣|手机(?:看|版|阅读)\S{0,4}|听新闻|语音播报"
    r"|路过|雷人|握手|鲜花|鸡蛋|邀请|点赞|赞|踩|举报|评论|参与评论|参与互动|进入论坛|跳转到?评论|发表评论|查看评论|阅读(?:数|量)?|点击(?:数|量)?|浏览(?:次?数|量)?|人?参与|条评论|跟贴|次|返回[^，。]{0,8}|图集$|\+1$|【\d{1,2}】|\[\d{1,2}\]"
    r"|用?微信扫.{0,12}|扫一?扫.{0,14}|查看(?:更多|原图|大图)|展开全文|阅读全文|，?查看更多|点击(?:查看|加载)更多|更多(?:>+|＞+)?|上一[页篇条]|下一[页篇条]|[首尾末]页|全文|下一张|上一张"
    r"|责编信箱|投稿|[^，。]{0,8}客户端(?:下载)?$|订阅|关注|登录|注册|已?收藏|字体|缩小|放大|T[|｜]T|正文|来源[：:]?|编辑[：:]?|责任编辑[：:]?|作者[：:]?|浏览字号|字号)"
)
SUMMARY: Final = re.compile(r"^[\s【\[]*(?:摘要|内容摘要|导读|导语|核心提示|内容提要|提要|阅读提示)[\s】\]]*[：:]?\s*")
"""How the editor's summary begins."""
_MARKS = re.compile(r"[\s\d（()）【】\[\]|｜/、,，.。：:·…>＞<＜«»+-]+")
MORE: Final = re.compile(
    rf"{_BEFORE}(?:热门(?:推荐|新闻|文章|评论|排行)|(?:编辑|精彩|为您|精品|今日|猜你|你可能)(?:推荐|图集|喜欢|感兴趣)|猜你喜欢|图片(?:新闻|推荐)|今日热点|热点(?:新闻|推荐|排行)"
    r"|新闻排行|点击排行|排行榜|最新(?:新闻|文章|资讯)|大家(?:都在看|还看了|爱看)|更多(?:新闻|精彩|资讯)|推荐(?:新闻|文章)|热图)[\s>＞更多】：:]*$"
)
"""The head of a list of other articles, which ends what belongs to this one."""
TOLD: Final = re.compile(rf"{_BEFORE}(?:推荐阅读|延伸阅读|相关(?:阅读|文章|新闻|报道)|精彩推荐|更多阅读)[\s>＞】：:]*$")
"""The head of a list of links, or of other articles told in short."""


def is_noise(node: Element) -> bool:
    """Tell by its name whether a box is no part of an article."""
    return node.tag in _TAGS or _has(_NAMED, node)


def is_foot(node: Element) -> bool:
    """Tell by its name the foot of a page, or comments: of a page with a short article they are the longer part."""
    return node.tag == "footer" or _has(_FOOT, node)


def is_related(node: Element) -> bool:
    """Tell by its name whether a box holds links to other articles."""
    return _has(_RELATED, node)


def is_summary(node: Element) -> bool:
    """Tell by its name whether a box holds the editor's summary."""
    return _has(_SUMMARY, node)


def _has(pattern: re.Pattern[str], node: Element) -> bool:
    name, own = node.get("class"), node.get("id")
    return bool(name or own) and _matches(pattern, f"{name or ''} {own or ''}")


@lru_cache(maxsize=1024)
def _matches(pattern: re.Pattern[str], name: str) -> bool:
    """Tell whether a name matches; a page has few names for all its boxes."""
    return pattern.search(name) is not None


def is_icon(node: Element) -> bool:
    """Tell a picture of the page's own furniture: a QR code, a logo, a button."""
    name = f"{node.get('src') or ''} {node.get('class') or ''} {node.get('id') or ''}"
    return (
        bool(_ICON.search(name) or _BLANK.search(node.get("src") or ""))
        or "二维码" in (node.get("alt") or "")
        or _is_small(node)
    )


def _is_small(node: Element) -> bool:
    sides = [value for name in ("width", "height") if (value := (node.get(name) or "").strip().removesuffix("px"))]
    return bool(sides) and all(side.isdecimal() and int(side) < _SMALLEST for side in sides)


def is_tools(text: str) -> bool:
    """Tell a line that holds nothing but buttons, counters and pagers."""
    rest, tools = _TOOL.subn("", squeeze(text)) if len(text) <= 80 else (text, 0)
    return tools > 0 and not _MARKS.sub("", rest)
