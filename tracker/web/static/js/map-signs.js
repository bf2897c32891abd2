/* Signs of projects on a Leaflet canvas: colour by family of technology, outline and fill by status, size by capacity,
   a dashed ring and a hollow middle where the place is approximate, a number where several projects share a spot. */

const FINGER = 12; // smallest radius that answers to a pointer, in pixels

const OUTLINES = { announced: [1, 3], pre_construction: [5, 3], unknown: [] };
const HOLLOW = new Set(["announced", "pre_construction", "cancelled", "unknown"]);

/** Return the radius in pixels for a size in MW; projects without a figure get the smallest sign. */
export function radiusOf(mw, zoom) {
  return Math.min(24, 7 + Math.sqrt(Math.max(0, mw || 0)) * 0.26) * scaleOf(zoom);
}

/** Return the radius of a circle that stands for several projects. */
export function radiusOfMany(count, zoom) {
  return Math.min(28, 10 + Math.sqrt(count) * 1.6) * Math.max(0.85, scaleOf(zoom));
}

/** Signs are smaller where the whole country is in sight. */
function scaleOf(zoom) {
  return Math.min(1, Math.max(0.7, 0.7 + (zoom - 5.5) * 0.12));
}

/** Return the colours of the families as the style sheet has them now (contrast mode included). */
export function familyColours(families, host) {
  const probe = host.appendChild(document.createElement("span"));
  const colours = families.map((family) => {
    probe.className = `tech--${family}`;
    return getComputedStyle(probe).getPropertyValue("--tech").trim() || "#575552";
  });
  probe.remove();
  return colours;
}

/** Read the sprite of signs; returns family code -> list of shapes to paint in a 24 by 24 box. */
export async function loadIcons(address) {
  const answer = await fetch(address);
  const sprite = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const icons = {};
  for (const symbol of sprite.querySelectorAll('symbol[id^="family-"]')) {
    icons[symbol.id.slice("family-".length)] = [...symbol.children].map(shapeOf).filter(Boolean);
  }
  return icons;
}

function shapeOf(element) {
  const path = new Path2D(element.localName === "path" ? element.getAttribute("d") : undefined);
  if (element.localName === "circle") {
    const [x, y, r] = ["cx", "cy", "r"].map((name) => Number(element.getAttribute(name)));
    path.arc(x, y, r, 0, 2 * Math.PI);
  } else if (element.localName === "rect") {
    path.rect(...["x", "y", "width", "height"].map((name) => Number(element.getAttribute(name))));
  } else if (element.localName !== "path") {
    return null;
  }
  return { path, filled: element.getAttribute("fill") === "currentColor",
           width: Number(element.getAttribute("stroke-width")) || 0 };
}

/** A circle marker painted by us. Options: paint (function of context and this sign), radius. */
export const Sign = L.CircleMarker.extend({
  _updatePath() {
    this._renderer._paintSign(this);
  },
  _containsPoint(point) {
    return point.distanceTo(this._point) <= Math.max(FINGER, this._radius) + this._clickTolerance();
  },
  _updateBounds() {
    const reach = Math.max(FINGER, this._radius) + 8;
    this._pxBounds = new L.Bounds(this._point.subtract([reach, reach]), this._point.add([reach, reach]));
  },
});

L.Canvas.include({
  _paintSign(sign) {
    if (!this._drawing || sign._empty()) return;
    const context = this._ctx;
    context.save();
    context.translate(sign._point.x, sign._point.y);
    sign.options.paint(context, sign);
    context.restore();
  },
});

function circle(context, radius) {
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
}

