// Draws what the laboratory shows: the graph of a formula, and a curve with its tangent.

{
  const make = (name, attributes, ...children) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children); // what is no element is text
    return element;
  };
  const text = (x, y, anchor, ...words) => make("text", { x, y, "text-anchor": anchor }, ...words);

  /* The graph: as figure.py draws it, but only what is known so far */

  const LINE = 20;

  const describe = ({ title, condition, value, gradient }) => {
    const because = condition && ` (${condition})`;
    const sent = gradient && `, 그래디언트 ${gradient}`;
    return value && `${title}${because} = ${value}${sent}`;
  };

  const drawNode = (node) => {
    const { left, top, width, height, title, condition, value, gradient } = node;
    const lines = [
      ["", title],
      ["", condition],
      ["forward", value && `↓ ${value}`],
      ["backward", gradient && `↑ ${gradient}`],
    ].filter(([side, words]) => side || words);
    return make(
      "g",
      { class: node.active ? "active" : "" },
      make("rect", {
        ...{ x: left, y: top, width, height, rx: 6, fill: "none" },
        ...{ stroke: "currentColor", "stroke-width": node.output ? 2.5 : 1 },
      }),
      ...lines.map(([side, words], count) =>
        make(
          "text",
          {
            x: left + width / 2,
            y: top + LINE * (count + 1),
            "text-anchor": "middle",
            class: side,
          },
          words,
        ),
      ),
    );
  };

  const drawEdge = ({ path, carries, active }) =>
    make("path", {
      ...{ d: path, class: active ? "active" : "", fill: "none", stroke: "currentColor" },
      ...(carries ? {} : { "stroke-dasharray": "4 3" }),
    });

  globalThis.drawGraph = ({ formula, width, height, nodes, edges }) =>
    make(
      "svg",
      {
        ...{ class: "laboratory-figure", role: "img", viewBox: `0 0 ${width} ${height}` },
        ...{ width, height, "font-family": "monospace", "font-size": 14, fill: "currentColor" },
        "aria-label": `${formula}의 계산 그래프. ${nodes.map(describe).filter(Boolean).join(". ")}.`,
      },
      ...edges.map(drawEdge),
      ...nodes.map(drawNode),
    );

  /* The curve */

  const [WIDTH, HEIGHT, MARGIN] = [340, 240, 24];

  /** From where to where to draw: most of the curve, without the ends of its poles. */
  const findRange = (ys, y) => {
    const sorted = ys.filter(Number.isFinite).sort((one, other) => one - other);
    const cut = Math.floor(sorted.length / 20);
    const known = [...sorted.slice(cut, sorted.length - cut), y].filter(Number.isFinite);
    const [low, high] = [Math.min(...known), Math.max(...known)];
    const rest = (high - low) * 0.15 || 1;
    return known.length ? [low - rest, high + rest] : [-1, 1];
  };

  /** The path of a curve, which breaks also where it has no value, or jumps out of sight. */
  const drawPath = ({ xs, ys, breaks }, toX, toY) => {
    let path = "";
    let last = null;
    for (const [place, y] of ys.entries()) {
      const at = Number.isFinite(y) ? Math.max(-5 * HEIGHT, Math.min(5 * HEIGHT, toY(y))) : null;
      const isNear = last !== null && at !== null && Math.abs(at - last) < 2 * HEIGHT;
      const joined = isNear && !breaks.includes(place);
      if (at !== null) path += `${joined ? "L" : "M"}${toX(xs[place]).toFixed(1)} ${at.toFixed(1)}`;
      last = at;
    }
    return path;
  };

  globalThis.drawPlot = (curve, { x, y, slope }, write) => {
    const { variable, xs, ys } = curve;
    const [left, right] = [xs[0], xs.at(-1)];
    const [low, high] = findRange(ys, y);
    const toX = (at) => MARGIN + ((at - left) / (right - left)) * (WIDTH - 2 * MARGIN);
    const toY = (at) => HEIGHT - MARGIN - ((at - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
    const line = (d, attributes) =>
      make("path", { d, fill: "none", stroke: "currentColor", ...attributes });
    const hasTangent = Number.isFinite(y) && Number.isFinite(slope);
    const tangent = [left, right].map((at) => `${toX(at)} ${toY(y + slope * (at - x))}`);
    const frame = { x: MARGIN, y: MARGIN, width: WIDTH - 2 * MARGIN, height: HEIGHT - 2 * MARGIN };
    const inside = make(
      "svg",
      {
        ...frame,
        viewBox: `${frame.x} ${frame.y} ${frame.width} ${frame.height}`,
        overflow: "hidden",
      },
      line(drawPath(curve, toX, toY), { class: "forward", "stroke-width": 2 }),
      ...(hasTangent
        ? [
            line(`M${tangent.join("L")}`, {
              class: "backward",
              "stroke-width": 2,
              "stroke-dasharray": "6 4",
            }),
          ]
        : []),
      ...(Number.isFinite(y)
        ? [make("circle", { cx: toX(x), cy: toY(y), r: 5, fill: "currentColor" })]
        : []),
    );
    const told = hasTangent ? `접선의 기울기 ${write(slope)}` : "접선 없음";
    return make(
      "svg",
      {
        ...{ class: "laboratory-plot", role: "img", viewBox: `0 0 ${WIDTH} ${HEIGHT}` },
        ...{ "font-size": 12, fill: "currentColor" },
        "aria-label": `${variable} = ${write(x)}에서 값 ${write(y)}, ${told}`,
      },
      make("rect", { ...frame, fill: "none", stroke: "currentColor", "stroke-opacity": 0.4 }),
      inside,
      text(MARGIN, HEIGHT - 8, "start", write(left)),
      text(WIDTH / 2, HEIGHT - 8, "middle", variable),
      text(WIDTH - MARGIN, HEIGHT - 8, "end", write(right)),
      text(MARGIN + 4, MARGIN + 14, "start", write(Number(high.toPrecision(3)))),
      text(MARGIN + 4, HEIGHT - MARGIN - 6, "start", write(Number(low.toPrecision(3)))),
    );
  };
}
