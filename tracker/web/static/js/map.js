/* The map page: draws the selection on the frame that Folium composed, keeps list, filter and address bar in step. */

import { addInset, COUNTRY, drawFormer, drawProvinces, drawTiles, drawZones, settings, speak } from "./map-layers.js";
import { gather, load } from "./map-points.js";
import { listContent, projectContent, tooltipContent } from "./map-popup.js";
import { familyColours, loadIcons, paintMany, paintProject, radiusOf, radiusOfMany, Sign } from "./map-signs.js";

const host = document.getElementById("map");
const shell = document.getElementById("map-shell");
const panel = document.getElementById("map-panel");
const form = document.getElementById("map-form");
const results = document.getElementById("map-results");
const status = document.getElementById("map-status");
const handle = document.getElementById("map-handle");

const { map, layers } = window.trackerMaps.country;
const options = settings(host);
const { words } = options;
const format = (number) => new Intl.NumberFormat(options.language, { maximumFractionDigits: 1 }).format(number);
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const phone = matchMedia("(max-width: 47.99rem)");

const state = { data: null, chosen: null, query: new URLSearchParams(), request: null, icons: {}, colours: [], attributions: [] };

if (still) {
  const panBy = map.panBy.bind(map);
  map.panBy = (offset, how) => panBy(offset, { ...how, animate: false });
}

/* Drawing */

function draw() {
  const group = layers.projects;
  group.clearLayers();
  if (!state.data) return;
  for (const gathered of gather(state.data.points, map)) group.addLayer(signOf(gathered));
  document.dispatchEvent(new CustomEvent("tracker:drawn"));
}

function signOf(gathered) {
  const one = gathered.projects.length === 1;
  const [point] = gathered.points;
  const look = {
    colour: state.colours[point.project.family], shares: sharesOf(gathered.projects),
    radius: one ? radiusOf(point.project.mw, map.getZoom()) : radiusOfMany(gathered.projects.length, map.getZoom()),
    approximate: gathered.points.every(({ accuracy }) => accuracy[0] !== "exact"),
    status: point.project.status[0], icon: state.icons[state.data.families[point.project.family]],
    count: format(gathered.projects.length), text: gathered.clustered && gathered.mw ? `${format(Math.round(gathered.mw))} MW` : "",
  };
  const paint = (context) => {
    const chosen = gathered.projects.some((project) => project.code === state.chosen);
    (one ? paintProject : paintMany)(context, { ...look, chosen });
  };
  const sign = new Sign(gathered.latlng, { radius: look.radius, paint, bubblingMouseEvents: false });
  sign.gathered = gathered;
  sign.bindTooltip(tooltipContent(gathered, { words, format }), { direction: "top", offset: [0, -look.radius] });
  sign.on("click", (event) => openAt(event.containerPoint, sign));
  return sign;
}

