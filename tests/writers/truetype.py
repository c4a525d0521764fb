"""A Chinese TrueType font, as reportlab can embed it: Noto Sans SC with some of its characters, its curves made quadratic."""

import io
from functools import cache

import pylopdf_fonts_zh_cn
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

_MOST_ERROR = 1.0  # units of the font by which curves may differ


@cache
def chinese_font(characters: str, name: str) -> bytes:
    """Return a TrueType font with these characters and ASCII. reportlab tells fonts apart by their name alone."""
    source = TTFont(str(pylopdf_fonts_zh_cn.sans_path()))
    glyphs, names = source.getGlyphSet(), source.getBestCmap()
    wanted = {code: names[code] for code in {*range(0x20, 0x7F), *map(ord, characters)} if code in names}
    order = [".notdef", *dict.fromkeys(wanted.values())]
    drawn: dict[str, Glyph] = {}
    for glyph in order:
        pen = TTGlyphPen(None)
        glyphs[glyph].draw(Cu2QuPen(pen, _MOST_ERROR, reverse_direction=True))
        drawn[glyph] = pen.glyph()
    builder = FontBuilder(source["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(wanted)
    builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics(
        {name: (glyphs[name].width, drawn[name].xMin if drawn[name].numberOfContours else 0) for name in order}
    )
    builder.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=source["hhea"].ascent, sTypoDescender=source["hhea"].descent)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
