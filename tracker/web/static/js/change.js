// Opens the question "since when, and who says so?" as soon as a status or a capacity is changed.
"use strict";

(() => {
  const question = document.querySelector("details[data-change-of]");
  if (!question) return;
  const asked = question.dataset.changeOf.split(" ");
  question.closest("form").addEventListener("change", (event) => {
    const name = (event.target.name || "").split("-").pop();
    if (asked.includes(name)) question.open = true;
  });
})();
