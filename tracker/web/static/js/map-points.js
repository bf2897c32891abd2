/* The data of a selection: fetched, turned from columns into points, gathered for a zoom. */

const TOGETHER = 7;   // pixels: closer projects cannot be told apart and open as one list
const CLUSTER = 44;   // pixels: reach of a cluster where there are many
const MANY = 500;     // points from which clusters are drawn

/** Fetch the projects of a query; returns {projects, points, licences}. Rejects when the server does not answer 200. */
export async function load(source, query, language, signal) {
  const wanted = new URLSearchParams(query);
  wanted.set("lang", language);
  const answer = await fetch(`${source}?${wanted}`, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return read(await answer.json());
}

/** Turn the columns of an answer into objects. */
export function read(data) {
  const columns = data.projects;
  const projects = columns.code.map((code, i) => ({
    code, name: columns.name[i], family: columns.family[i], technology: columns.technology[i],
    status: data.statuses[columns.status[i]], mw: columns.size_mw[i], capacity: columns.capacity[i],
    plan: columns.plan[i], province: data.provinces[columns.province[i]], sites: columns.sites[i], points: [],
  }));
  const points = data.points.project.map((number, i) => {
    const point = { project: projects[number], latlng: L.latLng(data.points.lat[i], data.points.lon[i]),
                    accuracy: data.accuracies[data.points.accuracy[i]] };
    point.project.points.push(point);
    return point;
  });
  return { projects, points, families: data.families, licences: data.licences, revision: data.revision };
}

/** Gather points for the present zoom of a map. Every point is in exactly one group: {points, projects, mw, latlng}. */
export function gather(points, map) {
  const zoom = map.getZoom();
  const reach = points.length > MANY && zoom < map.getMaxZoom() ? CLUSTER : TOGETHER;
  const cells = new Map();
  const groups = [];
  const largestFirst = [...points].sort((a, b) => (b.project.mw || 0) - (a.project.mw || 0)
    || (a.project.code < b.project.code ? -1 : 1));
  for (const point of largestFirst) {
    const spot = map.project(point.latlng, zoom);
    const [column, row] = [Math.floor(spot.x / reach), Math.floor(spot.y / reach)];
    let group = nearest(cells, column, row, spot, reach);
    if (!group) {
      group = { points: [], spot, latlng: point.latlng };
      groups.push(group);
      const key = `${column},${row}`;
      cells.set(key, [...(cells.get(key) || []), group]);
    }
    group.points.push(point);
  }
  for (const group of groups) {
    group.projects = [...new Set(group.points.map((point) => point.project))];
    group.mw = group.projects.reduce((sum, project) => sum + (project.mw || 0), 0);
    group.clustered = reach === CLUSTER;
  }
  return groups;
}

function nearest(cells, column, row, spot, reach) {
  let best = null;
  let least = reach;
  for (let x = column - 1; x <= column + 1; x += 1) {
    for (let y = row - 1; y <= row + 1; y += 1) {
      for (const group of cells.get(`${x},${y}`) || []) {
        const distance = group.spot.distanceTo(spot);
        if (distance < least) [best, least] = [group, distance];
      }
    }
  }
  return best;
}
