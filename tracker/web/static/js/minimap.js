/* The small map of a project's page: the project at its places, with a ring where they are approximate. */

import { addInset, drawProvinces, drawTiles, settings, speak } from "./map-layers.js";
import { familyColours, loadIcons, paintProject, Sign } from "./map-signs.js";

const RING_M = { approximate: 3000, commune: 5000 }; // a sign of uncertainty, not a measure of it

async function start(host) {
  const { map, layers } = window.trackerMaps.site;
  const options = settings(host);
  const spots = JSON.parse(options.spots);
  map.invalidateSize({ animate: false });
  speak(map, options.words);
  map.getContainer().setAttribute("aria-label", options.name);
  const bounds = L.latLngBounds(spots.map(([lon, lat]) => [lat, lon]));
  map.fitBounds(bounds.pad(0.3), { maxZoom: 10, animate: false });
  drawTiles(map, options);
  addInset(map, options.inset, options.words);
  const notice = document.createElement("span");
  notice.textContent = options.words.boundaries;
  map.attributionControl.addAttribution(notice.innerHTML);
  await drawProvinces(map, layers["provinces-34"], options.layer, { filled: !options.tiles });
  const [colour] = familyColours([options.family], host);
  const icons = await loadIcons(options.signs).catch(() => ({}));
  for (const [lon, lat, accuracy] of spots) {
    const approximate = accuracy !== "exact";
    if (RING_M[accuracy]) {
      L.circle([lat, lon], { radius: RING_M[accuracy], color: colour, weight: 1.5, dashArray: "5 4", fillOpacity: 0.06,
                             interactive: false }).addTo(layers.projects);
    }
    const look = { colour, status: options.status, approximate, radius: 11, icon: icons[options.family] };
    new Sign([lat, lon], { radius: 11, interactive: false, paint: (context) => paintProject(context, look) })
      .addTo(layers.projects);
  }
  host.dataset.ready = "true";
}

for (const host of document.querySelectorAll("[data-mini-map]")) start(host);