/** Return the colours of the families in a group, each with its part of the projects, the largest first. */
function sharesOf(projects) {
  const counts = new Map();
  for (const { family } of projects) counts.set(family, (counts.get(family) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([family, count]) => [state.colours[family], count / projects.length]);
}

/** Open what lies under a pointer: one project at once, several as a list; a cluster that zooming parts is zoomed into. */
function openAt(pixel, sign) {
  if (sign.gathered.clustered && sign.gathered.projects.length > 1) {
    const extent = L.latLngBounds(sign.gathered.points.map((point) => point.latlng));
    const zoom = map.getBoundsZoom(extent);
    if (extent.getSouthWest().distanceTo(extent.getNorthEast()) > 100 && zoom > map.getZoom()) {
      map.fitBounds(extent, { padding: [40, 40], maxZoom: map.getZoom() + 4, animate: !still });
      return;
    }
  }
  const under = [];
  layers.projects.eachLayer((other) => {
    const away = map.latLngToContainerPoint(other.getLatLng()).distanceTo(pixel);
    if (other === sign || away <= Math.max(12, other.options.radius)) under.push([away, other]);
  });
  under.sort(([a], [b]) => a - b);
  const points = under.flatMap(([, other]) => other.gathered.points)
    .filter((point, i, all) => all.findIndex(({ project }) => project === point.project) === i);
  if (points.length === 1) openProject(points[0]);
  else openList(points, sign.getLatLng());
}

function openProject(point, back) {
  choose(point.project.code);
  const day = state.query.get("as_of");
  const address = options.project + (day ? `?as_of=${encodeURIComponent(day)}` : "");
  const context = { words, address, back };
  show(point.latlng, projectContent(point, context));
}

function openList(points, latlng) {
  const again = () => openList(points, latlng);
  choose(null);
  const context = { words, format, open: (point) => openProject(point, again) };
  show(latlng, listContent(points, context));
}

/** Open a popup; whoever was in the last one with the keyboard stays in the new one. */
function show(latlng, content) {
  const within = document.activeElement && document.activeElement.closest(".leaflet-popup");
  L.popup({ maxWidth: 320, minWidth: 220, maxHeight: Math.max(180, map.getSize().y - 120), autoPanPadding: [16, 16] })
    .setLatLng(latlng).setContent(content).openOn(map);
  if (within) content.querySelector("a, button").focus({ preventScroll: true });
}

/** Mark a project on the map and in the list. */
function choose(code) {
  state.chosen = code;
  layers.projects.eachLayer((sign) => sign.redraw());
  for (const row of results.querySelectorAll("[data-code]")) {
    const mine = row.dataset.code === code;
    row.toggleAttribute("aria-current", mine);
    if (mine) {
      row.setAttribute("aria-current", "true");
      if (!phone.matches) row.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
    }
  }
}

/** Fly to a project from the list. */
function goTo(code) {
  const project = state.data && state.data.projects.find((one) => one.code === code);
  if (!project || !project.points.length) return;
  sheet(false);
  const bounds = L.latLngBounds(project.points.map((point) => point.latlng));
  const zoom = Math.max(map.getZoom(), Math.min(10, map.getBoundsZoom(bounds)));
  map.once("moveend", () => openProject(project.points[0]));
  map.setView(bounds.getCenter(), zoom, { animate: !still, duration: 0.6 });
  if (still) map.fire("moveend");
}

/* Filter, list and address bar */

function queryOfForm() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (String(value).trim()) query.append(name, String(value).trim());
  return query;
}

function addressNow() {
  const query = new URLSearchParams(state.query);
  const centre = map.getCenter();
  query.set("z", String(Math.round(map.getZoom() * 100) / 100));
  query.set("lat", centre.lat.toFixed(4));
  query.set("lon", centre.lng.toFixed(4));
  return `${options.page}?${query}`;
}

function remember(push = false) {
  history[push ? "pushState" : "replaceState"](null, "", addressNow());
  for (const link of document.querySelectorAll("a[hreflang]")) {
    const address = new URL(addressNow(), location.href);
    address.searchParams.set("lang", link.hreflang);
    link.href = address.pathname + address.search;
  }
}

async function update({ fit, push = false }) {
  if (state.request) state.request.abort();
  const request = new AbortController();
  state.request = request;
  results.setAttribute("aria-busy", "true");
  say(words.loading);
  try {
    const [data, lines] = await Promise.all([
      load(options.source, state.query, options.language, request.signal), push ? fetchPanel(request.signal) : null]);
    state.data = data;
    state.colours = familyColours(data.families, host);
    if (lines) results.replaceChildren(...lines);
    attribute(data.licences);
    if (fit && data.points.length) fitTo(data.points);
    else if (push && data.points.length && !data.points.some(({ latlng }) => map.getBounds().contains(latlng))) fitTo(data.points);
    draw();
    if (push) remember(true);
    say(push ? words.projects.replace("{n}", format(data.projects.length)) : "");
    if (push) setTimeout(() => { if (state.request === request) say(""); }, 4000);
  } catch (error) {
    if (error.name === "AbortError") return;
    offerAgain(() => update({ fit, push }));
  }
  results.setAttribute("aria-busy", "false");
}

