// The form of a project works without this. With it, rows come and go without losing the place on the page, and
// only the quantities of the chosen technology are in sight.
"use strict";

(() => {
  const form = () => document.querySelector("form[data-project-form]");
  const status = document.querySelector("[data-announce]");

  // A quantity that holds a value stays in sight whatever the technology: nothing typed disappears.
  function showQuantities(row) {
    const chosen = row.querySelector("select[name$='-technology']")?.value;
    for (const box of row.querySelectorAll("[data-technologies]")) {
      const applies = !chosen || box.dataset.technologies.split(" ").includes(chosen);
      const filled = [...box.querySelectorAll("input")].some((input) => input.value.trim() !== "");
      box.hidden = !applies && !filled;
    }
  }

  function showDependents() {
    for (const box of form().querySelectorAll("[data-shown-by]")) {
      const switchBox = form().elements[box.dataset.shownBy];
      const filled = [...box.querySelectorAll("input, textarea, select")].some((control) => control.value.trim() !== "");
      box.hidden = !switchBox.checked && !filled;
    }
  }

  function prepare() {
    form().querySelectorAll("fieldset.row").forEach(showQuantities);
    showDependents();
  }

  // The server lays out the changed form; it gets everything typed so far and gives everything back.
  // (form.action would be the button of that name.)
  async function partial(button) {
    const current = form();
    const data = new FormData(current, button);
    const before = new Set([...current.querySelectorAll("fieldset.row")].map((row) => row.id));
    current.inert = true;
    try {
      const answer = await fetch(current.getAttribute("action"), { method: "POST", body: data, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("form[data-project-form]");
      if (!answer.ok || !next) throw new Error(String(answer.status));
      current.replaceWith(document.adoptNode(next));
      prepare();
      const added = [...form().querySelectorAll("fieldset.row")].find((row) => !before.has(row.id));
      const section = form().querySelector(`#part-${button.dataset.partial}`);
      const target = added?.querySelector("select, input:not([type=hidden]), textarea") ?? section?.querySelector("button, select");
      target?.focus();
      if (status) status.textContent = added?.querySelector("legend")?.textContent ?? "";
    } catch {
      // without the network trick: post the page as a browser without scripts would
      current.inert = false;
      button.removeAttribute("data-partial");
      current.requestSubmit(button);
    }
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target !== form() || !button?.dataset.partial) return;
    event.preventDefault();
    partial(button);
  });
  document.addEventListener("change", (event) => {
    if (!form()?.contains(event.target)) return;
    if (event.target.matches("select[name$='-technology']")) showQuantities(event.target.closest("fieldset.row"));
    if (event.target.name === "calling") showDependents();
  });
  if (form()) prepare();
  document.getElementById("errors")?.focus();
})();
