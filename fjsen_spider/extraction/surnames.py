"""Chinese surnames: what tells a name from other short words."""

from __future__ import annotations

from typing import Final

SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋"
    "茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应"
    "宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲封储靳段富焦巴牧车侯全班秋仲伊宫宁仇栾甘厉武符刘景詹束龙叶"
    "幸司黎薄印白怀蒲卓蔺池乔闻党翟谭贡劳申冉桑桂濮牛寿边燕尚农温庄晏柴瞿阎连茹习艾容向古易廖庾步都耿满匡文欧沃利蔚越师"
    "巩聂晁勾敖冷辛简饶曾沙丰关查游权盖益桓公肖涂揭佘阙兰付曲芦代丘仝但侍官帅庹战揣亓商冼檀阳税苑晋苟原逄佟冀闫岳练修巫"
    "操谌郏邝粟鄢智凡占种楚胥衣蹇谯邸郜尉隆由仉朴池卯"
    "赖覃荆谷鞠楼蒙鹿宾麦隋莘阚逯尧汝漆迟隗扈牟卿雍丛竺寇粘赫鄂郅弓念鄞邴缑衡慕"
)
SURNAME: Final = "".join(sorted(SURNAMES))
"""The same for a character class of a pattern."""
COMPOUND: Final = frozenset(
    "欧阳 上官 司徒 司马 诸葛 皇甫 尉迟 公孙 端木 令狐 慕容 夏侯 东方 长孙 宇文 南宫 轩辕 呼延 百里 钟离 左丘 淳于 申屠 鲜于 司空 西门 东郭 濮阳 闾丘 梁丘".split()
)

_SECOND: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋许韩邓冯曹彭曾肖董潘袁蔡蒋余杜程魏苏吕卢姚沈钟姜崔谭陆范汪廖韦贾邹熊孟秦邱侯尹薛闫雷黎贺郝顾龚邵戴严莫孔"
)
"""Surnames of mothers: common ones that begin few other words."""
TIBETAN: Final = frozenset(
    "扎西 卓玛 次仁 格桑 多吉 平措 达娃 尼玛 边巴 旺堆 央金 拉姆 白玛 丹增 旦增 索朗 仁青 洛桑 强巴 普布 米玛 顿珠 罗布 曲珍 德吉 玉珍 巴桑 嘎玛 贡觉 群培 "
    "加措 江措 旺姆 措姆 梅朵 坚赞 赤列 桑珠 旺久 拉巴 欧珠 斯郎 桑吉 才让 才旦 卓嘎 晋美 阿旺 土登 益西 旺杰".split()
)
"""Of such halves a name of four characters is made."""
OUTLETS: Final = frozenset("报网社台")
"""What an outlet ends in (`华某网`, `某报·某网`), and no name."""


def is_name(word: str) -> bool:
    """Tell whether a word looks like a Chinese personal name: a surname and one or two more, four with two surnames."""
    if word[-1:] in OUTLETS and not (len(word) == 3 and word[-1] in "社台"):  # 张建社
        return False
    if "·" in word:
        return 3 <= len(word) <= 16 and word[0] != "·"
    if word[:2] in COMPOUND:
        return 3 <= len(word) <= 4 and not word[-1].isascii()
    if len(word) == 4:  # both parents' surnames
        return {word[:2], word[2:]} <= TIBETAN or (word[0] in SURNAMES and word[1] in _SECOND)
    return len(word) in (2, 3) and word[0] in SURNAMES