/** Paint one project. `look`: colour, status, approximate, radius, icon (shapes), chosen. */
export function paintProject(context, look) {
  const { colour, status, radius } = look;
  const hollow = HOLLOW.has(status) || look.approximate;
  if (status === "shelved") context.globalAlpha = 0.55;
  circle(context, radius + 1.5);
  context.fillStyle = "#ffffff";
  context.fill();
  if (look.chosen) halo(context, radius + (look.approximate ? 8 : 4));
  circle(context, radius);
  context.fillStyle = hollow ? "#ffffff" : colour;
  context.fill();
  if (status === "construction") halfFill(context, radius, colour);
  if (status === "retired") {
    context.fillStyle = "#ffffffbb";
    context.fill();
  }
  circle(context, radius - 1);
  context.lineWidth = status === "unknown" ? 1 : look.approximate ? 2.5 : 2;
  context.strokeStyle = colour;
  context.setLineDash(OUTLINES[status] || []);
  context.stroke();
  context.setLineDash([]);
  if (look.approximate) ring(context, radius + 4, colour);
  const light = !hollow && status !== "construction" && status !== "retired";
  if (look.icon && radius >= 6.5) paintIcon(context, look.icon, radius * 1.25, light ? "#ffffff" : colour);
  if (status === "cancelled") cross(context, radius, colour);
  if (status === "retired") bar(context, radius, colour);
}

/** Paint a circle that stands for several projects, its ring divided by family.
    `look`: shares (colour and part of the whole), count, text under it, radius, approximate. */
export function paintMany(context, look) {
  const { radius } = look;
  if (look.chosen) halo(context, radius + 5);
  circle(context, radius + 1.5);
  context.fillStyle = "#ffffff";
  context.fill();
  const one = look.shares.length === 1;
  circle(context, radius);
  context.fillStyle = one ? look.shares[0][0] : "#ffffff";
  context.fill();
  if (!one) divide(context, radius - 2, look.shares);
  if (look.approximate) ring(context, radius + 4, look.shares[0][0]);
  context.fillStyle = one ? "#ffffff" : "#16222e";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `700 ${radius > 14 ? 13 : 12}px "Be Vietnam Pro", sans-serif`;
  context.fillText(look.count, 0, look.text ? -5 : 0.5);
  if (look.text) {
    context.font = '500 9.5px "Be Vietnam Pro", sans-serif';
    context.fillText(look.text, 0, 7);
  }
}

function divide(context, radius, shares) {
  let from = -Math.PI / 2;
  context.lineWidth = 4;
  for (const [colour, part] of shares) {
    context.beginPath();
    context.arc(0, 0, radius, from, from + part * 2 * Math.PI);
    context.strokeStyle = colour;
    context.stroke();
    from += part * 2 * Math.PI;
  }
}

function halo(context, radius) {
  circle(context, radius);
  context.lineWidth = 4;
  context.strokeStyle = "#ffbf3c";
  context.stroke();
  circle(context, radius + 2.5);
  context.lineWidth = 1.5;
  context.strokeStyle = "#16222e";
  context.stroke();
}

function ring(context, radius, colour) {
  circle(context, radius);
  context.lineWidth = 1.25;
  context.strokeStyle = colour;
  context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
}

function halfFill(context, radius, colour) {
  context.save();
  circle(context, radius);
  context.clip();
  context.fillStyle = "#ffffff";
  context.fillRect(-radius, -radius, 2 * radius, 2 * radius);
  context.globalAlpha = 0.45;
  context.fillStyle = colour;
  context.fillRect(-radius, -radius, radius, 2 * radius);
  context.restore();
}

function cross(context, radius, colour) {
  const arm = radius * 0.72;
  context.beginPath();
  context.moveTo(-arm, -arm);
  context.lineTo(arm, arm);
  context.moveTo(arm, -arm);
  context.lineTo(-arm, arm);
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
}

function bar(context, radius, colour) {
  context.beginPath();
  context.moveTo(-radius, 0);
  context.lineTo(radius, 0);
  context.lineWidth = 2;
  context.strokeStyle = colour;
  context.stroke();
}

function paintIcon(context, shapes, size, colour) {
  context.save();
  context.scale(size / 24, size / 24);
  context.translate(-12, -12);
  context.strokeStyle = context.fillStyle = colour;
  context.lineCap = context.lineJoin = "round";
  for (const shape of shapes) {
    if (shape.filled) context.fill(shape.path);
    if (shape.width) {
      context.lineWidth = shape.width + 0.5;
      context.stroke(shape.path);
    }
  }
  context.restore();
}
