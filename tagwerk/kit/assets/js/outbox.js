/** Keeps what was tapped until the server has it: in order, over dead networks and closed pages, each once by its key. */
import { journalOf } from "./journal.js";
import { sendInOrder } from "./sender.js";
import { storeOf } from "./store.js";

const { event } = document.body.dataset;
const FORGET = `tw:${event}:forget`;
const FLAG = `tw:${event}:store`; // nothing is opened, and so nothing stored, before there is something to keep

export const store = storeOf(event);
const radio = event && "BroadcastChannel" in self ? new BroadcastChannel(`tagwerk:${event}`) : null;

/** A key that nobody else has, for a request that may have to be repeated. */
export const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** True once this device keeps anything of this event. */
export const hasStore = () => localStorage.getItem(FLAG) !== null;

/** Says that from now on there is something to keep. */
export const beginStore = () => localStorage.setItem(FLAG, "1");

/** Tells the scripts of this page, and of others, that something was kept, sent or given back. */
export function tellOthers(what = "sent") {
  document.dispatchEvent(new CustomEvent("tw:outbox", { detail: what }));
  radio?.postMessage(what);
}

/** The person forgets this device: the page that follows begins by forgetting everything that was kept. */
export const forgetSoon = () => localStorage.setItem(FORGET, "1");

async function clear(shelf) {
  if (localStorage.getItem(FORGET) === null) return;
  localStorage.removeItem(shelf);
  if (hasStore()) await store.clear().catch(() => {});
  localStorage.removeItem(FLAG);
  localStorage.removeItem(FORGET);
}

/**
 * A shelf of requests that wait, kept under `name`; `again` are the statuses after which one is tried once more,
 * `renew` makes the device known anew, with `returns` a refusal is kept for its author.
 * `keep` puts a request there, `waiting` gives those that wait, oldest first (after `ready`), `takeLast` takes the newest
 * away unless it may be on its way. `flush(done)` sends what waits in order and stops at the first that cannot go.
 */
export function outbox(name, { again, renew, returns = true } = {}) {
  const shelf = `tw:${event}:${name}`;
  let entries = [];
  let underWay = "";
  let writing = Promise.resolve();
  /* one at a time among all tabs of this browser, and its worker */
  const alone = (work) => (navigator.locks ? navigator.locks.request(shelf, work) : work());
  const write = (work) => { writing = writing.then(work).catch((problem) => console.error(problem)); return writing; };
  const journal = journalOf(shelf);
  const drop = ({ key }) => {
    entries = entries.filter((entry) => entry.key !== key);
    journal.strike(key);
  };

  const shelve = async (entry) => {
    entry.id = await store.addOnce("waiting", { ...entry, shelf: name });
    journal.strike(entry.key);
  };
  const put = (entry) => {
    beginStore();
    journal.add(entry);
    entries.push(entry);
    return write(() => shelve(entry));
  };
  /** What lies in the database is the truth, read in turn with what is written; what could not be written waits in this page. */
  const reload = () => write(async () => {
    if (!hasStore()) { entries = entries.filter(({ id }) => id === undefined); return; }
    const kept = (await store.all("waiting")).filter((entry) => entry.shelf === name);
    entries = [...kept, ...entries.filter(({ id }) => id === undefined)];
  });
  /** What was tapped on a page that was closed before the database had it goes before what is tapped on this one. */
  const takeOver = async () => {
    const left = journal.all().filter(({ key }) => entries.every((entry) => entry.key !== key));
    if (left.length > 0) beginStore();
    entries = [...left, ...entries];
    for (const entry of left) await shelve(entry);
  };
  const ready = event ? write(() => clear(shelf)).then(() => write(takeOver)).then(reload) : Promise.resolve();
  /** Until `done` hears of it, in the same moment, it still waits: what is shown must never fall back by a step. */
  const settle = async (entry, back) => {
    let kept;
    await write(async () => {
      if (back && returns) kept = await store.move(entry.id, back);
      else if (entry.id !== undefined) await store.remove("waiting", entry.id);
    });
    drop(entry);
    underWay = "";
    return kept;
  };
  const flush = (done) => alone(async () => {
    await ready;
    await reload();
    if (entries.length === 0) return true;
    const first = async () => { await writing; underWay = entries[0]?.key ?? ""; return entries[0]; };
    const wentOut = await sendInOrder({ first, settle, renew, done, again });
    underWay = "";
    tellOthers();
    return wentOut;
  });
  const keep = (method, path, about) => {
    const entry = { key: randomKey(), method, path, since: Date.now(), ...about };
    put(entry).then(() => tellOthers("kept"));
    return entry;
  };
  const take = (entry) => {
    drop(entry);
    write(async () => {
      if (entry.id !== undefined) await store.remove("waiting", entry.id);
      drop(entry);
    }).then(() => tellOthers("kept"));
    return entry;
  };
  const takeLast = () => {
    const last = entries.at(-1);
    return last && last.key !== underWay ? take(last) : null;
  };
  radio?.addEventListener("message", reload);
  return { flush, keep, take, takeLast, ready, reload, waiting: () => entries };
}

radio?.addEventListener("message", ({ data }) => {
  document.dispatchEvent(new CustomEvent("tw:outbox", { detail: data }));
  if (data === "sent") document.dispatchEvent(new Event("tw:ask-mine"));
});
