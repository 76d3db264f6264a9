/** The walls' worker: keeps the pages below its own address and what they are made of, and nothing else. */
const ROOT = new URL("./", location).pathname; // "/barcamp/board/"
const STORE = `tagwerk-walls-1:${ROOT}`;
const PATIENCE = 3_000;
let work = Promise.resolve();
const WALL = /^(foyer\/|\d+\/)?$/;

const isWall = ({ pathname }) => pathname.startsWith(ROOT) && WALL.test(pathname.slice(ROOT.length));
const isPart = ({ pathname }) => pathname.startsWith("/static/");
const isOurs = (url) => url.origin === location.origin && (isWall(url) || isPart(url));

/** What everybody may see and what arrived whole; a page for one person never is. */
function mayBeKept(answer) {
  return answer.status === 200 && answer.type === "basic" && !answer.redirected
    && !/no-store|private/.test(answer.headers.get("cache-control") ?? "");
}

async function put(url, answer) {
  const store = await caches.open(STORE);
  await store.put(url.pathname, answer);
}

/** A page from the store says so, so that its clock and its age are not taken for the server's. */
async function aged(answer) {
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const page = (await answer.text()).replace("<body ", "<body data-kept ");
  return new Response(page, { headers });
}

async function fromStore(url) {
  const found = await (await caches.open(STORE)).match(url.pathname);
  return found && isWall(url) ? aged(found) : found;
}

/** Asks the server itself, past the browser's own cache: that one is allowed to be some seconds behind. */
const ask = ({ pathname, search }) => fetch(pathname + search, { cache: "no-cache", redirect: "manual" });

/** The network first; after a short time, or when the server is in trouble, what was kept. */
async function answerFor(event, url) {
  const asked = isWall(url) ? ask(url) : fetch(event.request);
  const late = new Promise((_, refuse) => { setTimeout(refuse, PATIENCE, new Error("late")); });
  try {
    const answer = await Promise.race([asked, late]);
    if (answer.status >= 500) return (await fromStore(url)) ?? answer;
    if (mayBeKept(answer)) event.waitUntil(put(url, answer.clone()));
    return answer;
  } catch {
    return (await fromStore(url)) ?? asked;
  }
}

/** Fetches a page and those of its parts that are not there yet; parts that no page needs any more leave. */
async function keep({ page, parts }) {
  const wanted = [page, ...parts].map((address) => new URL(address, location)).filter(isOurs);
  const store = await caches.open(STORE);
  await Promise.all(wanted.map(async (url) => {
    if (isPart(url) && (await store.match(url.pathname))) return;
    const answer = await ask(url);
    if (mayBeKept(answer)) await put(url, answer);
  }));
  const needed = new Set(wanted.map(({ pathname }) => pathname));
  const there = (await store.keys()).map(({ url }) => new URL(url));
  await Promise.all(there.filter((url) => isPart(url) && !needed.has(url.pathname)).map((url) => store.delete(url.pathname)));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.endsWith(`:${ROOT}`) && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));
self.addEventListener("message", (event) => {
  work = work.then(() => keep(event.data)).catch(() => {}); // one after the other, so that the newest stays
  event.waitUntil(work);
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && isOurs(url)) event.respondWith(answerFor(event, url));
});
