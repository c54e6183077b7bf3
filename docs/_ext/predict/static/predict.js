// Questions before a cell: is the reader's answer what the cell shows? Kept in this browser alone.

{
  const { key } = document.currentScript.dataset;

  /** The reader's answers, by the labels of their questions. */
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {}; // a browser that keeps nothing
    }
  };
  const keep = (label, answer) => {
    try {
      localStorage.setItem(key, JSON.stringify({ ...kept(), [label]: answer }));
    } catch {
      // The answer is forgotten with the page.
    }
  };
  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // There is nothing to forget.
    }
  };

  const inputs = (question) => [...question.querySelectorAll("input")];
  const chosen = (question) =>
    inputs(question).find(({ type, checked, value }) => (type === "radio" ? checked : value));
  const isRight = ({ type, value }, answer) =>
    type === "radio" ? value === answer : Number(value) === Number(answer);

  /** What the reader is told about an answer, with the hint of the choice. */
  const verdict = (input, right) => {
    const hint = input.parentElement.nextElementSibling?.content?.cloneNode(true);
    const words = document.createElement("strong");
    if (right) words.textContent = "맞습니다.";
    else words.textContent = hint ? "아닙니다." : "다시 생각해 보세요.";
    return hint ? [words, " ", hint] : [words];
  };

  const tell = (question, words, right) => {
    question.querySelector("[role=status]").replaceChildren(...words);
    question.classList.toggle("right", right === true);
    question.classList.toggle("wrong", right === false);
  };
  const judge = (question, input) => {
    const right = isRight(input, question.dataset.answer);
    tell(question, verdict(input, right), right);
  };
  const check = (question) => {
    const input = chosen(question);
    if (!input) return tell(question, ["먼저 답을 정하세요."]);
    keep(question.id, input.value);
    judge(question, input);
  };

  /** Put the answer of an earlier visit in; a choice may be no more. */
  const restore = (question, answer) => {
    const input = inputs(question).find(({ type, value }) => type !== "radio" || value === answer);
    if (answer === undefined || !input) return;
    if (input.type === "radio") input.checked = true;
    else input.value = answer;
    judge(question, input);
  };

  for (const question of document.querySelectorAll(".predict[data-answer]")) {
    const button = question.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", () => check(question));
    question.querySelector("details").hidden = true;
    question.addEventListener("input", () => tell(question, []));
    question.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input")) check(question);
    });
    restore(question, kept()[question.id]);
  }

  for (const line of document.querySelectorAll(".predict-progress")) {
    const [told, button] = line.children;
    const labels = line.dataset.questions.split(" ");
    const answers = kept();
    const count = labels.filter((label) => label in answers).length;
    told.textContent = `예상 문제 ${labels.length}개 가운데 ${count}개에 답했습니다.`;
    line.hidden = count === 0;
    button.addEventListener("click", () => {
      forget();
      told.textContent = "기록을 지웠습니다.";
      button.remove();
      line.tabIndex = -1; // for the focus, which was on the button
      line.focus();
    });
  }
}
