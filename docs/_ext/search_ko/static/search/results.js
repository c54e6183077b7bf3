/* The search page: shows what the search finds for the query in the address. Loaded last. */

const EXCERPT = 140; // characters
const LEAST = 0.2; // of the first result's score: about six results

/** Return the terms to show in a section: of what is asked about, the surest way to say it there. */
function findTerms({ inSections }, section, concepts) {
  const isHere = (way) => way.every((term) => inSections.share(section, term) > 0);
  const telling = concepts.filter(({ asks }) => !asks);
  const said = (telling.length ? telling : concepts).map(({ ways }) => ways.find(isHere) ?? []);
  return new Set(said.flat());
}

/** Return where a line says terms: {term, start, end}. */
function findHits({ words }, line, terms) {
  return words.read(line).flatMap(({ term, names, parts, start, length }) => {
    const said = [term, ...names, ...parts].find((name) => terms.has(name));
    return said ? [{ term: said, start, end: start + length }] : [];
  });
}

/** Choose the stretch of a section that says most of the terms, in prose rather than in code. */
function chooseExcerpt(engine, { prose, code, messages }, terms) {
  const texts = [...messages, ...prose];
  const lines = texts.map((line) => ({ line: line.replace(/[⟦⟧]/g, ""), weight: 1 }));
  for (const line of code.flatMap((block) => block.split("\n"))) lines.push({ line, weight: 0.5 });
  let chosen = { line: lines[0]?.line ?? "", hits: [], worth: 0 };
  for (const { line, weight } of lines) {
    const hits = findHits(engine, line, terms);
    hits.forEach(({ start }, i) => {
      const near = hits.slice(i).filter(({ end }) => end <= start + EXCERPT);
      const said = [...new Set(near.map(({ term }) => term))];
      const worth = weight * sum(said.map((term) => engine.values.get(term)));
      if (worth > chosen.worth) chosen = { line, hits: near, worth };
    });
  }
  return chosen;
}

/** Cut an excerpt out of its line, between words, and mark what it says. */
function markExcerpt({ line, hits }) {
  const first = hits[0]?.start ?? 0;
  const start = first < 40 ? 0 : line.lastIndexOf(" ", first - 20) + 1;
  const space = line.lastIndexOf(" ", start + EXCERPT);
  const end =
    line.length <= start + EXCERPT ? line.length : space > start ? space : start + EXCERPT;
  const content = [start ? "…" : ""];
  let at = start;
  for (const hit of hits.filter((hit) => hit.start >= start && hit.end <= end)) {
    content.push(line.slice(at, hit.start), makeElement("mark", [line.slice(hit.start, hit.end)]));
    at = hit.end;
  }
  return [...content, line.slice(at, end), end < line.length ? "…" : ""];
}

/** Lead the browser to the words of an excerpt; one that cannot, or a formula, leaves the section. */
function writeFragment({ line, hits }) {
  if (!hits.length) return "";
  const text = line.slice(line.lastIndexOf(" ", hits[0].start) + 1);
  const [phrase] = text.match(/^[^\s·…]+(?: [^\s·…]+){0,2}/) ?? [""];
  return phrase && `:~:text=${encodeURIComponent(phrase).replaceAll("-", "%2D")}`;
}

function makeElement(name, content, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...content);
  return made;
}

function makeItem(engine, { page, section }, concepts) {
  const excerpt = chooseExcerpt(engine, section, findTerms(engine, section, concepts));
  const fragment = (section.lead ? "" : section.label) + writeFragment(excerpt);
  const title = section.lead ? page.title : `${page.title} › ${section.title}`;
  return makeElement("li", [
    makeElement("a", [title], { href: page.url + (fragment && `#${fragment}`) }),
    makeElement("p", markExcerpt(excerpt), { className: "excerpt" }),
  ]);
}

/** Show the results of a query in place of those before. */
function showResults(engine, query) {
  const { results, concepts, unknown } = search(engine, query);
  const shown = results.filter(({ score }) => score > LEAST * results[0].score);
  let answer = `「${query}」에 맞는 페이지가 없습니다. 낱말을 줄이거나 바꾸어 보세요.`;
  if (shown.length) {
    answer = `「${query}」 검색 결과: 페이지 ${shown.length}개.`;
    if (unknown.length) answer += ` 이 사이트에 없는 낱말: ${unknown.join(", ")}.`;
  }
  document.querySelector("form.search input").value = query;
  document.getElementById("search-status").textContent = answer;
  const items = shown.map((result) => makeItem(engine, result, concepts));
  const list = makeElement("ul", items, { className: "search" });
  document.getElementById("search-results").replaceChildren(list);
}

const engine = new Engine(searchIndex);
showResults(engine, new URLSearchParams(location.search).get("q").normalize("NFC"));
