/* The search: where the words of the site stand, what a query asks for, which pages answer it.
   Loaded after words.js. */
"use strict";

// --- The index ---

const WEIGHT = { lead: 2, prose: 1, code: 0.4 }; // the lead is what stands above the first section
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const best = (numbers) => Math.max(0, ...numbers);

/** Where terms stand: in which sections, or in which pages. */
class Places {
  terms = new Map(); // term → Map(section or page → {weight, positions})
  lengths = new Map();

  note(unit, words, weight) {
    let length = this.lengths.get(unit) ?? 0;
    for (const { term, names, parts } of words) {
      for (const name of new Set([term, ...names, ...parts])) {
        const units = this.terms.get(name) ?? this.terms.set(name, new Map()).get(name);
        const place = units.get(unit) ?? units.set(unit, { weight: 0, positions: [] }).get(unit);
        place.weight += weight;
        place.positions.push(length + Math.max(0, parts.indexOf(name)));
      }
      length += parts.length;
    }
    this.lengths.set(unit, length + 1); // the end of one text is not beside the start of the next
  }

  /** How often two terms stand side by side, by section or page. */
  together(one, other) {
    const found = new Map();
    for (const [unit, { positions }] of this.terms.get(one)) {
      const next = new Set(this.terms.get(other).get(unit)?.positions);
      const times = positions.filter((position) => next.has(position + 1)).length;
      if (times) found.set(unit, times);
    }
    return found;
  }

  /** From 0 to 1: each further time adds less, and less in a long text (BM25). */
  saturated(unit, weight) {
    this.mean ??= sum([...this.lengths.values()]) / this.lengths.size;
    return weight / (weight + 0.6 * (1 + this.lengths.get(unit) / this.mean));
  }

  share(unit, term) {
    const place = this.terms.get(term).get(unit);
    return place ? this.saturated(unit, place.weight) : 0;
  }

  /** How much a term tells that so many have. */
  rarity(number) {
    return Math.log(1 + (this.lengths.size - number + 0.5) / (number + 0.5));
  }
}

const inSections = new Places();
const inPages = new Places();
const introducing = new Map(); // a term of the glossary, a name in code → the page where it is new

// The title of another page, in a link, says nothing about this one.
const withoutTitles = (text) => text.replace(/⟦.*?⟧/g, " ");

