// Escape puts a term's meaning away until the reader comes to a term again.
{
  const root = document.documentElement;
  const termOf = (element) => element?.closest?.("[data-meaning]");

  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") root.dataset.meanings = "away";
  });
  for (const coming of ["pointerover", "focusin"])
    addEventListener(coming, ({ target, relatedTarget }) => {
      const term = termOf(target);
      if (term && term !== termOf(relatedTarget)) root.removeAttribute("data-meanings");
    });
}
