"""What people read in place of a code, in Chinese and English: states, reasons, kinds of body, issues."""

from collections.abc import Mapping

from gia_analysis.checks import sentences
from gia_analysis.forms import Language, section_kinds
from gia_analysis.forms.sections import subsection_kinds

_WORDS: Mapping[str, tuple[str, str]] = {
    # how an input was read
    "ok": ("读取完整", "read in full"),
    "partial": ("部分读取", "read in part"),
    "failed": ("未能读取", "could not be read"),
    # verdicts
    "pass": ("成立", "holds"),
    "pass_if_blank_is_zero": ("空白视为零时成立", "holds if blanks are zero"),
    "fail": ("不成立", "does not hold"),
    "fail_whatever_blanks_are": ("无论空白为何值均不成立", "cannot hold whatever the blanks are"),
    "not_applicable": ("不适用", "not applicable"),
    "hard": ("应当成立", "must hold"),
    "soft": ("一般成立", "usually holds"),
    "info": ("提示", "remark"),
    # why an indicator is missing or a check does not apply
    "blank": ("所需单元格为空白", "a cell it needs is blank"),
    "unread": ("所需单元格无法确定", "a cell it needs could not be read for certain"),
    "checks_failed": ("所用数字未通过核验", "the figures fail a check"),
    "denominator_zero": ("分母为零", "the denominator is zero"),
    "numerator_exceeds_denominator": ("分子大于分母", "the numerator is larger than the denominator"),
    "not_on_form": ("该表式没有此项", "not on this form"),
    "all_blank": ("各格均为空白", "all cells are blank"),
    "total_missing": ("总计为空白", "the total is blank"),
    "parts_missing": ("各分项均为空白", "all parts are blank"),
    "no_table": ("报告没有可读的表", "the report has no table that was read"),
    "no_chapters_prescribed": ("该表式未规定章节", "the form prescribes no chapters"),
    "no_report_of_last_year": ("没有上一年度的报告", "there is no report of the year before"),
    "level_or_figure_unknown": ("层级或数字不明", "the level or the figure is not known"),
    "form_or_year_unknown": ("表式或年度不明", "the form or the year is not known"),
    "date_or_agency_unknown": ("日期或机关类型不明", "the date or the kind of agency is not known"),
    "date_unknown": ("日期不明", "no date is known"),
    "one_year_only": ("标题和统计期限未同时写明年度", "title and period do not both name a year"),
    "approximate": ("所述为约数", "the text gives a rough number"),
    "list_may_be_partial": ("所列各项可能不全", "the list may not be complete"),
    "not_told": ("正文未提及", "not told in the text"),
    "not_checked": ("未作核验", "the checks were not made"),
    "too_few": ("件数太少，不排名", "too few cases to rank"),
    "too_few_peers": ("可比机关太少", "too few peers"),
    "no_group": ("缺少分组所需信息", "a fact needed for grouping is not known"),
    "unknown_scope": ("统计口径未说明", "scope not stated"),
    "no_indicator": ("没有该指标", "the indicator was not computed"),
    # why a year of a series has no figure, or no growth
    "several_reports": ("同一机关同一年度有多份报告且数字不一", "several reports of one agency and year differ"),
    "no_report": ("该年度没有报告", "no report of that year"),
    "value_missing": ("本年没有数字", "no figure this year"),
    "base_missing": ("上年没有数字", "no figure the year before"),
    "series_break": ("口径在两年之间变化", "the definition changed in between"),
    "base_zero": ("上年为零", "it was zero the year before"),
    # why a rule over years or levels does not apply
    "agency_unknown": ("机关不明", "the agency is not known"),
    "agency_ambiguous": ("同名机关不止一个，无法区分", "several agencies have this name"),
    "year_unknown": ("年度不明", "the year is not known"),
    "several_reports_of_last_year": ("上一年度报告不止一份", "there are several reports of the year before"),
    "scope_differs": ("与上一年度统计口径不同", "the scope is not that of the year before"),
    "no_table_of_last_year": ("上一年度报告没有该表", "the report of the year before lacks the table"),
    "form_differs": ("表式不同", "the forms differ"),
    "small_base": ("上一年度数字过小", "the figure of the year before is too small"),
    "nothing_counted": ("没有可比的本年数字", "no figures of the year to compare"),
    "no_text": ("没有可比的正文", "no text to compare"),
    "no_such_text_last_year": ("上一年度报告没有对应正文", "the report of the year before has no such text"),
    "last_year_not_read_together": (
        "上一年度报告的正文未一并读取",
        "the text of the year before was not read together",
    ),
    "members_unknown": ("汇总范围不明", "the members are not known"),
    "members_missing": ("缺少所汇总机关的报告", "reports of members are missing"),
    "several_reports_of_member": ("所汇总机关的报告不止一份", "a member has several reports"),
    "no_table_of_member": ("所汇总机关的报告没有该表", "the report of a member lacks the table"),
    # which slip a wrong figure may be
    "digit": ("一位数字有误", "one digit wrong"),
    "missing_digit": ("漏写一位", "a digit missing"),
    "doubled_digit": ("一位重复", "a digit doubled"),
    "digits_swapped": ("两位颠倒", "two digits exchanged"),
    "sign": ("正负号有误", "wrong sign"),
    "unit": ("单位误用（元、万元）", "wrong unit (yuan or ten thousand yuan)"),
    "neighbour": ("与相邻单元格互换", "exchanged with the neighbouring cell"),
    "shifted_row": ("整行错位一列", "row shifted by one column"),
    "row_swapped": ("两行互换", "two rows exchanged"),
    "carry_over": ("结转数与相邻年度不符", "carry-over not continued"),
    "total_not_updated": ("总计未随分项更新", "total not brought up to date"),
    "blank_zero": ("漏填", "figure left out"),
    "other_slip": ("其他", "other"),
    # kinds of body
    "government": ("人民政府", "government"),
    "government_office": ("政府办公厅（室）", "government office"),
    "township": ("乡镇", "township"),
    "subdistrict": ("街道", "subdistrict"),
    "zone_committee": ("管委会", "zone committee"),
    "department": ("政府部门", "department"),
    "public_institution": ("事业单位", "public institution"),
    "enterprise": ("企业", "enterprise"),
    "ministry": ("国家部委", "ministry"),
    "province": ("省级", "province"),
    "prefecture": ("地市级", "prefecture"),
    "county": ("县级", "county"),
    "own": ("本机关", "own"),
    "aggregate": ("汇总所属各单位", "aggregate"),
    "unknown": ("未说明", "not stated"),
    # where a fact was found
    "title": ("标题", "title"),
    "header": ("页首信息栏", "page header"),
    "statistics table": ("统计表", "statistics table"),
    "signature": ("落款", "signature"),
    "contact sentence": ("联系方式", "contact sentence"),
    "inferred": ("推断", "inferred"),
    "period": ("统计期限", "statistics period"),
    "text": ("正文", "text"),
    "publication date": ("公布日期", "publication date"),
    "document date": ("成文日期", "document date"),
    "file name": ("文件名", "file name"),
    "index number": ("索引号", "index number"),
    "agency": ("机关名称", "agency's name"),
    "address": ("地址", "address"),
    "contact office": ("联系单位", "contact office"),
    "website": ("网站", "website"),
    "area code": ("电话区号", "area code"),
    "postcode": ("邮编", "postcode"),
    # what was printed in a cell
    "kind_number": ("数字", "number"),
    "kind_blank": ("空白", "blank"),
    "kind_na": ("注明不适用", "marked not applicable"),
    "kind_text": ("文字", "text"),
    "kind_absent": ("缺格", "cell missing"),
    "kind_inferred": ("推定", "inferred"),
    "kind_ambiguous": ("位置无法确定", "place not certain"),
    # how much of a report was read
    "reading_labels": ("行标签", "row labels"),
    "reading_cells": ("单元格", "cells"),
    "reading_table_lines_unused": ("表格中未归入标签或单元格的行", "table lines in no label or cell"),
    # issues of reading
    "LABEL_MISSING": ("表中缺少该行", "a row of the form was not found"),
    "COLUMNS_UNKNOWN": ("无法确定各列所属表式", "it is not certain which form's columns these are"),
    "HEAD_MISSING": ("缺少该表头或分组名称", "a label of the head or of a group was not found"),
    "TABLE_MISSING": ("缺少该表", "a table of the form was not found"),
    "TABLE_TWICE": ("同一表出现两次", "a table stands twice"),
    "ROW_UNKNOWN": ("表式没有的行", "a row that the form does not have"),
    "ROW_TOO_LONG": ("数字多于列数", "more figures than columns"),
    "BLANKS_LOST": ("空格可能丢失，数字位置无法确定", "blanks may be lost: the place of figures is not certain"),
    "CELL_ABSENT": ("该格未印出", "the cell was not printed"),
    "FIGURE_UNUSED": ("未能归入任何单元格的数字", "a figure that belongs to no cell"),
    "LETTER_FOR_DIGIT": ("以字母代替数字", "a letter in place of a digit"),
    "SEVERAL_FIGURES": ("一格内有多个数字", "several figures in one cell"),
    "NEGATIVE": ("件数为负", "a negative count"),
    "SIGN_IN_COUNT": ("件数带有正负号", "a sign in a count"),
    "FRACTION_IN_COUNT": ("件数带有小数", "a fraction in a count"),
    "MONEY_IN_COUNT": ("件数栏填写金额", "money in a count"),
    "COUNTER_IN_MONEY": ("金额栏填写件数", "a count in place of money"),
    "WORD_IN_COUNT": ("件数栏带有文字", "a word in a count"),
    "LABEL_NEAR": ("行标签与表式略有出入", "a label that differs a little from the form"),
    "LABEL_LOST": ("行标签可能丢失，数字归属无法确定", "a label may be lost: the row of figures is not certain"),
    "PLACED_BY_SUMS": ("按勾稽关系推定的位置", "figures placed by the sums of the form"),
    "FOOTNOTE": ("数字带有注释标记", "a mark of a footnote at a figure"),
    "UNIT_UNCLEAR": ("金额单位不明", "a unit of money that is not clear"),
    "UNIT_NOT_OF_FORM": ("金额单位与表式不同，已换算", "another unit of money than on the form, converted"),
    "OCR_TABLE": ("该表由图像识别而来", "a table that was recognised in an image"),
    "OCR_UNCONFIRMED": ("识别的数字未能以勾稽关系印证", "a recognised figure that no sum of the form confirms"),
    "OCR_CONTRADICTED": (
        "识别的数字与勾稽关系不符，未予采用",
        "a recognised figure that a sum of the form contradicts: left open",
    ),
    "OCR_DOUBTFUL": ("识别不清，未予采用", "a figure that was not recognised beyond doubt: left open"),
    "PAGES_UNREADABLE": ("有页面未能读取", "pages that could not be read"),
    "BYTES_UNREADABLE": ("文件中有无法解码的字节", "bytes of the file that could not be decoded"),
}


