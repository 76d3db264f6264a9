/** Keeps the order of a visit: what somebody has seen stays where it was, what is new comes first. */
const SHELF = `tw:${document.body.dataset.event}:order`;

const list = () => document.querySelector("#topics[data-visit-order]");

const remembered = () => {
  try { return JSON.parse(sessionStorage.getItem(SHELF)) ?? []; } catch { return []; }
};

function remember() {
  const cards = list();
  if (!cards) return;
  try {
    sessionStorage.setItem(SHELF, JSON.stringify([...cards.children].map((card) => card.id)));
  } catch {
    // no room or not allowed: then the server's order is as good as any
  }
}

/** `ids` as they come from the server, in the order of a visit that knows `seen`: new ones first, then the known ones. */
export function inVisitOrder(ids, seen) {
  const there = new Set(ids);
  const known = new Set(seen);
  return [...ids.filter((id) => !known.has(id)), ...seen.filter((id) => there.has(id))];
}

/** Brings the whole list (never the result of a search) into the order of this visit, and remembers it. */
export function startOrder() {
  const cards = list();
  if (!cards) return;
  const byId = new Map([...cards.children].map((card) => [card.id, card]));
  const wanted = inVisitOrder([...byId.keys()], remembered());
  if (wanted.some((id, place) => cards.children[place].id !== id)) cards.append(...wanted.map((id) => byId.get(id)));
  remember();
  document.addEventListener("tw:change", remember);
}
