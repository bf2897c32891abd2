// Keeps what is typed into the form of a project on the server, ten seconds after a change and when the page is left.
// Without this the form works as it is: nothing is stored before a button is pressed.
"use strict";

(() => {
  const WAIT = 10_000;
  const form = () => document.querySelector("form[data-draft]");
  const status = () => document.querySelector("[data-kept]");
  if (!form()) return;

  let timer = 0;
  let dirty = form().dataset.dirty !== undefined;
  let leaving = false;

  async function keep({ last = false } = {}) {
    clearTimeout(timer);
    timer = 0;
    if (!dirty || leaving) return;
    dirty = false;
    try {
      const answer = await fetch(form().dataset.draft, {
        method: "POST", body: new URLSearchParams(new FormData(form())), credentials: "same-origin", keepalive: last,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (status()) status().textContent = told.message;
    } catch {
      dirty = true;
      if (!last && status()) status().textContent = form().dataset.notKept;
      if (!last) later();
    }
  }

  function later() {
    if (!timer) timer = setTimeout(keep, WAIT);
  }

  function changed(event) {
    if (!form()?.contains(event.target)) return;
    dirty = true;
    later();
  }

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("submit", (event) => {
    // a button that only changes the rows keeps the person on the page
    if (event.target === form() && !event.submitter?.dataset.partial) leaving = true;
    if (event.target.matches("form[action$='/discard']")) leaving = true;
  });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("pagehide", () => { keep({ last: true }); });
  if (dirty) later();
})();
