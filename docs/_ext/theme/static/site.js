// What a page does beyond HTML: dark mode, tab stops, the section in view, copying.

{
  const root = document.documentElement;
  const button = document.getElementById("dark-mode");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const key = "eagerdemo-theme"; // nothing is kept where the reader's choice is the system's

  const show = (dark) => {
    root.dataset.theme = dark ? "dark" : "light";
    button.setAttribute("aria-pressed", dark);
  };
  const chosen = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const choose = (dark) => {
    show(dark);
    try {
      if (dark === system.matches) localStorage.removeItem(key);
      else localStorage.setItem(key, root.dataset.theme);
    } catch {
      // A browser that keeps nothing forgets the choice at the next page.
    }
  };

  show(root.dataset.theme === "dark");
  button.addEventListener("click", () => choose(root.dataset.theme === "light"));
  system.addEventListener("change", () => {
    if (!chosen()) show(system.matches); // whoever has chosen keeps the choice at nightfall too
  });
  // Paper is white; what the page looks like on the screen stands in the button.
  addEventListener("beforeprint", () => {
    root.dataset.theme = "light";
  });
  addEventListener("afterprint", () => show(button.getAttribute("aria-pressed") === "true"));
}

// What scrolls sideways can be reached, and so scrolled, by keyboard.
{
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else if (target !== document.activeElement) target.removeAttribute("tabindex"); // keeps focus
    }
  });
  const scrolling = "pre, .formula, .pst-scrollable-table-container, .cell_output > .output";
  for (const element of document.querySelectorAll(scrolling)) observer.observe(element);
}

// The contents show which section is in view, and their drawer closes on the way to a section.
{
  const contents = document.getElementById("page-contents");
  const links = contents ? contents.querySelectorAll("a[href^='#']") : [];
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const link = contents.querySelector(`a[href="#${target.id}"]`);
        if (isIntersecting) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-25% 0px -74% 0px" },
  ); // a line a quarter down the window
  for (const link of links) {
    const section = document.getElementById(link.hash.slice(1));
    if (section) observer.observe(section);
    link.addEventListener("click", () => contents.hidePopover());
  }
}

// Every listing has a button that copies what a reader would type: no prompts, no output.
{
  const prompt = /^(>>>|\.\.\.|\$)( |$)/;

  const typed = (text) => {
    const lines = text.trimEnd().split("\n");
    if (!prompt.test(lines[0])) return text;
    return lines
      .filter((line) => prompt.test(line))
      .map((line) => line.replace(prompt, ""))
      .join("\n");
  };

  const listings = document.querySelectorAll("div:not(.output) > .highlight > pre");
  for (const pre of navigator.clipboard ? listings : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.setAttribute("aria-live", "polite");
    button.textContent = "복사";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(typed(pre.textContent));
        button.textContent = "복사했습니다";
      } catch {
        button.textContent = "복사하지 못했습니다";
      }
      setTimeout(() => {
        button.textContent = "복사";
      }, 2000);
    });
    pre.before(button);
  }
}