const pages = searchIndex.pages.map(([name, url, introduced, parts]) => {
  const own = name.replace(/^.*\//, "");
  const page = { name, url, title: parts[0][1] };
  page.titles = [titleTermsOf(page.title), titleTermsOf(own.replaceAll("-", " "))];
  page.purpose = titleTermsOf(parts[0][2][0] ?? ""); // the first sentence of a page says what it is for
  page.sections = parts.map(([label, title, prose, code], i) => {
    const section = { label: i ? label : "", title, prose, code };
    section.headings = titleTermsOf(`${title} ${label.replace(own, "").replaceAll("-", " ")}`);
    const note = (text, weight) => {
      const words = wordsOf(withoutTitles(text));
      inSections.note(section, words, weight);
      inPages.note(page, words, weight);
    };
    note(title, WEIGHT.prose);
    prose.forEach((line) => note(line, i ? WEIGHT.prose : WEIGHT.lead));
    code.forEach((block) => note(block, WEIGHT.code));
    return section;
  });
  for (const term of introduced) introducing.set(termsOf(term).join(" "), page);
  return page;
});
// The first page points to the others, and in the reference things are looked up.
const isAside = (page) => page === pages[0] || page.name.startsWith("reference/");
for (const textsOf of [
  (page) => page.sections[0].prose.slice(0, 1), // what the page is for
  (page) => page.sections.flatMap(({ prose }) => prose),
  (page) => page.sections.flatMap(({ code }) => code),
])
  for (const page of pages.filter((page) => !isAside(page)))
    for (const { term, names } of textsOf(page).map(withoutTitles).flatMap(wordsOf))
      for (const name of names.length ? [term, ...names] : [])
        if (!introducing.has(name)) introducing.set(name, page);

// --- The query ---

const isKnown = (term) => inSections.terms.has(term);
const isSaid = ({ terms }) => terms.length && terms.every(isKnown);

// The terms of a variant → the ways to say it, each {terms, weight}.
const variants = new Map(
  Object.entries(searchIndex.variants).map(([variant, texts]) => [
    termsOf(variant).join(" "),
    texts.map((text) => ({ terms: termsOf(text), weight: 1 })),
  ]),
);
const longest = Math.max(...[...variants.keys()].map((variant) => variant.split(" ").length));

/**
 * Read a query as concepts, each with the ways to say it in the words of the site.
 * What the site says in no way is returned as unknown.
 */
function readQuery(query) {
  const words = wordsOf(query);
  const concepts = [];
  for (let i = 0; i < words.length;) {
    const keyOf = (count) =>
      words
        .slice(i, i + count)
        .map(({ term }) => term)
        .join(" ");
    let count = Math.min(longest, words.length - i);
    while (count > 1 && !variants.has(keyOf(count))) count--;
    const [key, first, last] = [keyOf(count), words[i], words[i + count - 1]];
    const ways = (variants.get(key) ?? waysOf(first)).filter(isSaid);
    concepts.push({ key, ways, text: query.slice(first.start, last.start + last.length) });
    i += count;
  }
  const unknown = concepts.filter(({ key, ways }) => !ways.length && !ASKING.has(key));
  return {
    concepts: concepts.filter(({ ways }) => ways.length),
    unknown: unknown.map(({ text }) => text),
  };
}

/** Return the ways to say a word: as it is, in parts, or as the known words that it resembles. */
function waysOf({ term, names, parts }) {
  const ways = new Map(); // of the same terms the surest
  const offer = (terms, weight) => terms.length && ways.set(terms.join(" "), { terms, weight });
  offer(parts.filter(isKnown), 0.3);
  offer(names.filter(isKnown), 0.6);
  offer([term].filter(isKnown), 1);
  if (ways.size) return [...ways.values()].reverse();
  return alike(term).flatMap((other) => variants.get(other) ?? [{ terms: [other], weight: 1 }]);
}

/** Find the known words that an unknown one begins, or else those that differ least from it. */
function alike(word) {
  const known = [...new Set([...inSections.terms.keys(), ...variants.keys()])];
  const begun = known.filter((other) => word.length > 1 && other.startsWith(word));
  if (begun.length || word.length < 3) return begun;
  const letters = word.normalize("NFD"); // of Hangul too
  const changes = known.map((other) => [other, distance(letters, other.normalize("NFD"))]);
  const least = Math.min(...changes.map(([, number]) => number));
  const near = least <= letters.length / 4 ? least : NaN;
  return changes.filter(([, number]) => number === near).map(([other]) => other);
}

/** Count the letters to change, to add and to leave out between two words (Levenshtein). */
function distance(one, other) {
  let row = [...Array(other.length + 1).keys()];
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++)
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (one[i] === other[j] ? 0 : 1)));
    row = next;
  }
  return row.at(-1);
}

// --- The ranking ---

const ASKED = 0.1; // what a word in which a reader asks counts of what any other does
const BONUS = {
  title: 1, // or the name of the page in its address
  heading: 0.6,
  purpose: 0.3, // the first sentence of a page
  introducing: 1.1, // the page where it is new
  together: 0.5, // side by side, as in the query
  wholeTitle: 0.5, // the query asks for all of the title and nothing else
};
const ASIDE = 0.5; // what the pages that do not explain get of their score
const SIDE = /-(original|check|exercises|next)$/; // the sections that every page has
const SIDE_SECTION = 0.7;

const valueOf = (term) => inSections.rarity(inSections.terms.get(term).size);
const isIn = ({ ways }, terms) => ways.some((way) => way.terms.every((term) => terms.has(term)));

