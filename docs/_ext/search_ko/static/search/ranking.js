/* The ranking: where the words of the site stand, what a query asks for, which sections answer it.
   Loaded after words.js. */

// What a concept of the query counts beyond being in the text of a page ...
const TITLE = 1; // in the title, or in the name in the address
const PURPOSE = 0.5; // in the first sentence, which says what the page is for
const INTRODUCED = 1; // new there
const HEADING = 0.5; // in the title of the best section
// ... and what else counts.
const TOGETHER = 0.5; // two terms side by side, as in the query
const WHOLE_TITLE = 0.5; // a query that asks for all of the title and nothing else
const MESSAGE = 2; // what a query has of an error message, the more the more of it that is
const ASKING = 0.1; // of a word in which a reader asks
const LEAD = 0.7; // of a lead, when a section is chosen: it says a little of all

/** Where terms stand, and pairs of them side by side: in which sections or pages, how often. */
class Places {
  terms = new Map(); // term → Map(section or page → how often)

  note(unit, words) {
    words.forEach((word, i) => {
      for (const name of new Set([word.term, ...word.names, ...word.parts])) this.count(name, unit);
      for (const pair of pairWords(words[i - 1], word)) this.count(pair, unit);
    });
  }

  count(term, unit) {
    const units = this.terms.get(term) ?? this.terms.set(term, new Map()).get(term);
    units.set(unit, (units.get(unit) ?? 0) + 1);
  }

  /** Weigh what each term tells: the more, the fewer of so many sections or pages have it. */
  weighTerms(number) {
    const weigh = ({ size }) => Math.log(1 + (number - size + 0.5) / (size + 0.5));
    return new Map([...this.terms].map(([term, units]) => [term, weigh(units)]));
  }

  /** From 0 to 1: each further time adds less. */
  share(unit, term) {
    const times = this.terms.get(term)?.get(unit) ?? 0;
    return times / (times + 1);
  }
}

/** List the pairs of terms side by side in and between two words. */
function pairWords(before, word) {
  const pairs = word.parts.slice(1).map((part, i) => `${word.parts[i]} ${part}`);
  if (before)
    for (const one of new Set([before.term, before.parts.at(-1)]))
      for (const other of new Set([word.term, word.parts[0]])) pairs.push(`${one} ${other}`);
  return pairs;
}

/** What is searched: the pages and sections of an index, and where their words stand. */
// biome-ignore lint/correctness/noUnusedVariables: results.js uses it
class Engine {
  inSections = new Places();
  inPages = new Places();
  introducing = new Map(); // a concept, a name in code → the page where it is new

  constructor(index) {
    this.words = new Words(index);
    this.pages = index.pages;
    for (const page of this.pages) this.notePage(page);
    this.noteNames();
    const number = sum(this.pages.map(({ sections }) => sections.length));
    this.values = this.inSections.weighTerms(number); // of a term, and of a pair of terms
    // The terms of a variant → the ways to say it.
    this.variants = new Map(
      Object.entries(index.variants).map(([variant, texts]) => [
        this.words.terms(variant).join(" "),
        texts.map((text) => this.words.terms(text)),
      ]),
    );
  }

