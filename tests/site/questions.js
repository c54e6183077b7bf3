// What the tests ask a page in the browser; each answer is a list of lines that name the fault.

const all = (selector) => [...document.querySelectorAll(selector)];
const squeezed = (text) => text.replace(/\s+/g, " ").trim();
// An element's start tag and the beginning of its text.
const named = (element) => {
  const tag = element.cloneNode(false).outerHTML.replace(/<\/[^<]*>$/, "");
  return `${tag.slice(0, 120)} ${squeezed(element.textContent).slice(0, 40)}`.trim();
};
const visible = (element) => element.checkVisibility({ visibilityProperty: true });

// Network

// Links that tell of another page and load nothing.
const TOLD = "[rel~=alternate], [rel~=author], [rel~=canonical], [rel~=license], [rel~=me]";

function sources() {
  const elsewhere = (address) => /^(https?:)?\/\//.test(address ?? "");
  const named_source = (element) =>
    ["src", "srcset", "href", "poster", "data", "action"].some((name) =>
      elsewhere(element.getAttribute(name)),
    );
  return [
    ...all(`[src], [srcset], [poster], [data], [action], link:not(${TOLD})`)
      .filter(named_source)
      .map((element) => `of another site: ${named(element)}`),
    ...all("img:not([loading=lazy])").map((element) => `not lazy: ${named(element)}`),
  ];
}

// Text

// What a reader reads; forms and buttons are for interaction.
function lines() {
  const hidden = document.createElement("style");
  hidden.textContent = "main :is(form, button) { display: none !important }";
  document.head.append(hidden);
  const text = document.querySelector("main").innerText;
  hidden.remove();
  return text.split("\n").filter((line) => line.trim());
}