/** Fetch the panel of the present query as nodes; the server has escaped what they say. */
async function fetchPanel(signal) {
  const wanted = new URLSearchParams(state.query);
  wanted.set("lang", options.language);
  const answer = await fetch(`${options.panel}?${wanted}`, { signal });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...parsed.body.childNodes].map((node) => document.importNode(node, true));
}

function say(text) {
  status.textContent = text;
}

function offerAgain(again) {
  say(`${words.failed} `);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--small";
  button.textContent = words.retry;
  button.addEventListener("click", again);
  status.append(button);
}

function attribute(licences) {
  for (const text of state.attributions) map.attributionControl.removeAttribution(text);
  const escape = document.createElement("span");
  state.attributions = [words.boundaries, ...licences].map((text) => {
    escape.textContent = text;
    return escape.innerHTML;
  });
  for (const text of state.attributions) map.attributionControl.addAttribution(text);
}

function fitTo(points) {
  const bounds = L.latLngBounds(points.map((point) => point.latlng));
  map.fitBounds(bounds, { padding: [48, 48], maxZoom: 10, animate: false });
}

/** Open or close the sheet with filter and list on a phone. */
function sheet(open) {
  shell.classList.toggle("is-open", open);
  handle.setAttribute("aria-expanded", String(open));
  handle.textContent = open ? words.hideList : words.showList;
}

function startView() {
  if (options.zoom) map.setView([Number(options.lat), Number(options.lon)], Number(options.zoom), { animate: false });
  else map.fitBounds(COUNTRY, { animate: false });
}

/** Say beside each filter how many of its options are chosen. */
function countChoices() {
  for (const choice of form.querySelectorAll(".map-choice")) {
    const count = choice.querySelector(".map-choice__count");
    count.textContent = choice.querySelectorAll("input:checked").length || count.dataset.all;
  }
  const names = new Set([...state.query.keys()].filter((name) => name !== "sort" && name !== "as_of"));
  document.getElementById("map-filter-count").textContent = names.size ? ` (${names.size})` : "";
}

function listen() {
  let typing = null;
  const changed = () => {
    state.query = queryOfForm();
    countChoices();
    map.closePopup();
    update({ fit: false, push: true });
  };
  form.addEventListener("change", () => { clearTimeout(typing); changed(); });
  form.addEventListener("input", ({ target }) => {
    if (target.type === "checkbox") return;
    clearTimeout(typing);
    typing = setTimeout(changed, 400);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(typing); changed(); });
  results.addEventListener("click", ({ target }) => {
    const row = target.closest("button[data-code]");
    if (row) goTo(row.dataset.code);
  });
  document.getElementById("map-layers").addEventListener("change", ({ target }) => {
    const layer = layers[target.value];
    if (target.checked) map.addLayer(layer);
    else map.removeLayer(layer);
    if (target.value === "provinces-63" && target.checked && !layer.getLayers().length) drawFormer(map, layer, options.layer);
  });
  handle.hidden = false;
  handle.addEventListener("click", () => sheet(!shell.classList.contains("is-open")));
  map.on("zoomend", draw);
  map.on("moveend", () => remember());
  map.on("popupclose", () => choose(null));
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") map.closePopup(); });
  window.addEventListener("popstate", () => location.reload());
}

async function start() {
  shell.classList.add("is-live");
  sheet(false);
  map.invalidateSize({ animate: false });
  speak(map, words);
  startView();
  drawTiles(map, options);
  addInset(map, options.inset, words);
  state.query = queryOfForm();
  listen();
  const narrowed = [...state.query.keys()].some((name) => name !== "sort" && name !== "as_of");
  const base = [drawProvinces(map, layers["provinces-34"], options.layer, { filled: !options.tiles }),
                drawZones(map, layers.zones, options.zones, options)];
  state.icons = await loadIcons(options.signs).catch(() => ({}));
  await update({ fit: narrowed && !options.zoom });
  await Promise.allSettled(base);
  host.dataset.ready = "true";
}

start();
