/* Korean words: a text is split into stems, the site's and the reader's alike. */

// The syllables of particles, of endings, and of the verbs 하다, 되다, 시키다, 당하다, 있다, 없다 as
// they follow a stem: what is made of them alone is no part of the stem.
const ENDING = new RegExp(
  "^[은는이가을를과와도만의에서게로으부터까지보다처럼마밖뿐나란라랑든며면니요네기음던데어아었았였겠시려러록므" +
    "습인입일임예세오거듯느냐고해하한할함합했여되된될됨됩돼됐키킨킬켜당있없않못싶죠군구야줘주]*",
);
const HANGUL = /[가-힣]+/g;
const WORD = /[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*|\d+(?:\.\d+)?|[가-힣]+/gi;

/** The stems of an index: reads a text as words, each {term, names, parts, start, length}. */
// biome-ignore lint/correctness/noUnusedVariables: ranking.js uses it
class Words {
  constructor({ nouns, verbs, variants, asking }) {
    const readers = Object.keys(variants).flatMap((variant) => variant.match(HANGUL) ?? []);
    this.nouns = new Set([...nouns, ...readers]);
    // Each base of a verb → its stem.
    this.verbs = new Map(verbs.flatMap((bases) => bases.map((base) => [base, bases[0]])));
    this.asking = new Set(asking);
    this.split = new Map(); // a text has each word many times
  }

  /**
   * List the words of a text. Names are what stands between the dots of tf.GradientTape; parts are
   * tf, gradient and tape.
   */
  read(text) {
    const found = [];
    let end = -1;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const read = /[가-힣]/.test(word) ? this.readHangul(word, index === end) : [readName(word)];
      for (const part of read) found.push({ ...part, start: index + part.start });
      end = index + word.length;
    }
    return found;
  }

  /** List the stems of a run of Hangul; particles follow a name without a space. */
  readHangul(word, followsName) {
    const key = followsName ? `.${word}` : word;
    if (!this.split.has(key)) {
      const stems = splitHangul(this, word, followsName);
      const read = ({ term, start, length }) => {
        return { term, names: [], parts: halve(this, term), start, length };
      };
      this.split.set(key, stems.map(read));
    }
    return this.split.get(key);
  }

  /** List the terms of a text. */
  terms(text) {
    return this.read(text).map(({ term }) => term);
  }

  /** The terms of a title, without those that only ask. TensorFlow is no tensor there. */
  titleTerms(title) {
    const terms = this.read(title).flatMap(({ term, names, parts }) => [
      term,
      ...(names.length ? names : parts),
    ]);
    return new Set(terms.filter((term) => !this.asking.has(term)));
  }
}

/** Read a number, or a name in Latin letters. */
function readName(word) {
  const names = /^\d/.test(word) ? [word] : word.split(".");
  const parts = names.flatMap((name) => name.split(/_+|(?<=[a-z])(?=[A-Z])/)).filter(Boolean);
  const [term, start, length] = [foldName(word), 0, word.length];
  return { term, names: names.map(foldName), parts: parts.map(foldName), start, length };
}

/** Fold the case and the plural of an English word. */
function foldName(word) {
  return word.toLowerCase().replace(/(?<=[a-z]{2}[a-rt-z])s$/, "");
}

/** Split a noun that is made of two known ones: 미분값 into 미분 and 값. */
function halve({ nouns }, noun) {
  for (let i = noun.length - 1; i > 1; i--)
    if (nouns.has(noun.slice(0, i)) && nouns.has(noun.slice(i)))
      return [noun.slice(0, i), noun.slice(i)];
  return [noun];
}

/**
 * Split a run of Hangul into its stems: the cheapest way, of few and long stems.
 * Syllables of no known stem count as one, which is found where it is written the same.
 */
function splitHangul(words, word, followsName) {
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
    for (let ending = 1; ending <= measureEnding(rest); ending++)
      if (ways[start].stemBefore) offer(start, start + ending, costOf(ending, start + ending));
      else if (ending === rest.length) offer(start, word.length, costOf(ending) + (start ? 0 : 1));
    for (const { term, length, bare, noun } of findStems(words, rest)) {
      const tail = rest.slice(length);
      const known = length > 1 ? 1 : 2.2;
      // A syllable is a stem only where it and its ending are the whole word.
      if (length === 1 && (start || measureEnding(tail) < tail.length)) continue;
      if (bare) offer(start, start + length, known, { term, length, noun });
      for (let ending = 1; ending <= measureEnding(tail); ending++) {
        const end = start + length + ending;
        offer(start, end, known + costOf(ending, end), { term, length });
      }
    }
  }
  return ways[word.length].stems.reduce(joinUnknown, []);
}

/** Measure how long an ending a text begins with, at most. */
function measureEnding(text) {
  return text.match(ENDING)[0].length;
}

/** Yield the stems that a text may begin with; `bare` says whether one stands without an ending. */
function* findStems({ nouns, verbs }, text) {
  for (let length = 1; length <= text.length; length++) {
    const part = text.slice(0, length);
    if (nouns.has(part)) yield { term: part, length, bare: true, noun: true };
    if (verbs.has(part)) yield { term: verbs.get(part), length, bare: verbs.get(part) !== part };
    const base = dropFinal(part);
    if (base !== part && verbs.has(base)) yield { term: verbs.get(base), length, bare: true };
  }
}

/** Drop a final consonant in which an ending may begin: 구한 becomes 구하. */
function dropFinal(word) {
  const letters = word.normalize("NFD");
  return /[ᆫᆯᆷᆸᆻ]$/.test(letters) ? letters.slice(0, -1).normalize("NFC") : word;
}

/** Add a stem to others; neighbouring syllables of no known stem become one. */
function joinUnknown(stems, stem) {
  const last = stems.at(-1);
  if (!last?.unknown || !stem.unknown || last.start + last.length < stem.start)
    return [...stems, stem];
  return [...stems.slice(0, -1), { ...last, term: last.term + stem.term, length: last.length + 1 }];
}
