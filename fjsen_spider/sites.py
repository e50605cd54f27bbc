"""Channels (hosts) and columns (listings) of the portal: data only.

Only what has been seen is here. Any other `*.fjsen.com` host is a channel too, named by its label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FRONT_PAGE: Final = "http://www.fjsen.com/"

CHANNELS: Final = {
    "www": "东南网",
    "fjnews": "福建",
    "news": "新闻",
    "taihai": "台海",
    "money": "财经",
    "sports": "体育",
    "tv": "视频",
    "usa": "美国",
    "hk": "香港",
    "au": "澳洲",
    "ph": "菲律宾",
    "i": "大学城",
    "isay": "直通屏山",
    "yq": "舆情",
    "py": "辟谣",
    "mil": "军事",
    "travel": "旅游",
    "fazhi": "法治",
    "auto": "汽车",
    "house": "房产",
    "ent": "娱乐",
    "dnws": "网事",
    "wmf": "文明风",
    "fjdj": "机关党建",
    "women": "妇女",
    "minqw": "闽侨",
    "fjjsw": "卫生",
    "museum": "博物馆",
    "fjjj": "交警",
    "jubao": "举报",
    "fz": "福州",
    "xm": "厦门",
    "pt": "莆田",
    "qz": "泉州",
    "zz": "漳州",
    "zzpd": "漳州",
    "ly": "龙岩",
    "nd": "宁德",
    "np": "南平",
    "sm": "三明",
    "ptxw": "平潭",
    "fq": "福清",
    "bbs": "论坛",
    "sns": "东南空间",
    "search": "搜索",
    "fjrb": "福建日报",
}


@dataclass(frozen=True, slots=True)
class ColumnSite:
    """A column of a channel, by the address of its first listing page."""

    url: str
    name: str


COLUMNS: Final = (
    ColumnSite("http://fjnews.fjsen.com/gov.htm", "政务"),
    ColumnSite("http://news.fjsen.com/china.htm", "国内"),
    ColumnSite("http://news.fjsen.com/world.htm", "国际"),
    ColumnSite("http://news.fjsen.com/e_news.htm", "国际要闻"),
    ColumnSite("http://news.fjsen.com/W_Comments.htm", "国际评论"),
    ColumnSite("http://news.fjsen.com/ent.htm", "娱乐"),
    ColumnSite("http://news.fjsen.com/photo.htm", "图片"),
    ColumnSite("http://news.fjsen.com/RollingNews.htm", "原创"),
    ColumnSite("http://www.fjsen.com/r/view.htm", "时评"),
    ColumnSite("http://mil.fjsen.com/node_35684.htm", "军事"),
    ColumnSite("http://xm.fjsen.com/node_163616.htm", "厦门"),
)

NAMES: Final = {FRONT_PAGE: "首页", **{column.url: column.name for column in COLUMNS}}
"""Address of a place of links → what the portal calls it."""