  notePage(page) {
    const [lead] = page.sections;
    const name = page.name.replace(/^.*\//, "").replaceAll("-", " ");
    page.title = lead.title;
    page.titles = [page.title, name].map((title) => this.words.titleTerms(title));
    page.purpose = this.words.titleTerms(lead.prose.join(" "));
    for (const section of page.sections) {
      section.lead = section === lead;
      section.heading = this.words.titleTerms(section.title);
      section.told = section.messages.map((text) => readMessage(this, `${section.title} ${text}`));
      for (const text of [section.title, ...section.prose, ...section.code, ...section.messages]) {
        const words = this.words.read(withoutTitles(text));
        this.inSections.note(section, words);
        this.inPages.note(page, words);
      }
    }
    for (const name of page.introduces)
      this.introducing.set(this.words.terms(name).join(" "), page);
  }

  /** Note where a name in code is new: where a page is for it, or else in prose, or else in code. */
  noteNames() {
    for (const textsOf of [
      ({ sections }) => sections[0].prose,
      (page) => explaining(page).flatMap(({ prose }) => prose),
      (page) => explaining(page).flatMap(({ code }) => code),
    ])
      for (const page of this.pages.filter(({ weight }) => weight === 1))
        for (const text of textsOf(page))
          for (const { term, names } of this.words.read(withoutTitles(text)))
            for (const name of names.length ? [term, ...names] : [])
              if (!this.introducing.has(name)) this.introducing.set(name, page);
  }

  messages() {
    return this.pages.flatMap(({ sections }) => sections.flatMap(({ told }) => told));
  }

  knows(term) {
    return this.inSections.terms.has(term);
  }
}

/**
 * What an error message tells: its words, and pairs of them, but no number, which is each reader's
 * own. With the title of its section it tells more, unless that says the same.
 */
function readMessage({ words }, text) {
  const names = words.read(text).flatMap((word) => (word.names.length ? word.names : [word.term]));
  const telling = names.filter((name) => !/^\d/.test(name));
  return new Set([...telling, ...telling.slice(1).map((name, i) => `${telling[i]} ${name}`)]);
}

/** The sections of a page that the site does not set aside. */
function explaining({ sections }) {
  return sections.filter(({ weight }) => weight === 1);
}

/** The title of another page, in a link, says nothing about this one. */
function withoutTitles(text) {
  return text.replace(/⟦.*?⟧/g, " ");
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

function greatest(numbers) {
  return Math.max(0, ...numbers);
}

// --- The query ---

/**
 * Read a query as concepts, each with the ways to say it in the words of the site.
 * What the site says in no way is returned as unknown.
 */
function readQuery(engine, query) {
  const words = engine.words.read(query);
  const concepts = [];
  while (words.length) concepts.push(readConcept(engine, query, words));
  const known = concepts.filter(({ ways }) => ways.length);
  const unknown = concepts.filter(({ ways, asks }) => !ways.length && !asks);
  const message = readMessage(engine, query);
  return {
    concepts: known,
    pairs: pairConcepts(known).filter((pair) => engine.values.has(pair)),
    unknown: unknown.map(({ text }) => text),
    message,
    pasted: greatest(engine.messages().map((told) => partOf(engine, told, message))),
  };
}

/** Take the first concept of a query from its words. */
function readConcept(engine, query, words) {
  const taken = words.splice(0, countWords(engine, words));
  const [first, last] = [taken[0], taken.at(-1)];
  const key = joinTerms(taken);
  const said = engine.variants.get(key) ?? findWays(engine, first);
  const ways = said.filter((way) => way.length && way.every((term) => engine.knows(term)));
  const asks = engine.words.asking.has(key);
  const value = sum((ways[0] ?? []).map((term) => engine.values.get(term)));
  return {
    text: query.slice(first.start, last.start + last.length),
    ways,
    asks,
    value: asks ? ASKING * value : value,
  };
}

/** Count the words with which a query begins that are one concept: a variant's, or else one. */
function countWords({ variants }, words) {
  let count = words.length;
  while (count > 1 && !variants.has(joinTerms(words.slice(0, count)))) count--;
  return count;
}

function joinTerms(words) {
  return words.map(({ term }) => term).join(" ");
}

/** Return the ways to say a word: as it is, in parts, or as the known words that it resembles. */
function findWays(engine, { term, parts }) {
  const known = (terms) => terms.filter((name) => engine.knows(name));
  const ways = [[term], parts].map(known).filter(({ length }) => length);
  if (ways.length) return ways;
  return findAlike(engine, term).flatMap((other) => engine.variants.get(other) ?? [[other]]);
}

/** Find the known words that an unknown one begins, or else those that differ least from it. */
function findAlike({ inSections, variants }, word) {
  const terms = new Set([...inSections.terms.keys(), ...variants.keys()]);
  const known = [...terms].filter((other) => !other.includes(" ")); // no pair is a word
  const begun = known.filter((other) => word.length > 1 && other.startsWith(word));
  if (begun.length || word.length < 3) return begun;
  const letters = word.normalize("NFD"); // of Hangul too
  const changes = known.map((other) => [other, measureDistance(letters, other.normalize("NFD"))]);
  const least = Math.min(...changes.map(([, number]) => number), letters.length / 4);
  return changes.filter(([, number]) => number <= least).map(([other]) => other);
}

/** Count the letters to change, to add and to leave out between two words (Levenshtein). */
function measureDistance(one, other) {
  let row = [...Array(other.length + 1).keys()];
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++)
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (one[i] === other[j] ? 0 : 1)));
    row = next;
  }
  return row.at(-1);
}

