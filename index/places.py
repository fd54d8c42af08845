"""Where a unit is: the place that its name begins with, or that the document puts before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from index.dictionary import read_yaml

_HAN: Final = r"[\u4e00-\u9fa5]"
_PLACE: Final = re.compile(
    rf"(?:{_HAN}{{2,8}}?(?:省|自治区))?(?:{_HAN}{{2,8}}?(?:市|自治州|地区|盟))?"
    rf"(?:{_HAN}{{1,7}}?(?:新区|开发区|高新区|自治县|自治旗|林区|特区|区|县|旗|市))?"
)
_MIN_PLACE: Final = 2
_ORGANS: Final = "人民政府|区委|市委|县委"


def region_of(unit: str, texts: Iterable[str]) -> str | None:
    """The place of a unit: what its name begins with, else what ``texts`` put before its name most."""
    return place_at_start(unit) or _place_before(unit, texts)


def place_at_start(name: str) -> str | None:
    """The place that a name begins with.

    >>> [place_at_start(name) for name in ("中共随州市曾都区委办公室", "杭州市社区服务中心", "万里街道办事处")]
    ['随州市曾都区', '杭州市', None]
    """
    words = read_yaml("profile.yaml")
    bare = re.sub(rf"^(?:{words['before_place']})+", "", name)
    found = _PLACE.match(bare)
    place = found.group() if found else ""
    while wrong := re.search(rf"(?:{words['no_place']})$", place):
        place = _PLACE.match(place[: wrong.start()]).group()  # type: ignore[union-attr]
    return place if len(place) > _MIN_PLACE else None


def _place_before(unit: str, texts: Iterable[str]) -> str | None:
    before = re.compile(rf"({_HAN}{{2,16}}?(?:市|区|县|州|旗|盟))(?:{_ORGANS})?{re.escape(unit)}")
    places = (place_at_start(match.group(1)) for text in texts for match in before.finditer(text))
    counted = Counter(place for place in places if place)
    return counted.most_common(1)[0][0] if counted else None
