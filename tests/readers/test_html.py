import pytest

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers import read
from kg.readers.html import read_html

LONG = "为积极应对人口老龄化，加快构建居家社区机构相协调、医养康养相结合的养老服务体系，制定本规划。"


def page(body: str, head: str = "") -> str:
    return f"<html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


@pytest.fixture
def read_page(tmp_path):
    """The characters that a page of this markup gives."""

    def run(markup: str, limits: Limits | None = None):
        path = tmp_path / "page.html"
        path.write_text(markup, "utf-8")
        return read_html(path, "page.html", limits or Limits())

    return run


CASES = [
    pytest.param("<p>甲</p><p>乙</p>", "甲\n乙\n", id="paragraphs"),
    pytest.param("<p>甲<br>乙</p>", "甲\n乙\n", id="line break"),
    pytest.param("<p>养老\n     服务</p>", "养老服务\n", id="a line end in Chinese source is no space"),
    pytest.param("<p>GDP\n growth</p>", "GDP growth\n", id="a line end between words is one"),
    pytest.param(
        "<p>　　到<b>2025</b>年，达到<span>60</span>%</p>", "到2025年，达到60%\n", id="inline elements"
    ),
    pytest.param("<p>60&nbsp;%&#x200b;</p>", "60 %\n", id="entities and invisible characters"),
    pytest.param("<div>前<p>中</p>后</div>", "前\n中\n后\n", id="text beside blocks"),
    pytest.param("<ol><li>甲</li><li>乙</li></ol>", "1.甲\n2.乙\n", id="ordered list"),
    pytest.param("<ul><li>甲</li></ul>", "甲\n", id="a bullet is no text"),
    pytest.param("<p>甲<script>alert('到2030年达到99%')</script></p>", "甲\n", id="scripts are not read"),
    pytest.param("<p>甲</p><p style='display: none'>乙</p><p hidden>丙</p>", "甲\n", id="hidden is not read"),
    pytest.param("<p>甲<!-- 到2030年 -->乙</p>", "甲乙\n", id="comments are not read"),
    pytest.param("<p>甲</p><form><input value='x'><button>搜索</button></form>", "甲\n", id="form fields"),
    pytest.param(
        "<table><tr><td>指标</td><td>值</td></tr><tr><td><p>床位</p><p>占比</p></td><td>60</td></tr></table>",
        "指标\t值\n床位 占比\t60\n\n",
        id="data table",
    ),
    pytest.param(
        "<table><tr><td rowspan=2>甲</td><td>一</td></tr><tr><td>二</td></tr>"
        "<tr><td colspan=2>乙</td></tr></table>",
        "甲\t一\n\t二\n乙\n\n",
        id="spans",
    ),
    pytest.param(
        "<table><tr><td>菜单</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
        "菜单\n\na\tb\n\n",
        id="a table that arranges the page dissolves",
    ),
    pytest.param("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n乙\n", id="one column is a box"),
]


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_markup(read_page, body, expected):
    assert read_page(page(body)).characters == expected


FURNITURE = [
    pytest.param("<div class='footer'>主办：市政府 赣ICP备1号</div>", id="footer by name"),
    pytest.param("<footer>主办：市政府</footer>", id="footer by element"),
    pytest.param("<div id='nav'><a>首页</a>导航</div>", id="menu by name"),
    pytest.param("<div><a href=1>首页</a><a href=2>政务公开</a></div>", id="links without a name"),
    pytest.param("<div class='share-box'>分享到微信</div>", id="share"),
    pytest.param("<ul class='position'><li>您现在的位置</li></ul>", id="breadcrumb"),
]


@pytest.mark.parametrize("around", FURNITURE)
def test_what_surrounds_the_body_is_left_out(read_page, around):
    text = read_page(page(f"{around}<div><p>{LONG}</p><p>{LONG}</p></div>{around}"))
    assert text.characters == f"{LONG}\n{LONG}\n"


def test_a_body_named_like_furniture_is_still_read(read_page):
    """A name alone never removes most of a page's text."""
    assert read_page(page(f"<div class='footer'><p>{LONG}</p></div>")).characters == f"{LONG}\n"


def test_the_title_and_the_information_table_come_first(read_page):
    body = (
        "<table><tr><td>索 引 号：</td><td>K1</td><td>文 号：</td><td>洪府办发〔2022〕26号</td></tr></table>"
        f"<h1>南昌市养老服务体系建设规划</h1><div class='TRS_Editor'><p>{LONG}</p></div>"
    )
    expected = f"索引号：K1\n文号：洪府办发〔2022〕26号\n南昌市养老服务体系建设规划\n{LONG}\n"
    assert read_page(page(body)).characters == expected


def test_a_title_that_the_body_shows_is_not_repeated(read_page):
    body = f"<h1>养老“十四五”规划</h1><div class='TRS_Editor'><p>养老\"十四五\"规划</p><p>{LONG}</p></div>"
    assert read_page(page(body)).characters == f'养老"十四五"规划\n{LONG}\n'


def test_page_tags_are_hints(read_page):
    head = (
        "<title>x</title><meta name='ArticleTitle' content='规划'><meta name='PubDate' content='2022-05-20'>"
    )
    assert read_page(page(f"<p>{LONG}</p>", head)).hints == (("title", "规划"), ("published", "2022-05-20"))


def test_places_name_paragraphs_and_rows(read_page):
    text = read_page(page("<p>甲</p><table><tr><td>乙</td><td>丙</td></tr></table><p>丁</p>"))
    assert [text.label_at(text.characters.index(c)) for c in "甲乙丙丁"] == [
        "第1段",
        "表1第1行",
        "表1第1行",
        "第2段",
    ]


ENCODINGS = [("gb2312", "gb18030"), ("big5", "big5"), ("utf-8", "utf-16"), ("gbk", "utf-8")]


@pytest.mark.parametrize(("declared", "real"), ENCODINGS)
def test_the_bytes_decide_over_the_declared_encoding(tmp_path, declared, real):
    sentence = "為積極應對人口老化，推動長期照顧服務，發展居家、社區與機構的照顧體系。"
    path = tmp_path / "page.html"
    path.write_bytes(f"<html><head><meta charset={declared}></head><p>{sentence}</p></html>".encode(real))
    assert read(path)[0].characters == sentence + "\n"


def test_the_nanchang_page(files):
    """Nothing of menus, search box, "related" or footer; table, number and title are there."""
    (text,) = read(files / "nanchang.html")
    with open(files.parents[1] / "data/corpus/nanchang-2022-elder-care-plan.txt", encoding="utf-8") as stream:
        wanted = "".join(stream.read().split())
    head, _, body = "".join(text.characters.split()).partition("南昌市人民政府办公室文件")
    assert "南昌市人民政府办公室文件" + body == wanted
    assert "文号：洪府办发〔2022〕26号" in head
    assert "养老机构护理型床位占比(%)\t60\t约束性指标\n" in text.characters


def test_deep_nesting_is_refused(read_page):
    with pytest.raises(DocumentError, match=r"嵌套过深|损坏"):
        read_page(page("<div>" * 20_000 + "甲"), Limits(xml_depth=200))


def test_a_page_of_blank_lines_is_read_in_no_time(read_page):
    """White space without end once made the pattern that joins lines take minutes."""
    assert read_page(page("<p>甲" + "\n " * 200_000 + "b</p>")).characters == "甲 b\n"