/** List the pairs of terms that stand side by side in a query. */
function pairsOf(concepts) {
  const pairs = new Map();
  const add = (one, other) => pairs.set(`${one} ${other}`, [one, other]);
  concepts.forEach(({ ways }, i) => {
    for (const { terms } of ways) {
      terms.slice(1).forEach((term, k) => add(terms[k], term));
      for (const before of concepts[i - 1]?.ways ?? []) add(before.terms.at(-1), terms[0]);
    }
  });
  return [...pairs.values()];
}

/**
 * Return a function that rates a section or page: how much it says of the concepts, and what part
 * of them it says at all. `bonusOf` is what a concept counts there beyond being in the text.
 */
function raterOf(places, concepts, bonusOf) {
  const together = pairsOf(concepts).map(([one, other]) => ({
    value: inSections.rarity(inSections.together(one, other).size),
    times: places.together(one, other),
  }));
  const values = concepts.map(({ key, ways }) => {
    const value = Math.max(0.5, sum(ways[0].terms.map(valueOf))); // common words count in titles
    return ASKING.has(key) ? ASKED * value : value;
  });
  /** The part of a concept, from 0 to 1, of whose terms `shareOf` gives the parts. */
  const partOf = ({ ways }, shareOf) =>
    best(
      ways.map(({ terms, weight }) => {
        const shares = terms.map((term) => valueOf(term) * shareOf(term));
        return (weight * sum(shares)) / sum(terms.map(valueOf));
      }),
    );
  return (unit) => {
    let [said, covered] = [0, 0];
    concepts.forEach((concept, i) => {
      const bonus = bonusOf(concept, unit);
      const part = partOf(concept, (term) => places.share(unit, term));
      said += values[i] * (bonus + part);
      covered +=
        values[i] * (bonus ? 1 : partOf(concept, (term) => (places.share(unit, term) ? 1 : 0)));
    });
    for (const { value, times } of together)
      if (times.has(unit)) said += BONUS.together * value * places.saturated(unit, times.get(unit));
    return { said, covered: covered / sum(values) };
  };
}

/** Rank the pages that answer a query, each with the section that answers it best. */
function search(query) {
  const { concepts, unknown } = readQuery(query);
  const terms = new Set(concepts.flatMap(({ ways }) => ways.flatMap((way) => way.terms)));
  const askedOf = (title) =>
    [...title].filter((term) => terms.has(term)).length / (title.size || 1);
  const titleOf = (title) =>
    concepts.filter((concept) => isIn(concept, title)).length / concepts.length;

  const rateSection = raterOf(inSections, concepts, (concept, { headings }) =>
    isIn(concept, headings) ? BONUS.heading : 0,
  );
  const ratePage = raterOf(inPages, concepts, (concept, page) => {
    const titles = page.titles.filter((title) => isIn(concept, title));
    const headed = page.sections.slice(1).some(({ headings }) => isIn(concept, headings));
    const first = concept.ways.some(({ terms }) => introducing.get(terms.join(" ")) === page);
    return sum([
      BONUS.title * best(titles.map(askedOf)),
      headed ? BONUS.heading : 0,
      isIn(concept, page.purpose) ? BONUS.purpose : 0,
      first ? BONUS.introducing : 0,
    ]);
  });

  const results = pages.map((page) => {
    const rated = page.sections.map((section) => {
      const { said, covered } = rateSection(section);
      return { section, score: said * covered };
    });
    const fit = ({ section, score }) => score * (SIDE.test(section.label) ? SIDE_SECTION : 1);
    const { section } = rated.reduce((one, other) => (fit(other) > fit(one) ? other : one));

    const { said, covered } = ratePage(page);
    const wholeTitle = best(page.titles.map((title) => askedOf(title) * titleOf(title)));
    // Pages that say all of the query come before those that say a part of it often.
    const score =
      (said * covered + best(rated.map((one) => one.score))) *
      (1 + BONUS.wholeTitle * wholeTitle) *
      (isAside(page) && wholeTitle < 1 ? ASIDE : 1);
    return { page, section, score };
  });
  const found = results.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
  return { results: found, concepts, unknown };
}
