/* Popups: built node by node from JSON, so that no name is ever read as markup. */

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function statusBadge([code, label]) {
  const badge = element("span", `status status--${code}`);
  badge.append(element("span", `dot status--${code}`), label);
  return badge;
}

/** The popup of one project; `back` leads to the list it was opened from. */
export function projectContent(point, { words, address, back }) {
  const { project, accuracy } = point;
  const box = element("div", "map-popup");
  const title = element("p", "map-popup__title", project.name);
  const badge = element("p");
  badge.append(element("span", "map-popup__code", project.code), " ", statusBadge(project.status));
  const facts = element("dl", "map-popup__facts");
  const lines = [[words.capacity, project.capacity], [words.technology, project.technology], [words.plan, project.plan],
                 [words.province, project.province],
                 [words.place, accuracy[1] + (project.points.length > 1 ? ` · ${words.sites.replace("{n}", project.points.length)}` : "")]];
  for (const [label, value] of lines) {
    if (!value) continue;
    const line = element("div");
    line.append(element("dt", "", label), element("dd", "", value));
    facts.append(line);
  }
  const more = element("p", "map-popup__more");
  const link = element("a", "", words.open);
  link.href = address.replace("CODE", encodeURIComponent(project.code));
  more.append(link);
  box.append(title, badge, facts, more);
  if (back) {
    const button = element("button", "btn btn--small", words.back);
    button.type = "button";
    button.addEventListener("click", back);
    box.append(button);
  }
  return box;
}

/** The popup of several projects at one spot: every one of them, each opening its own. */
export function listContent(points, { words, format, open }) {
  const box = element("div", "map-popup");
  box.append(element("p", "map-popup__title", words.here.replace("{n}", format(points.length))));
  const list = element("ul", "map-popup__list");
  for (const point of points) {
    const button = element("button", "map-popup__item");
    button.type = "button";
    button.append(element("b", "", point.project.name),
                  element("span", "", `${point.project.code} · ${point.project.capacity} · ${point.project.status[1]}`));
    button.addEventListener("click", (event) => { event.stopPropagation(); open(point); });
    list.append(element("li"));
    list.lastChild.append(button);
  }
  box.append(list);
  return box;
}

/** The tooltip of a sign. */
export function tooltipContent(group, { words, format }) {
  const [first] = group.projects;
  const text = group.projects.length === 1
    ? `${first.name} · ${first.capacity}`
    : words.projectsMw.replace("{n}", format(group.projects.length)).replace("{mw}", format(group.mw));
  return element("span", "", text);
}
