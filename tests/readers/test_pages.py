from io import BytesIO

import pytest
from PIL import Image, ImageChops

from kg.errors import DocumentError
from kg.readers import read
from kg.readers.pages import page_image


def test_a_line_is_marked_where_it_stands(files):
    """The mark lies on the quote's line and nowhere else."""
    (text,) = read(files / "notice.pdf")
    place = text.anchor_at(text.characters.index("丰府办发"))
    plain, marked = (
        Image.open(BytesIO(page_image(files / "notice.pdf", place.page, box, 600)))
        for box in (None, place.box)
    )
    left, top, right, bottom = place.box
    expected = (left * 600, top * plain.height, right * 600, bottom * plain.height)
    assert ImageChops.difference(plain, marked).getbbox() == pytest.approx(expected, abs=2)


def test_a_picture_is_its_own_page(files):
    assert Image.open(BytesIO(page_image(files / "notice.png", 1, width=300))).width == 300


@pytest.mark.parametrize(("sample", "page"), [("notice.pdf", 9), ("notice.png", 2), ("notice.docx", 1)])
def test_a_page_that_is_not_there(files, sample, page):
    with pytest.raises(DocumentError):
        page_image(files / sample, page)
