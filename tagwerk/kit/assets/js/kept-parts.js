/** What a worker may keep, and what the kept pages are made of: styles, scripts, letters. */
export const isPart = ({ origin, pathname }) => origin === location.origin && pathname.startsWith("/static/");

/** What everybody may see and what arrived whole; a page for one person never is. */
export const mayBeKept = (answer) => answer.status === 200 && answer.type === "basic" && !answer.redirected
  && !/no-store|private/.test(answer.headers.get("cache-control") ?? "");

/** What was there and is not any more leaves the store. */
export const isGone = ({ status }) => status === 404 || status === 410;

const partsIn = (words) => [...words.matchAll(/["'(](\/static\/[^"'()\s]+)/g)].map(([, address]) => address);

/** Everything that the kept pages are made of is kept with them; what none needs any more leaves. */
export async function keepParts(store) {
  const needed = new Set();
  const pages = (await store.keys()).map(({ url }) => new URL(url)).filter((url) => !isPart(url));
  for (const { pathname } of pages) partsIn(await (await store.match(pathname)).text()).forEach((part) => needed.add(part));
  for (const address of needed) { // grows while style sheets name their fonts
    if (!(await store.match(address))) {
      const answer = await fetch(address).catch(() => null);
      if (answer && mayBeKept(answer)) await store.put(address, answer);
    }
    const part = address.endsWith(".css") ? await store.match(address) : null;
    if (part) for (const [, name] of (await part.text()).matchAll(/url\(["']?([^"')]+)/g)) {
      const inner = new URL(name, new URL(address, location));
      if (isPart(inner)) needed.add(inner.pathname);
    }
  }
  const old = (await store.keys()).map(({ url }) => new URL(url)).filter((url) => isPart(url) && !needed.has(url.pathname));
  await Promise.all(old.map(({ pathname }) => store.delete(pathname)));
}
