// Shows beside the name which projects may be the one being typed. The same is told after saving without scripts.
"use strict";

(() => {
  const PAUSE = 500;
  const form = () => document.querySelector("form[data-project-form]");
  const box = () => document.querySelector("[data-lookalikes]");
  if (!box()) return;

  const values = (pattern) => [...form().elements]
    .filter((control) => control.name && pattern.test(control.name) && control.value.trim())
    .map((control) => control.value.trim());
  const first = (pattern) => values(pattern)[0] ?? "";
  let timer = 0;
  let asked = "";

  function question() {
    const query = new URLSearchParams({
      name: form().elements.name_vi.value || form().elements.name_en.value,
      lat: first(/^sites-\d+-lat$/), lon: first(/^sites-\d+-lon$/), mw: first(/^units-\d+-capacity_mw$/),
      province: form().elements.province_code.value, except: box().dataset.except,
    });
    for (const code of values(/^units-\d+-technology$/)) query.append("technology", code);
    for (const name of values(/^parties-\d+-organisation$/)) query.append("investor", name);
    return query.toString();
  }

  function show(found) {
    const list = box().querySelector("ul");
    list.replaceChildren(...found.map((one) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = one.url;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = `${one.code} – ${one.name}`;
      item.append(link, ` (${one.size}): ${one.reasons.join(", ")}`);
      return item;
    }));
    box().hidden = found.length === 0;
  }

  async function ask() {
    const query = question();
    if (query === asked) return;
    asked = query;
    try {
      const answer = await fetch(`${box().dataset.lookalikes}?${query}`, { credentials: "same-origin" });
      if (answer.ok && query === asked) show(await answer.json());
    } catch {
      asked = "";  // the network will be back; saving tells the same
    }
  }

  document.addEventListener("input", (event) => {
    if (!form()?.contains(event.target)) return;
    if (!/^(name_|province_code|sites-\d+-(lat|lon)|units-\d+-(technology|capacity_mw)|parties-\d+-organisation)/.test(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
})();
