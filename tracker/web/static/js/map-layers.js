/* What every map has apart from projects: boundaries, zones, the inset, words of the controls, tiles when configured. */

const BORDER = { color: "#66727f", weight: 1, fill: true, fillColor: "#f7f5ee", fillOpacity: 1, interactive: false };
const OLD_BORDER = { color: "#8a5200", weight: 1, dashArray: "4 3", fill: false, interactive: false };
const ZONE = { color: "#164a86", weight: 1.5, dashArray: "6 4", fillColor: "#164a86", fillOpacity: 0.07, interactive: false };
const DRAWN_FROM = 8; // pixels: a smaller circle would look like a project
const NAMED_FROM = 26; // pixels: radius from which a zone carries its name

/** The whole country with its sea: what a first view shows. */
export const COUNTRY = L.latLngBounds([7.0, 102.0], [23.5, 117.9]);

/** Read the settings that the page hands over in data attributes. */
export function settings(host) {
  const data = host.dataset;
  return { ...data, words: JSON.parse(data.words), english: data.language === "en" };
}

/** Fetch a GeoJSON layer of our own origin. */
export async function fetchLayer(base, code) {
  const answer = await fetch(base.replace("islands", code));
  if (!answer.ok) throw new Error(`layer ${code}: status ${answer.status}`);
  return answer.json();
}

/** Return options that put a layer under the signs, on a canvas of its own. */
function under(map, name, level) {
  if (!map.getPane(name)) map.createPane(name).style.zIndex = level;
  return { pane: name, renderer: L.canvas({ pane: name }), interactive: false };
}

/** Draw the provinces of today, filled: the land of a map without tiles. */
export async function drawProvinces(map, group, base, { filled }) {
  const style = filled ? BORDER : { ...BORDER, fill: false };
  group.addLayer(L.geoJSON(await fetchLayer(base, "provinces-34"), { ...under(map, "land", 340), style }));
}

/** Draw the former provinces as lines. */
export async function drawFormer(map, group, base) {
  group.addLayer(L.geoJSON(await fetchLayer(base, "provinces-63"), { ...under(map, "former", 350), style: OLD_BORDER }));
}

/** Draw zones as circles of their area, named from near; the name says that the circle is approximate. */
export async function drawZones(map, group, address, { english, words }) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`zones: status ${answer.status}`);
  const place = under(map, "zones", 360);
  const circles = (await answer.json()).features.map(({ geometry, properties }) => {
    const [lon, lat] = geometry.coordinates;
    const label = document.createElement("span");
    label.textContent = `${english ? properties.name_en : properties.name_vi} (${words.approximateZone})`;
    return L.circle([lat, lon], { ...ZONE, ...place, radius: properties.radius_m })
      .bindTooltip(label, { permanent: true, direction: "center", className: "zone-label" }).addTo(group);
  });
  const name = () => {
    for (const circle of circles) {
      const pixels = circle.getRadius() / (40075016.7 * Math.cos(circle.getLatLng().lat * Math.PI / 180) / 256 / 2 ** map.getZoom());
      const seen = pixels >= DRAWN_FROM;
      circle.setStyle({ opacity: seen ? 1 : 0, fillOpacity: seen ? ZONE.fillOpacity : 0 });
      if (pixels >= NAMED_FROM) circle.openTooltip();
      else circle.closeTooltip();
    }
  };
  map.on("zoomend", name);
  group.on("add", name);
  name();
}

/** Add the configured tiles under everything. Their attribution is text, never markup. */
export function drawTiles(map, { tiles, tileAttribution }) {
  if (!tiles) return;
  const text = document.createElement("span");
  text.textContent = tileAttribution || "";
  L.tileLayer(tiles, { maxZoom: 18, attribution: text.innerHTML,
                       referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
}

/** Give the map's controls the words of the page and a name to the map itself. */
export function speak(map, words) {
  const box = map.getContainer();
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", words.map);
  const names = { ".leaflet-control-zoom-in": words.zoomIn, ".leaflet-control-zoom-out": words.zoomOut,
                  ".leaflet-control-zoom-fullscreen": words.fullScreen };
  const apply = () => {
    for (const [selector, name] of Object.entries(names)) {
      for (const button of box.querySelectorAll(selector)) {
        button.title = name;
        button.setAttribute("aria-label", name);
      }
    }
    for (const button of box.querySelectorAll(".polyline-measure-controlOnBgColor, [id^='polyline-measure'], .polyline-measure-unicode-icon")) {
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", button.title);
    }
  };
  apply();
  map.on("enterFullscreen", () => { names[".leaflet-control-zoom-fullscreen"] = words.exitFullScreen; apply(); });
  map.on("exitFullscreen", () => { names[".leaflet-control-zoom-fullscreen"] = words.fullScreen; apply(); });
  map.on("popupopen", ({ popup }) => {
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", words.close);
  });
  map.attributionControl.setPrefix(false);
}

/** Show where a close view lies in the country, with both archipelagos, whenever they are out of sight. */
export function addInset(map, address, words) {
  const control = L.control({ position: "bottomleft" });
  const box = L.DomUtil.create("div", "map-inset");
  const picture = box.appendChild(document.createElement("img"));
  picture.src = address;
  picture.alt = words.inset;
  const mark = box.appendChild(document.createElement("span"));
  mark.className = "map-inset__mark";
  control.onAdd = () => box;
  control.addTo(map);
  const mercator = (lat) => L.CRS.EPSG3857.project(L.latLng(lat, 0)).y;
  const [top, bottom] = [mercator(COUNTRY.getNorth()), mercator(COUNTRY.getSouth())];
  const place = () => {
    const view = map.getBounds();
    box.hidden = view.contains([[16.5, 112.0], [10.0, 114.0]]);
    const across = (lon) => (lon - COUNTRY.getWest()) / (COUNTRY.getEast() - COUNTRY.getWest());
    const down = (lat) => (top - mercator(lat)) / (top - bottom);
    const limit = (value) => Math.min(1, Math.max(0, value));
    const [left, right] = [limit(across(view.getWest())), limit(across(view.getEast()))];
    const [upper, lower] = [limit(down(view.getNorth())), limit(down(view.getSouth()))];
    mark.style.left = `${left * 100}%`;
    mark.style.top = `${upper * 100}%`;
    mark.style.width = `${Math.max(0.03, right - left) * 100}%`;
    mark.style.height = `${Math.max(0.03, lower - upper) * 100}%`;
  };
  map.on("moveend", place);
  place();
}
