// The communities of the map: what each holds, who its neighbours are, and when it is one disc and when many marks.

const BARE = 2.6; // pixels for one unit of the map at which the smallest marks begin to show
const FULL = 5.2; // at which they show wholly
const outer = regions.filter((region) => !region.above);

/** Return all things of a community, with those of the communities inside it. */
const membersOf = (region) => [...region.nodes, ...region.parts.flatMap(membersOf)];

function measureRegions() {
  for (const region of regions) {
    const members = membersOf(region);
    region.counts = kinds.map((kind) => region.held?.[kind] ?? members.filter((node) => node.group === kind).length);
    region.articles = region.held?.article ?? members.filter(isArticle).length;
    region.size = region.counts.reduce((sum, n) => sum + n, 0);
  }
}

const outermost = (region) => (region?.above ? outermost(region.above) : region);

/** Return how often each pair of outermost communities is joined by a link, the strongest first. */
function roads() {
  const found = new Map();
  for (const { source, target, relation } of edges) {
    const [a, b] = [outermost(source.region), outermost(target.region)];
    if (!a || !b || a === b || relation === 'mentions') continue;
    const [lower, other] = a.id < b.id ? [a, b] : [b, a];
    const key = lower.id * regions.length + other.id;
    const road = found.get(key) ?? { ends: [lower, other], links: 0 };
    road.links += 1;
    found.set(key, road);
  }
  return [...found.values()].sort((a, b) => b.links - a.links || a.ends[0].id - b.ends[0].id);
}

/** Keep so many roads of each community: all of them would be a thicket. */
function strongest(found, most) {
  const taken = new Map();
  return found.filter(({ ends }) => {
    const ranks = ends.map((end) => taken.get(end) ?? 0);
    ends.forEach((end, at) => taken.set(end, ranks[at] + 1));
    return ranks.some((rank) => rank < most);
  });
}

measureRegions();
const allRoads = roads();
const shownRoads = strongest(allRoads, 2);
