/* Korean words, for the search: a text is split into stems, the site's and the reader's alike.
   The stems are searchIndex's, which docs/_ext/search_ko.py writes. */
"use strict";

// The syllables of particles, of endings, and of the verbs 하다, 되다, 시키다, 당하다, 있다, 없다 as
// they follow a stem: what is made of them alone is no part of the stem.
const ENDING = new RegExp(
  "^[은는이가을를과와도만의에서게로으부터까지보다처럼마밖뿐나란라랑든며면니요네기음던데어아었았였겠시려러록므" +
    "습인입일임예세오거듯느냐고해하한할함합했여되된될됨됩돼됐키킨킬켜당있없않못싶죠군구야줘주]*",
);

// The words in which a reader asks; they do not say what about.
const ASKING = new Set(
  (
    "가능 같 거 것 게 경우 관하 궁금 그 까닭 꼭 나 내 누가 대하 더 되 때 또 뜻 무슨 무엇 문제 뭐 뭔가 뭘 방법 " +
    "법 보 사용 사용법 설명 수 싶 않 알 알리 어느 어디 어떤 어떻 어떻게 언제 얼마나 없 예 예제 왜 원인 위하 의미 이 " +
    "이용 이유 있 잘 저 제 좀 주 질문 차이 차이점 통하 필요 하 하나 a an and do does how i in is of the to what why with"
  ).split(" "),
);

const nouns = new Set(searchIndex.nouns.split(" "));
for (const variant of Object.keys(searchIndex.variants))
  for (const word of variant.match(/[가-힣]+/g) ?? []) nouns.add(word);

const verbs = new Map(); // each base of a verb → its stem
for (const bases of searchIndex.verbs.split(" "))
  for (const base of bases.split("/")) verbs.set(base, bases.split("/")[0]);

/** How long an ending a text begins with, at most. */
const endingOf = (text) => text.match(ENDING)[0].length;

/** Drop a final consonant in which an ending may begin: 구한 becomes 구하. */
function withoutFinal(word) {
  const letters = word.normalize("NFD");
  return /[ᆫᆯᆷᆸᆻ]$/.test(letters) ? letters.slice(0, -1).normalize("NFC") : word;
}

/** Yield the stems that a text may begin with; `bare` says whether one stands without an ending. */
function* stemsAt(text) {
  for (let length = 1; length <= text.length; length++) {
    const part = text.slice(0, length);
    if (nouns.has(part)) yield { term: part, length, bare: true, noun: true };
    if (verbs.has(part)) yield { term: verbs.get(part), length, bare: verbs.get(part) !== part };
    const base = withoutFinal(part);
    if (base !== part && verbs.has(base)) yield { term: verbs.get(base), length, bare: true };
  }
}

/**
 * Split a run of Hangul into its stems: the cheapest way, of few and long stems.
 * Syllables of no known stem count as one, which is found where it is written the same.
 */
function stemsOf(word, followsName) {
  if (word === "안" || word === "못") return []; // "not", which is an ending elsewhere
  const ways = [{ cost: 0, stems: [], stemBefore: followsName }]; // to each place in the word
  const offer = (start, end, cost, stem) => {
    const way = ways[start];
    if (way.cost + cost >= (ways[end]?.cost ?? Infinity)) return;
    const stems = stem ? [...way.stems, { ...stem, start }] : way.stems;
    ways[end] = { cost: way.cost + cost, stems, stemBefore: stem?.noun };
  };
  for (let start = 0; start < word.length; start++) {
    const rest = word.slice(start);
    const costOf = (ending, end) => 0.5 + 0.2 * ending + (end < word.length ? 1 : 0);
    offer(start, start + 1, 3, { term: rest[0], length: 1, unknown: true });
    for (let ending = 1; ending <= endingOf(rest); ending++)
      if (ways[start].stemBefore) offer(start, start + ending, costOf(ending, start + ending));
      else if (ending === rest.length) offer(start, word.length, costOf(ending) + (start ? 0 : 1));
    for (const { term, length, bare, noun } of stemsAt(rest)) {
      const tail = rest.slice(length);
      const known = length > 1 ? 1 : 2.2;
      // A syllable is a stem only where it and its ending are the whole word.
      if (length === 1 && (start || endingOf(tail) < tail.length)) continue;
      if (bare) offer(start, start + length, known, { term, length, noun });
      for (let ending = 1; ending <= endingOf(tail); ending++) {
        const end = start + length + ending;
        offer(start, end, known + costOf(ending, end), { term, length });
      }
    }
  }
  return ways[word.length].stems.reduce(withUnknownJoined, []);
}

/** Add a stem to others; neighbouring syllables of no known stem become one. */
function withUnknownJoined(stems, stem) {
  const last = stems.at(-1);
  if (!last?.unknown || !stem.unknown || last.start + last.length < stem.start)
    return [...stems, stem];
  return [...stems.slice(0, -1), { ...last, term: last.term + stem.term, length: last.length + 1 }];
}

/** Split a noun that is made of two known ones: 미분값 into 미분 and 값. */
function halvesOf(noun) {
  for (let i = noun.length - 1; i > 1; i--)
    if (nouns.has(noun.slice(0, i)) && nouns.has(noun.slice(i)))
      return [noun.slice(0, i), noun.slice(i)];
  return [noun];
}

/** Fold the case and the plural of an English word. */
const folded = (word) => word.toLowerCase().replace(/(?<=[a-z]{2}[a-rt-z])s$/, "");

const WORD = /[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*|\d+(?:\.\d+)?|[가-힣]+/gi;
const splitBefore = new Map(); // a text has each word many times

/**
 * List the words of a text, each {term, names, parts, start, length}.
 * Names are what stands between the dots of tf.GradientTape; parts are tf, gradient and tape.
 */
function wordsOf(text) {
  const found = [];
  let end = -1;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (/[가-힣]/.test(word)) {
      const key = index === end ? `.${word}` : word;
      if (!splitBefore.has(key)) splitBefore.set(key, stemsOf(word, index === end));
      for (const { term, start, length } of splitBefore.get(key))
        found.push({ term, names: [], parts: halvesOf(term), start: index + start, length });
    } else {
      const names = /^\d/.test(word) ? [word] : word.split(".");
      const parts = names.flatMap((name) => name.split(/_+|(?<=[a-z])(?=[A-Z])/)).filter(Boolean);
      const [term, length] = [folded(word), word.length];
      found.push({
        term,
        names: names.map(folded),
        parts: parts.map(folded),
        start: index,
        length,
      });
    }
    end = index + word.length;
  }
  return found;
}

const termsOf = (text) => wordsOf(text).map(({ term }) => term);

/** The terms of a title, without those that only ask. TensorFlow is no tensor there. */
function titleTermsOf(title) {
  const terms = wordsOf(title).flatMap(({ term, names, parts }) => [
    term,
    ...(names.length ? names : parts),
  ]);
  return new Set(terms.filter((term) => !ASKING.has(term)));
}