// TeX that waits for a script.
const raw_formulas = () =>
  all("main .math")
    .filter((element) => /\\[([]/.test(element.textContent))
    .map((element) => `not MathML: ${named(element)}`);

const links = () =>
  all("a[href]")
    .filter(visible)
    .map((link) => link.href.split("#")[0]);

// Layout

function wider_than_the_window() {
  const width = document.documentElement.clientWidth;
  if (Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= width) return [];
  const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
  const inScroller = (element) =>
    element !== document.body && (scrolls(element) || inScroller(element.parentElement));
  const wide = all("body *")
    .filter((element) => visible(element) && element.getBoundingClientRect().right > width + 1)
    .filter((element) => !inScroller(element.parentElement));
  return wide
    .filter((element) => !wide.some((other) => other !== element && element.contains(other)))
    .map((element) => `wider than ${width} pixels: ${named(element)}`);
}

// Media

const seconds = (durations) => Math.max(...durations.split(",").map(parseFloat));

function moving() {
  const moves = (style) =>
    seconds(style.transitionDuration) > 0.01 ||
    (style.animationName !== "none" && seconds(style.animationDuration) > 0.01) ||
    style.scrollBehavior === "smooth";
  return all("*").flatMap((element) =>
    ["", "::before", "::after"]
      .filter((part) => moves(getComputedStyle(element, part || null)))
      .map((part) => `moves: ${named(element)}${part}`),
  );
}

// Icon fonts have their icons where Unicode leaves the letters to be agreed on.
const missing_icons = () =>
  all("*").flatMap((element) =>
    ["::before", "::after"]
      .filter((part) => /[\ue000-\uf8ff]/.test(getComputedStyle(element, part).content))
      .map((part) => `no such icon: ${named(element)}${part}`),
  );

function unfit_for_paper() {
  // The code of a figure may stay folded, the way it is marked by MyST-NB.
  const closed = all("details:not(.hide) > :not(summary)").filter((element) => !visible(element));
  const furniture = all(
    "header, nav, form, button, input, dialog, .headerlink, .prev-next-footer",
  ).filter(visible);
  const cut = all("article *")
    .filter((element) => visible(element) && getComputedStyle(element).overflowX !== "visible")
    .filter((element) => element.scrollWidth > element.clientWidth + 1);
  return [
    ...closed.map((element) => `not printed: ${named(element)}`),
    ...furniture.map((element) => `printed: ${named(element)}`),
    ...cut.map((element) => `cut at the edge of the paper: ${named(element)}`),
  ];
}

// Questions

// Without a script; what the reader has unfolded is read.
const wrong_answers = () =>
  all("fieldset.predict").flatMap((question) => {
    const answers = [...question.querySelectorAll("details p")].filter(visible);
    const shown = answers.map((element) => element.innerText).join(" ");
    const buttons = [...question.querySelectorAll("button")].filter(visible);
    return [
      ...(shown.startsWith(question.dataset.answer)
        ? []
        : [`no answer ${question.dataset.answer} but ${shown}`]),
      ...buttons.map((button) => `without a script: ${named(button)}`),
    ];
  });

// On paper.
function unfit_questions() {
  const parts = (selector) =>
    all(`fieldset.predict :is(${selector})`).filter((part) => !part.closest("template"));
  const read = parts("legend, legend ~ p:first-of-type, label span, details p");
  return [
    ...read.filter((part) => !visible(part)).map((part) => `not printed: ${named(part)}`),
    ...parts("button, input, summary")
      .filter(visible)
      .map((part) => `printed: ${named(part)}`),
  ];
}

// Accessibility

// Mark one text of each look, on each ground: axe spends most of its time on the contrast of texts.
function mark_looks() {
  const grounds = new Map([[null, ""]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const own = `${backgroundColor} ${backgroundImage} ${opacity}\n`;
      const plain = own === "rgba(0, 0, 0, 0) none 1\n";
      grounds.set(element, (plain ? "" : own) + ground(element.parentElement));
    }
    return grounds.get(element);
  };
  // Of a single letter axe does not judge.
  const shows_text = (element) =>
    [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 1,
    );
  const met = new Set();
  for (const element of all("body *")) {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(element);
    const look = [color, fontSize, fontWeight, textShadow, ground(element)].join("\n");
    element.toggleAttribute("data-look", !met.has(look) && shows_text(element) && visible(element));
    if (element.hasAttribute("data-look")) met.add(look);
  }
}

// Furniture

const ATTRIBUTES = [
  "alt",
  "aria-description",
  "aria-label",
  "aria-roledescription",
  "aria-valuetext",
];
ATTRIBUTES.push("data-bs-title", "data-bs-original-title", "placeholder", "title");

// The words of the frame around the prose, with what carries them, and all titles and labels but
// those of figures and formulas.
function furniture(prose) {
  const texts = [["title", document.title]];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(`${prose}, script, style, noscript`))
      texts.push([named(parent), squeezed(walker.currentNode.data)]);
  }
  for (const element of all("noscript")) // plain text to a browser that runs scripts
    texts.push([
      "noscript",
      new DOMParser().parseFromString(element.textContent, "text/html").body.innerText,
    ]);
  for (const element of all("body :not(svg, svg *, img, math, math *)"))
    for (const name of ATTRIBUTES)
      if (element.hasAttribute(name)) texts.push([named(element), element.getAttribute(name)]);
  return texts;
}

// Keyboard

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";
const stops = () =>
  all(STOPS).filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.disabled &&
      !(element.type === "radio" && !element.checked) && // the arrows reach the others
      visible(element),
  );

// A field's ring may be its label's, or that of the box it stands in.
const look = (element) =>
  [element, ...(element.labels ?? []), element.parentElement].map((part) => {
    const style = getComputedStyle(part);
    const ring = style.outlineStyle === "none" ? "" : style.outlineWidth + style.outlineColor;
    return ring + style.boxShadow;
  });

// A page may have put the focus into a field.
function go_to_the_top() {
  if (document.activeElement === document.body) return;
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}

function start_walk() {
  go_to_the_top();
  window.unfocused = new Map(all("body *").map((element) => [element, String(look(element))]));
  window.expected = new Set(stops());
  window.met = [];
  window.focused = focused; // asked at every stop
}

function focused() {
  const element = document.activeElement;
  if (element === document.body || element === document.documentElement) return null;
  window.expected.delete(element);
  const met = window.met.indexOf(element) + 1; // as which stop it was met before, if it was
  if (!met) window.met.push(element);
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const inside = bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
  return {
    name: named(element),
    met,
    summary: element.matches("summary"),
    seen: inside && visible(element),
    marked: String(look(element)) !== window.unfocused.get(element),
  };
}

// A formula that turns out to fit is a stop no more.
const not_reached = () =>
  stops()
    .filter((element) => window.expected.has(element))
    .map((element) => `not reached: ${named(element)}`);
