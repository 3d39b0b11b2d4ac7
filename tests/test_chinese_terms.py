"""Tests that no retired Chinese term appears in the product."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: what is searched: folders of the product and its pages; generated reference pages follow from them
FOLDERS = ("src/casework", "projections", "docs", "README.md", "README.zh-CN.md")
ENDINGS = {".py", ".html", ".md", ".toml", ".sh"}
#: retired term, as a pattern that leaves longer words alone → the word in its place
RETIRED = {
    r"(?<!刑事)(?<!行政)(?<!民事)(?<!信访)案件(?!处理法|处理规定|办理规定)": "办件",
    r"桌面(?!操作|应用|端)": "待办",
    r"销账续办": "恢复办理（解除挂账）",
    r"督办办结": "督办销号",
    r"指派、改派": "指派 the first time, 改派 after",
    r"首次联系、联系群众": "首次联系",
    r"协办、吹哨": "协办",
    r"【登记有误】": "【作废（登记有误）】",
    r"退件": "退单",
    r"(?<!直接)联系点": "直接联系点",
    r"(?<!直)报告点": "工作直报点",
    r"密级|涉密": "知悉范围",
    r"(?<!国家)(?<!商业)(?<!工作)秘密(?!级|法)": "限定范围",
    r"(?<!随)机密(?!钥|级|文)": "专人知悉",
    r"(?<![正现存已])在办(?!理|公|事|结|件|法)": "未办结 of cases, 承办 of who has one",
    r"(?<!办)未结(?!束|算|清|合|婚)": "未办结",
    r"九成(?:不超过|位)": "90%分位数",
    r"据账上前": "数据截至第 … 条",
    r"\| answer \| 回执": "提交结果: 回执 is the resident's",
}
#: (file, term) where the word is right: it quotes a name that is not ours
ALLOWED: set[tuple[str, str]] = set()


def files(folders: tuple[str, ...] = FOLDERS) -> list[Path]:
    """Every text of the product in FOLDERS, or the file itself where one is named; generated pages and data aside."""
    found: list[Path] = []
    for folder in folders:
        place = ROOT / folder
        found += [place] if place.is_file() else sorted(one for one in place.rglob("*") if one.suffix in ENDINGS)
    return [one for one in found if not {"data", "reference"} & set(one.relative_to(ROOT).parts)]


def retired_in(text: str) -> list[tuple[int, str, str]]:
    """Line, retired term, and the word in its place."""
    return [
        (text.count("\n", 0, hit.start()) + 1, hit[0], instead)
        for pattern, instead in RETIRED.items()
        for hit in re.finditer(pattern, text)
    ]


def test_no_retired_chinese_term_appears_in_the_product():
    found = [
        f"{name}:{line}: {term} → {instead}"
        for path in files()
        for name in [path.relative_to(ROOT).as_posix()]
        for line, term, instead in retired_in(path.read_text("utf-8"))
        if (name, term) not in ALLOWED
    ]

    assert found == []


def test_every_allowed_use_of_a_retired_term_still_exists():
    assert all(term in (ROOT / name).read_text("utf-8") for name, term in ALLOWED)


def test_a_retired_term_is_found_but_not_within_a_longer_valid_word():
    assert [term for _, term, _ in retired_in("案件清单，联系点，机密件，在办人")] == ["案件", "联系点", "机密", "在办"]
    assert retired_in("直接联系点、工作直报点、随机密钥、正在办理、在办理人名下、未办结、信访案件") == []
