// Live cells: an editor for a cell's code, which Python runs in the page; this browser keeps it.

{
  const { key } = document.currentScript.dataset;
  const CHECK = "확인";
  const HELP =
    "Tab은 들여쓰기이고, Esc를 누르고 나서 Tab을 누르면 편집기를 벗어납니다. " +
    "Ctrl+Enter는 실행입니다.";
  const CLOSED = `<span class="name"></span> <button type="button"></button>`;
  const OPEN = `
    <span class="name"></span>
    <div class="editor">
      <div class="numbers" aria-hidden="true"></div>
      <textarea autocapitalize="off" autocomplete="off" autocorrect="off" spellcheck="false"
        wrap="off" aria-description="${HELP}"></textarea>
    </div>
    <p class="help" aria-hidden="true">${HELP}</p>
    <div class="buttons">
      <button type="button">실행</button>
      <button type="button" hidden>멈추기</button>
      <button type="button">처음으로</button>
    </div>
    <p role="status"></p>
    <div class="cell_output docutils container">
      <div class="output stream">
        <div class="highlight"><pre role="log" aria-label="출력"></pre></div>
      </div>
    </div>`;
  // What a learner is told beside Python's own words.
  const WORDS = {
    AssertionError: "assert 뒤의 조건이 거짓입니다.",
    AttributeError: "이 값에는 그런 속성이나 메서드가 없습니다. 점 뒤의 이름을 확인하세요.",
    IndentationError: "들여쓰기가 맞지 않습니다. 한 블록의 줄은 앞의 공백 수가 같아야 합니다.",
    IndexError: "리스트의 끝을 벗어난 자리입니다.",
    JavascriptError: "이 페이지에서 실행하는 파이썬은 하지 못하는 일입니다.",
    KeyError: "딕셔너리에 그런 키가 없습니다.",
    ModuleNotFoundError: "여기에서 불러올 수 있는 모듈은 math뿐입니다.",
    NameError: "정의하지 않은 이름입니다. 철자를 확인하고, 그 앞에서 정의했는지 보세요.",
    RecursionError: "함수가 자기 자신을 끝없이 호출합니다. 언제 멈출지 정하세요.",
    SyntaxError: "문법에 맞지 않습니다. 이 줄과 윗줄에서 괄호, 따옴표, 콜론을 확인하세요.",
    TypeError: "이 자료형으로는 할 수 없는 연산이거나, 인수의 개수가 맞지 않습니다.",
    UnboundLocalError: "함수 안에서 값을 정하기 전에 쓴 이름입니다.",
    ValueError: "자료형은 맞지만 여기에 쓸 수 없는 값입니다.",
    ZeroDivisionError: "0으로 나눌 수 없습니다.",
  };

  let python; // from the first run on
  let presses = 0; // of which the last counts
  let last = Promise.resolve(); // the run that was asked for last

  /** What readers typed in this browser, by the code that stands on the page. */
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {}; // a browser that keeps nothing
    }
  };
  const keep = (code, typed) => {
    const { [code]: _, ...others } = kept();
    const all = typed === code ? others : { ...others, [code]: typed };
    try {
      localStorage.setItem(key, JSON.stringify(all));
    } catch {
      // What was typed is forgotten with the page.
    }
  };

  /** Type a text where the cursor is, in a way that can be undone. */
  const type = (editor, text) => {
    editor.selectionEnd = editor.selectionStart; // what is selected stays
    document.execCommand("insertText", false, text);
  };

  /** The white space that the next line begins with: that of this one, and more after a colon. */
  const indent = ({ value, selectionStart }) => {
    const line = value.slice(0, selectionStart).split("\n").at(-1);
    return line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
  };

  /** Let Tab and Enter indent; after Escape the next Tab leaves, as it does everywhere else. */
  const listen = (editor, run) => {
    let leaving = false;
    editor.addEventListener("keydown", (event) => {
      const { key: pressed, shiftKey, ctrlKey, metaKey, isComposing } = event;
      if (isComposing) return; // a syllable is not complete
      let typed = "";
      if (pressed === "Tab" && !shiftKey && !leaving) typed = "    ";
      else if (pressed === "Enter" && !(ctrlKey || metaKey)) typed = `\n${indent(editor)}`;
      leaving = pressed === "Escape";
      if (typed) type(editor, typed);
      else if (pressed === "Enter") run();
      else return;
      event.preventDefault();
    });
  };

  class Cell {
    constructor(element, number) {
      this.element = element;
      this.check = element.dataset.check;
      this.name = this.check ? "내 코드" : `셀 ${number}`;
      const input = element.querySelector(".cell_input"); // an attempt has none
      this.code = element.dataset.code ?? input.querySelector("pre").textContent.trimEnd();
      this.place = document.createElement("form");
      this.place.className = "live";
      element.insertBefore(this.place, input?.nextSibling);
      this.offer();
      element.hidden = false;
      const typed = kept()[this.code];
      if (typed === undefined) return;
      this.open(typed);
      this.tell("전에 고친 코드입니다. 「처음으로」를 누르면 페이지의 코드로 돌아갑니다.");
    }

    get source() {
      return this.editor?.value ?? this.code;
    }

    /** Fill the place below the code. */
    fill(html) {
      this.place.innerHTML = html;
      this.find(".name").textContent = this.name;
    }

    find(selector) {
      return this.place.querySelector(selector);
    }

    /** Show the page's code, and the button that opens the editor. */
    offer() {
      this.editor = undefined;
      this.element.classList.remove("open", "ran");
      this.fill(CLOSED);
      this.find("button").textContent = this.check ? "직접 풀어 보기" : "고쳐서 실행";
      this.find("button").addEventListener("click", () => {
        this.open(this.code);
        this.editor.focus();
      });
    }

    /** Show the editor. */
    open(code) {
      this.element.classList.add("open");
      this.fill(OPEN);
      this.editor = this.find("textarea");
      this.status = this.find("[role=status]");
      this.shown = this.find("pre");
      [this.run, this.stop, this.back] = this.place.querySelectorAll("button");
      this.editor.value = code;
      this.editor.setAttribute("aria-label", `${this.name}의 코드`);
      this.editor.addEventListener("input", () => this.note());
      this.number();
      listen(this.editor, () => start(this));
      this.run.addEventListener("click", () => start(this));
      this.stop.addEventListener("click", halt);
      this.back.addEventListener("click", () => this.reset());
    }

    reset() {
      halt();
      keep(this.code, this.code);
      this.offer();
      this.find("button").focus();
    }

    /** Keep what was typed. */
    note() {
      keep(this.code, this.editor.value);
      this.number();
    }

    /** Number the lines; the one with an error is marked. */
    number(wrong) {
      const lines = this.editor.value.split("\n");
      const numbers = lines.map((_, line) => {
        const number = document.createElement("span");
        number.textContent = line + 1;
        number.classList.toggle("wrong", line + 1 === wrong);
        return number;
      });
      this.find(".numbers").replaceChildren(...numbers);
      this.editor.rows = lines.length;
    }

    tell(words, right) {
      this.status.textContent = words;
      this.status.classList.toggle("right", right === true);
      this.status.classList.toggle("wrong", right === false);
    }

    print(text) {
      this.shown.append(text);
      const { scrollHeight, clientHeight } = this.shown;
      if (scrollHeight > clientHeight) this.shown.tabIndex = 0; // to be scrolled by keyboard
    }

    begin() {
      this.shown.textContent = "";
      this.element.classList.add("ran");
      this.stop.hidden = false;
      this.tell("실행하고 있습니다.");
    }

    end(error) {
      if (document.activeElement === this.stop) this.run.focus();
      this.stop.hidden = true;
      if (error) this.explain(error);
      else if (this.check) this.tell("맞습니다. 숨은 점에서도 값이 모두 맞습니다.", true);
      else if (this.shown.textContent) this.tell("실행했습니다.");
      else this.tell("오류 없이 실행했습니다. 출력하는 것이 없으니, 결과는 아래 셀에서 보세요.");
    }

    /** Tell what went wrong, in a learner's words and in Python's. */
    explain({ type: kind, name, line, message, trace }) {
      const words = WORDS[kind] ?? "";
      if (kind === "Unloaded") this.tell("파이썬을 불러오지 못했습니다. 다시 눌러 보세요.", false);
      else if (kind === "Stopped") this.tell("멈추었습니다.");
      else if (kind === "Flooded")
        this.tell("출력이 너무 길어 멈추었습니다. 반복문이 끝나는지 보세요.", false);
      else if (name === CHECK && kind === "AssertionError")
        this.tell(message.replace(`${kind}: `, "아직 아닙니다. "), false);
      else if (name === CHECK) {
        this.tell(`코드가 낸 값을 확인하다가 오류가 났습니다. ${words}`, false);
        this.print(message);
      } else {
        this.tell(`${name}의 ${line}번째 줄에서 오류가 났습니다. ${words}`, false);
        this.print(trace);
        const cell = cells.find((other) => other.name === name && other.editor);
        cell?.number(line);
      }
    }
  }

  const cells = []; // attempts among them
  /** The cells to run before one: those above, but neither attempts nor those of other solutions. */
  const needed = (cell) => {
    const own = cell.element.closest(".solution");
    return cells.slice(0, cells.indexOf(cell)).filter(({ check, element }) => {
      const solution = element.closest(".solution");
      return !check && (!solution || solution === own);
    });
  };

  /** Stop what runs, or will when the interpreter has come. */
  const halt = () => {
    presses += 1;
    python?.stop();
  };

  /** Run a cell after those that it needs, and its check; return the first error. */
  const run = async (cell, press) => {
    try {
      python = await globalThis.loadPython();
    } catch {
      return { type: "Unloaded" };
    }
    let fresh = true;
    for (const part of [...needed(cell), cell]) {
      if (press !== presses) return { type: "Stopped" };
      const onOutput = part === cell ? (text) => cell.print(text) : undefined;
      const { error } = await python.run(part.source, { name: part.name, fresh, onOutput });
      if (error) return error;
      fresh = false;
    }
    return cell.check && (await python.run(cell.check, { name: CHECK })).error;
  };

  /** Run a cell when what runs has been stopped, unless something else is pressed before. */
  const start = (cell) => {
    halt();
    const press = presses;
    last = last.then(async () => {
      if (press !== presses) return;
      cell.begin();
      cell.end(await run(cell, press));
    });
  };

  for (const element of document.querySelectorAll(".tag_live")) {
    const number = cells.filter(({ check }) => !check).length + 1;
    cells.push(new Cell(element, number));
  }
}
