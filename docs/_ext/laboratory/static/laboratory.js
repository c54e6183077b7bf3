// The laboratory: Python computes a formula, and the page shows it. A formula is data: it goes to
// Python as a string, and to the page as text.

{
  const tool = document.querySelector(".laboratory");
  const form = tool.querySelector("form");
  const find = (selector) => tool.querySelector(selector);
  const field = form.elements.formula;
  const start = find(".start");
  const told = find(".told");
  const rows = [...tool.querySelectorAll(".input")];
  const names = rows.map((row) => row.dataset.variable);

  const PAUSE = 400; // milliseconds, after which a reader has stopped writing

  const values = {}; // of the variables, also of those that the formula has not
  let plotted = ""; // the variable of the curve
  let shown; // the last answer
  let step = 0;

  /* Asking Python */

  let ready;
  const prepare = async () => {
    const python = await loadPython();
    await python.run(globalThis.laboratorySource, { name: "laboratory", fresh: true });
    return python;
  };

  const hexadecimal = (letter) => `\\u${letter.charCodeAt().toString(16).padStart(4, "0")}`;
  const quote = (text) => JSON.stringify(text).replace(/[^ -~]/g, hexadecimal);

  /** All that there is to show of a formula, or nothing if Python fails. */
  const ask = async (formula) => {
    ready ??= prepare();
    try {
      const python = await ready;
      const call = `answer(${quote(formula)}, ${JSON.stringify(values)}, ${quote(plotted)})`;
      const { output, error } = await python.run(`print(write_json(${call}))`, { limit: 5000 });
      if (!error) return { formula, ...JSON.parse(output) };
    } catch {
      // The interpreter was not loaded.
    }
    ready = undefined; // which may be tried again
  };

  let isAsking = false;
  let isOutdated = false;

  /** Compute and show, and again if something has changed meanwhile. */
  const update = async () => {
    isOutdated = true;
    if (isAsking) return;
    isAsking = true;
    start.hidden = true;
    if (!ready) told.textContent = "파이썬을 불러오는 중입니다.";
    while (isOutdated) {
      isOutdated = false;
      const answer = await ask(field.value);
      if (answer) show(answer);
      else {
        told.textContent = "계산하지 못했습니다. 다시 하려면 시작하기를 누르세요.";
        start.hidden = false;
      }
    }
    isAsking = false;
  };

  /* Showing */

  const write = (value) => {
    const short = typeof value === "number" ? Number(value.toPrecision(6)) : value;
    return String(short).replaceAll("-", "−");
  };
  const makeElement = (name, content) => {
    const element = document.createElement(name);
    element.textContent = content;
    return element;
  };

  const show = (answer) => {
    field.setAttribute("aria-invalid", "error" in answer);
    find(".fault").replaceChildren();
    if ("error" in answer) {
      told.textContent = "";
      showFault(answer);
      return;
    }
    // A reader who looks at one step goes on looking at it, unless the formula is another.
    const isAtStep = answer.formula === shown?.formula && step < shown.steps.length - 1;
    shown = answer;
    for (const part of tool.querySelectorAll(".controls, .results")) part.hidden = false;
    go(isAtStep ? step : Infinity);
    showInputs();
    showGradients();
    showCurve();
    showLink();
  };

  /** Say what is wrong with a formula, and mark it. */
  const showFault = ({ formula, error, start, end }) => {
    const letters = [...formula];
    const code = makeElement("code", letters.slice(0, start).join(""));
    const mark = makeElement("mark", letters.slice(start, end).join("") || " ");
    code.append(mark, letters.slice(end).join(""));
    find(".fault").append(code, document.createElement("br"), error);
  };

  const showInputs = () => {
    for (const row of rows) {
      const value = shown.inputs[row.dataset.variable];
      row.hidden = value === undefined;
      for (const input of row.hidden ? [] : row.querySelectorAll("input")) {
        if (input.valueAsNumber !== value) input.value = value;
      }
    }
  };

  /** The node of a variable. */
  const nodeOf = (variable) => shown.nodes.find(({ name }) => name === variable);

  const showGradients = () => {
    const lines = Object.entries(shown.differences).map(([variable, difference]) => {
      const line = document.createElement("tr");
      const head = makeElement("th", variable);
      head.scope = "row";
      const found = makeElement("td", nodeOf(variable).sent);
      line.append(head, found, makeElement("td", write(difference)));
      return line;
    });
    find("tbody").replaceChildren(...lines);
    find("table").hidden = lines.length === 0;
  };

  const showCurve = () => {
    const { curve, inputs, nodes, output } = shown;
    const variables = Object.keys(inputs);
    const select = find("select");
    find(".plotted").hidden = variables.length < 2;
    find(".plot").replaceChildren();
    if (!curve) return;
    select.replaceChildren(...variables.map((name) => new Option(name, name)));
    select.value = curve.variable;
    const { value, gradient } = nodeOf(curve.variable);
    const at = { x: value, y: nodes[output].value, slope: gradient };
    find(".plot").append(drawPlot(curve, at, write));
  };

  /* The steps: forward over the operations, and back */

  /** Show a step, or the nearest that there is. */
  const go = (wanted) => {
    const last = shown.steps.length - 1;
    step = Math.max(0, Math.min(wanted, last));
    told.textContent = shown.steps[step].text;
    for (const [name, end] of Object.entries({ first: 0, previous: 0, next: last, last })) {
      form.elements[name].setAttribute("aria-disabled", step === end);
    }
    find(".laboratory-figure").replaceWith(drawGraph(takeSnapshot()));
    showCaption();
  };

  /** What of the graph is known at the step. */
  const takeSnapshot = () => {
    const { active, computed } = shown.steps[step];
    const isLast = step === shown.steps.length - 1;
    const gradients = Object.fromEntries(
      shown.steps.slice(0, step + 1).flatMap((earlier) => earlier.gradients),
    );
    return {
      ...shown,
      nodes: shown.nodes.map((node, place) => ({
        ...node,
        value: place < computed ? node.shown : "",
        gradient: gradients[place] ?? (isLast ? "None" : ""),
        active: place === active,
        output: place === shown.output,
      })),
      edges: shown.edges.map((edge) => ({ ...edge, active: edge.to === active })),
    };
  };

  const showCaption = () => {
    const at = Object.entries(shown.inputs).map(([name, value]) => `, ${name} = ${write(value)}`);
    find(".laboratory-caption").replaceChildren(makeElement("code", shown.formula), ...at);
  };

  /* A link that carries the formula, and opening one */

  const showLink = () => {
    const query = new URLSearchParams({ formula: shown.formula, ...shown.inputs });
    if (shown.curve && Object.keys(shown.inputs).length > 1)
      query.set("plot", shown.curve.variable);
    const link = find(".link");
    link.href = `?${query}#${tool.id}`;
    try {
      history.replaceState(null, "", link.href);
    } catch {
      // A browser may refuse it on a page from a disk, where the link is there all the same.
    }
  };

  const takeValues = (given) => {
    for (const name of names) {
      const value = Number(given[name] || NaN);
      if (Number.isFinite(value)) values[name] = value;
      else delete values[name];
    }
  };
  const open = (given) => {
    field.value = given.formula;
    takeValues(given);
    plotted = given.plot ?? "";
    return update();
  };
  const readQuery = (query) => Object.fromEntries(new URLSearchParams(query));

  const copy = async ({ target }) => {
    try {
      await navigator.clipboard.writeText(find(".link").href);
      target.textContent = "복사했습니다";
    } catch {
      target.textContent = "복사하지 못했습니다";
    }
    setTimeout(() => {
      target.textContent = "링크 복사";
    }, 2000);
  };

  /* What the reader does */

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    update();
  });
  let typing;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(update, PAUSE); // a formula half written is no fault yet
  });
  for (const row of rows) {
    row.addEventListener("input", ({ target }) => {
      if (Number.isNaN(target.valueAsNumber)) return; // a number half written
      values[row.dataset.variable] = target.valueAsNumber;
      update();
    });
  }
  for (const example of tool.querySelectorAll(".examples button")) {
    example.addEventListener("click", () => open(example.dataset));
  }
  form.elements.first.addEventListener("click", () => go(0));
  form.elements.previous.addEventListener("click", () => go(step - 1));
  form.elements.next.addEventListener("click", () => go(step + 1));
  form.elements.last.addEventListener("click", () => go(Infinity));
  find("select").addEventListener("change", ({ target }) => {
    plotted = target.value;
    update();
  });
  find(".copy-link").addEventListener("click", copy);

  // A formula on this page opens without loading the page again.
  for (const link of document.querySelectorAll("a.laboratory-link")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(readQuery(link.search));
      tool.scrollIntoView();
      tool.focus();
    });
  }

  form.hidden = false;
  takeValues(tool.dataset);
  const given = readQuery(location.search);
  if ("formula" in given) open(given);
}
