from longtake.locale import catalogue
from longtake.render.documents.stills import palette, png, size, svgs
from longtake.render.inventory import charts
from longtake.render.wording import Wording
from render.sample_report import sample_report


def test_a_picture_for_paper_has_no_colour_of_a_page_left():
    wording = Wording(catalogue("zh"), "Asia/Shanghai")
    colours = palette()
    assert (colours["wom"], colours["promo"]) == ("#bb3d29", "#4c6884")
    for chart in charts(sample_report()):
        for svg in svgs(chart, wording):
            assert "var(" not in svg
            assert size(svg)[0] == 900.0
            if "url(#hatch)" in svg:
                assert '<pattern id="hatch"' in svg


def test_a_picture_is_drawn_on_white_at_the_scale_asked_for():
    import io

    from PIL import Image

    wording = Wording(catalogue("zh"), "Asia/Shanghai")
    svg = svgs(charts(sample_report())[0], wording)[0]
    picture = Image.open(io.BytesIO(png(svg, scale=1.0)))
    assert picture.size == tuple(round(side) for side in size(svg))
    assert picture.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)
