// Sliders for the figure of gradient descent: its path, drawn again by the closed form.

/** Weight, bias and expected loss after `steps` updates, as `eagerdemo.regression` has them. */
function descent(rate, steps) {
  const shrink = (1 - 2 * rate) ** steps;
  const weight = 3 + 2 * shrink;
  const bias = 2 + 8 * shrink;
  return { weight, bias, loss: 1 + (weight - 3) ** 2 + (bias - 2) ** 2 };
}

/** What becomes of the distance that each update multiplies by `factor`. */
function verdict(factor) {
  if (factor === 0) return "한 번에 가장 낮은 곳에 닿습니다";
  if (factor === -1) return "두 점 사이를 끝없이 오갑니다";
  if (factor < -1) return "건너편을 오가며 발산합니다";
  return factor < 0 ? "건너편을 오가며 수렴합니다" : "곧게 내려가며 수렴합니다";
}

function shown(number, digits = 3) {
  const text = Math.abs(number) < 1e6 ? number.toFixed(digits) : number.toExponential(digits);
  return text.replaceAll("-", "−");
}

function draw(figure, form) {
  const rate = form.elements.rate.valueAsNumber;
  const steps = form.elements.steps.valueAsNumber;
  const { weight, bias, loss } = descent(rate, steps);
  const factor = 1 - 2 * rate;
  const state =
    `학습률 ${rate}, 갱신 ${steps}번: ` +
    `W = ${shown(weight)}, B = ${shown(bias)}, 손실 = ${shown(loss)}`;
  form.elements.state.value = `${state}. 남은 거리가 매번 ${shown(factor, 2)}배가 되어 ${verdict(factor)}.`;
  figure.setAttribute("aria-label", `손실의 등고선 위에 그린 경사 하강법의 경로. ${state}`);

  // In SVG y grows downwards; a line of no length has the round ends of a dot.
  const points = Array.from({ length: steps + 1 }, (_, step) => {
    const at = descent(rate, step);
    return `${Number(at.weight.toFixed(4))} ${Number((-at.bias).toFixed(4))}`;
  });
  const dots = points.map((point) => `M${point}h0`);
  const [line, every, last] = figure.querySelectorAll(".path path");
  line.setAttribute("d", `M${points.join("L")}`);
  every.setAttribute("d", dots.join(""));
  last.setAttribute("d", dots.at(-1));
}

const figure = document.querySelector("svg.figure:has(.path)");
figure.insertAdjacentHTML(
  "beforebegin",
  `<form class="sliders">
    <label>학습률 <input type="range" name="rate" min="0.01" max="1.05" step="0.01" value="0.01"></label>
    <label>갱신 횟수 <input type="range" name="steps" min="0" max="200" value="200"></label>
    <output name="state"></output>
  </form>`,
);
const form = figure.previousElementSibling;
form.addEventListener("input", () => draw(figure, form));
draw(figure, form);
