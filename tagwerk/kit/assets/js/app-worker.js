/** The worker of an event: keeps public pages after a tap, answers with them without a network, sends what waits. */
import { isGone, isPart, keepParts, mayBeKept } from "./kept-parts.js";
import { sendInOrder } from "./sender.js";
import { storeOf } from "./store.js";
import { startWaking } from "./waking.js";

const ROOT = new URL("./", location).pathname; // "/barcamp/", "/en/barcamp/"
const EVENT = ROOT.split("/").at(-2);
const STORE = `tagwerk-app-1:${ROOT}`;
const PATIENCE = 800;
const SHELL = `${ROOT}offline/`;
const CORE = ["", "schedule/", "topics/", "topics/new/", "rooms/", "offline/"];
// The list of what may be kept: public pages, the same for everybody. Whatever is not named here never is.
const PUBLIC = /^(schedule\/|rooms\/|offline\/|how-planned\/|topics\/|topics\/new\/|(topics|sessions)\/[A-Z0-9]{6}\/)?$/;
const DETAIL = /\/(topics|sessions)\/([A-Z0-9]{6})\/$/;
const ELSEWHERE = /^(desk|board)\//; // they have ways of their own
const MOST_DETAILS = 60;
const LISTS = { topics: "topics/#topic-", sessions: "schedule/#session-" };
let work = Promise.resolve();

const inside = ({ pathname }) => (pathname.startsWith(ROOT) ? pathname.slice(ROOT.length) : null);
const isPublic = (url) => url.origin === location.origin && PUBLIC.test(inside(url) ?? "?");

/** The store, if the person has one: only a tap makes it. */
const kept = async () => ((await caches.has(STORE)) ? caches.open(STORE) : null);

async function put(url, answer) {
  if (url.search || !(isGone(answer) || mayBeKept(answer))) return;
  const store = await kept();
  await (isGone(answer) ? store?.delete(url.pathname) : store?.put(url.pathname, answer));
}

/** A page from the store says so, so that its clock and its age are not taken for the server's. */
async function aged(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response((await answer.text()).replace("<body ", "<body data-kept "), { headers });
}

/** Without a network: the page itself, or the list it stands in, or what this device knows. */
async function fromStore(url) {
  const store = await kept();
  const found = isPublic(url) ? await store?.match(url.pathname) : null;
  if (found) return aged(found);
  const [, kind, code] = DETAIL.exec(url.pathname) ?? [];
  if (kind && (await store?.match(`${ROOT}${kind === "topics" ? "topics/" : "schedule/"}`))) {
    return Response.redirect(`${ROOT}${LISTS[kind]}${code}`);
  }
  const shell = await store?.match(SHELL);
  return shell && aged(shell);
}

/** The network first; after a moment, or when the server is in trouble, what was kept. */
async function visit(event, url) {
  // past the browser's own cache: that one is allowed to be some seconds behind, and here it would hide a dead line
  const asked = fetch(url.pathname + url.search, { cache: "no-cache", redirect: "manual", headers: { Accept: "text/html" } });
  asked.catch(() => {});
  try {
    const late = isPublic(url) && (await (await kept())?.match(url.pathname));
    const patience = new Promise((_, refuse) => { if (late) setTimeout(refuse, PATIENCE, new Error("late")); });
    const answer = await Promise.race([asked, patience]);
    if (answer.status >= 500) return (await fromStore(url)) ?? answer;
    if (isPublic(url)) event.waitUntil(put(url, answer.clone()));
    return answer;
  } catch {
    return (await fromStore(url)) ?? asked;
  }
}

async function keep(also = []) {
  const store = await caches.open(STORE);
  for (const path of new Set([...CORE, ...also].filter((one) => PUBLIC.test(one)))) {
    const answer = await fetch(ROOT + path, { cache: "no-cache", redirect: "manual" });
    if (isGone(answer)) await store.delete(ROOT + path);
    else if (mayBeKept(answer)) await store.put(ROOT + path, answer);
  }
  const details = (await store.keys()).map(({ url }) => new URL(url).pathname).filter((path) => DETAIL.test(path));
  await Promise.all(details.slice(0, -MOST_DETAILS).map((path) => store.delete(path)));
  await keepParts(store);
  new BroadcastChannel(`tagwerk:${EVENT}`).postMessage({ kept: ROOT, at: Date.now() });
}

/** Sends what waits as a page would, under the same lock; fails when something still waits, so that it is tried again. */
async function sendWaiting() {
  const store = storeOf(EVENT);
  const waiting = async () => (await store.all("waiting")).filter(({ shelf }) => shelf === "outbox");
  const renew = () => fetch(`${ROOT}mine/device/`, { method: "POST", headers: { Accept: "application/json" } });
  const wentOut = await navigator.locks.request(`tw:${EVENT}:outbox`, async () => {
    if ((await waiting()).length === 0) return true;
    if (!(await renew()).ok) return false;
    const settle = (entry, back) => (back ? store.move(entry.id, back) : store.remove("waiting", entry.id));
    return sendInOrder({ first: async () => (await waiting())[0], settle, renew });
  });
  new BroadcastChannel(`tagwerk:${EVENT}`).postMessage("sent");
  if (!wentOut) throw new Error("something still waits");
}

/** Pages that are gone go at once; without a store there is nothing to do. */
async function drop(pages) {
  const store = await kept();
  await Promise.all(pages.filter((path) => PUBLIC.test(path)).map((path) => store?.delete(ROOT + path)));
}

const ORDERS = {
  drop: ({ pages }) => drop(pages),
  keep: ({ also }) => keep(also),
  forget: () => caches.delete(STORE),
};

startWaking();
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("tagwerk-app-") && name.endsWith(`:${ROOT}`) && name !== STORE);
  const hadStore = old.length > 0 || (await caches.has(STORE));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
  if (hadStore) work = work.then(() => keep()).catch(() => {}); // what an older version kept is made new
})()));
self.addEventListener("message", (event) => {
  work = work.then(() => ORDERS[event.data?.do]?.(event.data)).catch(() => {}); // one after the other
  event.waitUntil(work);
});
self.addEventListener("sync", (event) => { if (event.tag === "outbox") event.waitUntil(sendWaiting()); });
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET") return;
  if (isPart(url)) event.respondWith(caches.match(url.pathname, { cacheName: STORE }).catch(() => undefined).then((found) => found ?? fetch(event.request)));
  else if (event.request.mode === "navigate" && inside(url) !== null && !ELSEWHERE.test(inside(url))) event.respondWith(visit(event, url));
});