def word(code: str | None, language: Language = "zh") -> str:
    """Return what people read in place of a code; the code itself where nothing is known of it.

    >>> word("inferred: agency + area code"), word("inferred: agency + area code", "en")
    ('推断：机关名称 + 电话区号', "inferred: agency's name + area code")
    """
    if code is None or code != code:
        return ""
    kind = section_kinds().get(code) or subsection_kinds().get(code)
    if kind:
        return kind.zh if language == "zh" else kind.en
    state, colon, facts = code.partition(": ")
    if colon and state in _WORDS:
        joined = " + ".join(word(fact, language) for fact in facts.split(" + "))
        return f"{word(state, language)}{'：' if language == 'zh' else ': '}{joined}"
    pair = _WORDS.get(code)
    return code if pair is None else pair[language == "en"]


def sentence(text: str, language: Language = "zh") -> str:
    """Return a check's sentence in the language wanted."""
    return text if language == "zh" else sentences().get(text, text)


def kind_word(kind: str, language: Language = "zh") -> str:
    """Return what people read for the kind of a cell."""
    return word(f"kind_{kind}", language)


def reading_word(count: str, language: Language = "zh") -> str:
    """Return what people read for a count of what was read: labels, cells, table_lines_unused."""
    return word(f"reading_{count}", language)