/** List the pairs of terms that stand side by side in a query. */
function pairConcepts(concepts) {
  const pairs = concepts.flatMap(({ ways }, i) =>
    ways.flatMap((way) => {
      const before = (concepts[i - 1]?.ways ?? []).map((other) => `${other.at(-1)} ${way[0]}`);
      return [...before, ...way.slice(1).map((term, k) => `${way[k]} ${term}`)];
    }),
  );
  return [...new Set(pairs)];
}

// --- The ranking ---

/**
 * Rank the pages that answer a query, each with the section that answers it best.
 * The more of an error message the query has, the less its words count one by one.
 */
// biome-ignore lint/correctness/noUnusedVariables: results.js uses it
function search(engine, query) {
  const asked = readQuery(engine, query);
  const results = engine.pages
    .map((page) => ratePage(engine, page, asked))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  return { results, ...asked };
}

/** Rate a page by its text, its title and its best section. */
function ratePage(engine, page, asked) {
  const { concepts } = asked;
  const sections = page.sections.map((section) => rateSection(engine, section, asked));
  const introduced = concepts.filter((concept) => isIntroduced(engine, concept, page));
  const titles = page.titles.map((title) => askedPart(title, concepts) * valueIn(title, concepts));
  const whole = page.titles.map((title) => askedPart(title, concepts) * partIn(title, concepts));
  const score =
    rateText(engine, engine.inPages, page, asked) +
    TITLE * greatest(titles) +
    PURPOSE * valueIn(page.purpose, concepts) +
    INTRODUCED * sum(introduced.map(({ value }) => value)) +
    greatest(sections.map(({ score }) => score));
  return {
    page,
    section: sections.reduce((one, other) => (other.fit > one.fit ? other : one)).section,
    score:
      (1 - asked.pasted) * score * (1 + WHOLE_TITLE * greatest(whole)) * page.weight +
      greatest(sections.map(({ message }) => message)),
  };
}

/** Rate a section: what it adds to the score of its page, and how fit the result is to lead there. */
function rateSection(engine, section, asked) {
  const text = rateText(engine, engine.inSections, section, asked);
  const heading = valueIn(section.heading, asked.concepts);
  const message = MESSAGE * section.weight * rateMessages(engine, section, asked);
  const said = (1 - asked.pasted) * (section.lead ? LEAD * text : text + heading);
  const fit = said * section.weight + message;
  return { section, score: text + HEADING * heading, message, fit };
}

/** Rate how much of one of a section's error messages a query has. */
function rateMessages(engine, { told }, { message }) {
  return greatest(
    told.map((terms) => partOf(engine, terms, message) ** 2 * sumValues(engine, terms)),
  );
}

/** The part of an error message that a query has, by what its terms tell. */
function partOf(engine, told, message) {
  const said = [...told].filter((term) => message.has(term));
  return sumValues(engine, said) / (sumValues(engine, told) || 1);
}

function sumValues({ values }, terms) {
  return sum([...terms].map((term) => values.get(term) ?? 0));
}

/** Rate how much the text of a section or page says of what is asked. */
function rateText({ values }, places, unit, { concepts, pairs }) {
  const share = (term) => places.share(unit, term);
  const said = concepts.map(
    ({ ways, value }) => value * greatest(ways.map((way) => Math.min(...way.map(share)))),
  );
  return sum(said) + TOGETHER * sum(pairs.map((pair) => values.get(pair) * share(pair)));
}

/** Tell whether terms say a concept in one way. */
function isIn({ ways }, terms) {
  return ways.some((way) => way.every((term) => terms.has(term)));
}

function isIntroduced({ introducing }, { ways }, page) {
  return ways.some((way) => introducing.get(way.join(" ")) === page);
}

/** Sum what the concepts that a title says tell. */
function valueIn(title, concepts) {
  return sum(concepts.filter((concept) => isIn(concept, title)).map(({ value }) => value));
}

/** The part of a query that a title says. */
function partIn(title, concepts) {
  return concepts.filter((concept) => isIn(concept, title)).length / concepts.length;
}

/** The part of a title for which a query asks. */
function askedPart(title, concepts) {
  const asked = new Set(concepts.flatMap(({ ways }) => ways.flat()));
  return [...title].filter((term) => asked.has(term)).length / (title.size || 1);
}
