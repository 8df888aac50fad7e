"""Tables, markup, comments and numbering: names are taken out of them, or a sentence says how."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus, read_corpus
from rnnstudio.core.names.report import LONGEST_NAME, ReadOptions
from rnnstudio.paths import data_file


def read(folder: Path, text: str, column: str | None = None) -> Corpus:
    path = folder / "a.csv"
    path.write_bytes(text.encode())
    return read_corpus(path, ReadOptions(column=column))


def said(corpus: Corpus) -> str:
    assert corpus.report is not None
    return " ".join(corpus.report.sentences())


@pytest.mark.parametrize("share", ["IBM", "AMD"])
def test_that_a_shipped_file_of_prices_is_no_list_of_names(share: str) -> None:
    with pytest.raises(UserError, match=rf"{share}.csv is a table of \d columns divided by commas"):
        read_corpus(data_file(f"prices/{share}.csv"))


TABLES = {
    "name, sex, count": ("Mary,F,7065\nAnna,F,2604\nEmma,F,2003\n", "commas", "1"),
    "a header": ("name,count\nMary,1000\nAnna,999\nEmma,998\n", "commas", "name"),
    "a blank behind commas": ("Mary, F, 7065\nAnna, F, 2604\nEmma, F, 2003\n", "commas", "1"),
    "number first": ("7,Mary\n3,Anna\n2,Emma\n", "commas", "2"),
    "semicolons": ("rank;name\n7;Mary\n9;Anna\n4;Emma\n", "semicolons", "NAME"),
    "tabs": ("Mary\tF\nAnna\tF\nEmma\tF\n", "tabs", "1"),
    "bars": ("F|Mary\nF|Anna\nF|Emma\n", "bars", "2"),
    "Markdown": (
        "| name | n |\n|---|--:|\n| Mary | 1 |\n| Anna | 2 |\n| Emma | 3 |\n",
        "bars",
        "1",
    ),
    "quoted": ('"Mary","F"\n"Anna","F"\n"Emma","F"\n', "commas", "1"),
    "header behind #": ("#,name\n1,Mary\n2,Anna\n3,Emma\n", "commas", "name"),
    "count behind": ("Mary 7065\nAnna 2604\nEmma 2003\n", "spaces", "1"),
    "count in brackets": ("Mary (7,065)\nAnna (2,604)\nEmma (12)\n", "spaces", "1"),
    "count behind a colon": ("Mary: 7065\nAnna: 2604\nEmma: 2003\n", "spaces", "1"),
    "count as a footnote": ("Mary[1]\nAnna[2]\nEmma[4]\n", "spaces", "1"),
    "sex behind": ("Mary F\nAnna F\nEmma F\n", "spaces", "1"),
    "sex in front": ("F Mary\nF Anna\nF Emma\n", "spaces", "2"),
    "aligned": ("Mary    F   7065\nAnna    F   26\nEmma    F   3\n", "spaces", "1"),
    "objects": (
        '[{"name": "Mary", "n": 1}, {"name": "Anna", "n": 2}, {"name": "Emma"}]',
        r"brackets and quotation marks \(JSON\)",
        "name",
    ),
    "an object a line": (
        '{"n": 1, "name": "Mary"}\n{"n": 2, "name": "Anna"}\n{"n": 3, "name": "Emma"}\n',
        r"brackets and quotation marks \(JSON\)",
        "2",
    ),
    "counts by name": (
        '{"Mary": 1, "Anna": 2, "Emma": 3}',
        r"brackets and quotation marks \(JSON\)",
        "key",
    ),
    "lists by name": (
        '{"girls": ["Mary", "Anna", "Emma"], "boys": ["John"]}',
        r"brackets and quotation marks \(JSON\)",
        "girls",
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_that_a_table_is_refused_and_the_way_out_works(tmp_path: Path, kind: str) -> None:
    text, mark, column = TABLES[kind]
    with pytest.raises(
        UserError, match=f"is a table of . columns divided by {mark}: 1 "
    ) as refused:
        read(tmp_path, text)
    assert len(str(refused.value)) < 300
    corpus = read(tmp_path, text, column)
    assert corpus.names == ("mary", "anna", "emma")
    assert "It is a table divided by " in said(corpus)


def test_that_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    text = "name,count\nMary,1000\nAnna,999\n"
    with pytest.raises(UserError, match=r"a.csv has no column '3'; its columns are 1 \(name\), 2"):
        read(tmp_path, text, "3")
    with pytest.raises(UserError, match=r"a.csv is no table, so it has no column '1'"):
        read(tmp_path, "Mary\nAnna\n", "1")


def test_that_names_may_look_like_a_table_if_whole_lines_are_asked_for(tmp_path: Path) -> None:
    text = "Apollo 11\nApollo 12\nApollo 13\n"
    with pytest.raises(UserError, match="0 takes whole lines"):
        read(tmp_path, text)
    assert read(tmp_path, text, "0").names == ("apollo 11", "apollo 12", "apollo 13")


LISTS = {
    "commas at the ends": ("Mary,\nAnna,\nEmma,\n", "The commas behind names were taken off."),
    "quotation marks": ('"Mary"\n"Anna"\n"Emma"\n', "quotation marks"),
    "JSON": ('["Mary", "Anna", "Emma"]', "quotation marks (JSON)"),
    "JSON under a name": ('{"names": ["Mary", "Anna", "Emma"]}', "quotation marks (JSON)"),
    "JSON in pieces": ('"Mary",\n"Anna",\n"Emma"\n', "commas"),
    "a title": ("Names:\nMary\nAnna\nEmma\n", "1 line is a header and left out (line 1)"),
    "one column": ("name\nMary\nAnna\nEmma\n", "1 line is a header and left out (line 1)"),
    "numbered": ("1. Mary\n2. Anna\n3. Emma\n", "numbered"),
    "numbered without a dot": ("1 Mary\n2 Anna\n3 Emma\n", "numbered"),
    "numbered in brackets": ("(1) Mary\n(2) Anna\n(3) Emma\n", "numbered"),
    "bullets": ("- Mary\n- Anna\n- Emma\n", "the bullet -"),
    "stars": ("* Mary\n* Anna\n* Emma\n", "the bullet *"),
    "comment": ("# http://a.b/c\nMary\nAnna\nEmma\n", "begins with # or another sign"),
    "slashes": ("// names\nMary\nAnna\nEmma\n", "comments and is left out (line 1)"),
    "semicolon": ("; names\nMary\nAnna\n; more\nEmma\n", "left out (line 1, 4)"),
    "percent": ("% names\nMary\nAnna\nEmma\n", "comments and is left out (line 1)"),
    "letters above": (
        "M\nMary\nA\nAnna\nE\nEmma\n",
        "3 lines are a header and left out (line 1, 3, 5)",
    ),
    "letters with signs": ("= M =\nMary\nA:\nAnna\n[E]\nEmma\n", "(line 1, 3, 5)"),
    "parts": (
        "Girls:\nMary\nAnna\nEmma\n[boys]\n",
        "2 lines are a header and left out (line 1, 5)",
    ),
    "a program": ("names = [\n'Mary',\n'Anna',\n'Emma',\n];\n", "left out (line 1, 5)"),
    "links": ("* [[Mary]]\n* [[Anna]]\n* [[Emma]]\n", "quotation marks or brackets"),
    "LaTeX": (
        "\\begin{itemize}\n\\item Mary\n\\item Anna\n\\item Emma\n\\end{itemize}\n",
        "the bullet \\item",
    ),
    "ruled": ("Mary\nAnna\n-----\nEmma\n", "comments and is left out (line 3)"),
}


@pytest.mark.parametrize("kind", LISTS)
def test_that_what_is_around_names_is_taken_off_and_said(tmp_path: Path, kind: str) -> None:
    text, sentence = LISTS[kind]
    corpus = read(tmp_path, text)
    assert corpus.names == ("mary", "anna", "emma")
    assert sentence in said(corpus)


@pytest.mark.parametrize(
    "text",
    [
        "<html><body><ul>\n<li>Mary</li>\n<li>Anna</li>\n</ul>",
        '<?xml version="1.0"?>\n<names>\n<name>Mary</name>\n<name>Anna</name>\n</names>',
        "Ren&eacute;\nZo&euml;\nAnna\n",
        "Names\n<b>Mary</b>\n<b>Anna</b>\nEmma\n",
        "{\\rtf1\\ansi Mary\\\nAnna\\\n}",
        "%PDF-1.4\nMary\nAnna\n",
        "PK\x03\x04Mary\nAnna\n",
    ],
)
def test_that_markup_and_documents_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError, match="save the names alone as plain text, one a line"):
        read(tmp_path, text)


def test_that_names_in_one_line_are_refused_with_what_divides_them(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has all names in line 1, divided by commas; write one a"):
        read(tmp_path, "Mary, Anna, Emma\n")
    with pytest.raises(UserError, match="has several names in each line, divided by commas; write"):
        read(
            tmp_path, "Mary, Anna, Emma, Ida, Eva\nClara, Ruth, Alma, Ella, Dora, Edna, Ada, Cora\n"
        )


@pytest.mark.parametrize("text", ["[" * 100_000, "[[[1]]]", "{}", "[]", '[{"a": {}}]', "[null]"])
def test_that_json_without_names_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError):
        read(tmp_path, text)


def test_that_odd_signs_and_letters_of_other_scripts_are_said(tmp_path: Path) -> None:
    corpus = read(tmp_path, "By@萌NameMoe\n2019.07.27\n" + "aadi\naamer\naan\n" * 10)
    sentences = said(corpus)
    assert "2 names have signs or digits that names seldom have: @" in sentences
    assert "1 name has letters of another script than most: 萌." in sentences


def test_that_tabs_and_what_cannot_be_printed_are_said(tmp_path: Path) -> None:
    assert "1 name has signs or digits that names seldom have: U+0009." in said(
        read(tmp_path, "mary\tx\nanna\nemma\n")
    )
    assert "seldom have: U+E000." in said(read(tmp_path, "\ue000mary\nanna\n"))


PIECES = st.sampled_from(
    [
        *("Mary", "Zoë", "\n", "\n", "\n", ",", ";", "\t", "|", '"', "[", "{", "<b>", "# ", "- "),
        *(
            "1. ",
            " 7",
            "\u200b",
            "\u0301" * 300,
            "\u0323\u0301" * 300,
            "\x1a",
            "99999999999",
            "&amp;",
        ),
        *("name", "\ufffd", "\ufeff", "\x0b", "9" * 5_000, "a" * 2_100),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(PIECES, max_size=40).map("".join),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "gb18030"]),
    st.sampled_from([None, "0", "1", "name"]),
)
def test_that_any_mixture_is_read_or_refused_in_short_plain_sentences(
    tmp_path: Path, text: str, encoding: str, column: str | None
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding, "ignore"))
    try:
        corpus = read_corpus(path, ReadOptions(accents="fold", column=column))
        assert corpus.report is not None
        sentences = corpus.report.sentences()
        assert all(0 < len(name) <= LONGEST_NAME for name in corpus.names)
    except UserError as error:
        sentences = (str(error),)
    for sentence in sentences:
        assert len(sentence) < 300
        assert not any(ord(character) < 32 for character in sentence)


@pytest.mark.parametrize(
    "names",
    [
        ("rex", "anzu"),
        ("smith, john", "doe, jane", "roe, richard"),
        ("king, martin luther, jr.", "doe, jane", "o'neil, shaquille"),
        ("r2-d2", "c-3po", "bb-8"),
        ("1977", "1984", "2001"),
        ("2,4-d", "2,4,5-t", "ddt", "aldrin"),
        ("#hope", "#love", "#joy"),
        ("mary ann", "anna lena", "john"),
        ("a", "b", "bo", "c"),
        ("<unknown>", "rex", *("anzu", "kol") * 10),
    ],
)
def test_that_odd_names_are_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert read(tmp_path, "\n".join(names)).names == names
