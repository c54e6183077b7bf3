"""The words of a site: the stems in its text, and what readers write instead of its words."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kiwipiepy import Kiwi

HANGUL = re.compile(r"[가-힣]+")

# Tags of the Sejong corpus: nouns, numerals, roots, adverbs and determiners, which end in particles
# if in anything. J begins the tags of particles, VV and VA those of verbs.
NOUNS = {"NNG", "NNP", "NR", "XR", "MAG", "MM"}

# The words in which a reader asks; they do not say what about.
ASKING = (
    "가능 같 거 것 게 경우 관하 궁금 그 까닭 꼭 나 내 누가 대하 더 되 때 또 뜻 무슨 무엇 문제 "
    "뭐 뭔가 뭘 방법 법 보 사용 사용법 설명 수 싶 않 알 알리 어느 어디 어떤 어떻 어떻게 언제 "
    "얼마나 없 예 예제 왜 원인 위하 의미 이 이용 이유 있 잘 저 제 좀 주 질문 차이 차이점 통하 "
    "필요 하 하나 "
    "a an and do does how i in is of the to what why with"
)


def find_stems(
    lines: list[str], concepts: Iterable[str]
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Find the nouns and the verbs of a text, each verb with the bases that endings make of it.

    Args:
        lines: the text.
        concepts: what the analyser is to know as words, whatever its dictionary says.
    """
    # With a worker for each processor, and without the dictionary of names of several words: it
    # takes most of the time to load, and here no stem is one.
    kiwi = Kiwi(num_workers=-1, load_multi_dict=False)
    words = {word.removesuffix("하다") for name in concepts for word in HANGUL.findall(name)}
    for word in sorted(words):
        kiwi.add_user_word(word, "NNG")
    tokens = [token for analysed in kiwi.tokenize(lines) for token in analysed]
    tokens = [token for token in tokens if HANGUL.fullmatch(token.form)]
    nouns = Counter(token.form for token in tokens if token.tag in NOUNS)
    particles = {token.form for token in tokens if token.tag.startswith("J")}
    verbs = {(token.form, token.tag) for token in tokens if token.tag.startswith(("VV", "VA"))}
    return (
        sorted(noun for noun in nouns if not ends_in_particle(noun, nouns, particles)),
        sorted({tuple(find_bases(kiwi, *verb)) for verb in verbs}),
    )


def ends_in_particle(noun: str, nouns: Counter[str], particles: set[str]) -> bool:
    """Tell whether the analyser took a noun with its particle for a noun, as it sometimes does."""
    heads = (noun.removesuffix(particle) for particle in particles if noun.endswith(particle))
    return any(len(head) > 1 and nouns[head] > nouns[noun] for head in heads)


def find_bases(kiwi: Kiwi, stem: str, tag: str) -> list[str]:
    """Return a verb's stem and its other bases: 고치, 고쳐 or 쉽, 쉬우, 쉬워."""
    before_eo = kiwi.join([(stem, tag), ("어", "EC")])
    before_n = drop_final(kiwi.join([(stem, tag), ("은", "ETM")]))
    return [stem, *sorted({base for base in (before_eo, before_n) if not base.startswith(stem)})]


def drop_final(word: str) -> str:
    """Leave out the final consonant of a word: 쉬운 becomes 쉬우."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word)[:-1])


def read_variants(path: Path) -> dict[str, list[str]]:
    """Read the table `[variants]` of a TOML file: what readers write, and how the pages say it."""
    variants: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["variants"]
    return variants


def join_variants(
    concepts: Iterable[list[str]], table: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Join the names of the glossary's concepts to the table, in which one stands for all."""
    same = {name: names for names in concepts for name in names}
    return same | {
        variant: [name for text in texts for name in same.get(text, [text])]
        for variant, texts in table.items()
    }
