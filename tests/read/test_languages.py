"""The language of prose: right, or not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.stated.languages import CODES, language_code, language_of

_PROSE = {
    "en": "The best teams write down what they decide, and they come back to it when the facts have changed.",
    "de": "Gute Gruppen schreiben auf, was sie beschließen, und kommen darauf zurück, wenn sich die Lage ändert.",
    "fr": "Les bonnes équipes écrivent ce qu'elles décident et y reviennent lorsque les faits ont changé depuis.",
    "es": "Los buenos equipos escriben lo que deciden y vuelven a ello cuando los hechos han cambiado desde entonces.",
    "pt": "As boas equipes escrevem o que decidem e voltam ao assunto quando os fatos mudaram desde a reunião.",
    "it": "Le buone squadre scrivono quello che decidono e ci tornano sopra quando i fatti sono cambiati nel tempo.",
    "nl": "Goede teams schrijven op wat zij besluiten en komen daarop terug wanneer de feiten veranderd zijn.",
    "pl": "Dobre zespoły zapisują to, co postanowiły, i wracają do tego, kiedy okoliczności się zmieniły.",
    "cs": "Dobré týmy si zapisují, co rozhodly, a vracejí se k tomu, když se okolnosti časem změnily.",
    "sv": "Bra grupper skriver ner vad de har beslutat och återkommer till det när omständigheterna har ändrats.",
    "tr": "İyi ekipler verdikleri kararları yazar ve koşullar değiştiğinde bunlara yeniden dönüp bakarlar.",
    "vi": "Những nhóm làm việc tốt ghi lại điều họ quyết định và xem lại khi hoàn cảnh đã thay đổi nhiều.",
    "ru": "Хорошие команды записывают свои решения и возвращаются к ним, когда обстоятельства меняются.",
    "uk": "Добрі команди записують свої рішення й повертаються до них, коли обставини вже змінилися.",
    "ar": "تكتب الفرق الجيدة ما تقرره وتعود إليه عندما تتغير الظروف التي اتخذت فيها تلك القرارات من قبل.",
    "fa": "گروه‌های خوب آنچه را تصمیم می‌گیرند می‌نویسند و هنگامی که شرایط تغییر می‌کند به آن بازمی‌گردند.",
    "hi": "अच्छी टीमें अपने निर्णय लिखकर रखती हैं और जब परिस्थितियाँ बदल जाती हैं तब उन पर फिर से विचार करती हैं।",
    "ja": "よいチームは決めたことを書き残し、状況が変わったときに見直します。",
    "zh": "好的团队会把决定写下来，并在情况发生变化时重新审视这些决定。",
    "ko": "좋은 팀은 결정한 것을 적어 두고 상황이 바뀌면 다시 살펴본다.",
    "el": "Οι καλές ομάδες γράφουν όσα αποφασίζουν.",
    "th": "ทีมที่ดีจะจดสิ่งที่ตัดสินใจไว้",
    "he": "צוותים טובים כותבים את מה שהחליטו.",
    "ta": "நல்ல குழுக்கள் தங்கள் முடிவுகளை எழுதி வைக்கின்றன.",
}


@pytest.mark.parametrize("code", _PROSE)
def test_prose_is_in_its_language(code: str) -> None:
    assert language_of(_PROSE[code]) == code


def test_sanskrit_is_not_hindi() -> None:
    verse = "धर्मक्षेत्रे कुरुक्षेत्रे समवेताः युयुत्सवः । मामकाः पाण्डवाः चैव किम् अकुर्वत सञ्जय । रामः वनं गच्छति । बालकः फलं खादति । "
    assert language_of(verse * 2) == "sa"


def test_code_in_prose_changes_nothing() -> None:
    assert language_of(f"{_PROSE['en']} Run `npm_install --save x_y` from https://example.org/a/b?c=1.") == "en"


@pytest.mark.parametrize("text", ["", "Hiring on a budget", "Docker, Kubernetes", "12 345 678", "x = f(y)"])
def test_too_little_text_is_in_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_a_text_in_two_languages_is_in_neither() -> None:
    assert language_of(_PROSE["en"] * 7 + _PROSE["ja"] * 20) == ""


@given(st.text(max_size=300))
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    assert language_of(text) in CODES | {""}
    assert language_code(text) in CODES | {""}


@pytest.mark.parametrize(
    ("value", "code"),
    [("en-US", "en"), ("pt_BR", "pt"), ("en_US.UTF-8", "en"), ("zh-Hans-CN", "zh"), ("English", "en"),
     ("Deutsch", "de"),
     ("eng", "en"), ("iw", "he"), ("python", ""), ("und", ""), ("xx", ""), ("en, fr", ""), ("", "")],
)  # fmt: skip
def test_a_tag_or_name_has_its_code(value: str, code: str) -> None:
    assert language_code(value) == code
