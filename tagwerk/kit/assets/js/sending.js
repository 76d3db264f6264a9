/** The one outbox of a visitor: taps and texts go through it in the order in which they were made. */
import { mint, renew } from "./device.js";
import { outbox } from "./outbox.js";

const { api } = document.body.dataset;
const kinds = new Map(); // kind of entry -> {done, stored}

export const box = outbox("outbox", { renew });

/** Says who hears of entries of a kind: `done(entry, problem, answer, back)` at the end, `stored(entry)` while they wait. */
export const onSent = (kind, listener) => kinds.set(kind, listener);

/** Puts a call of the event's API into the outbox; `about.kind` says who hears of it. */
export function keep(method, resource, about) {
  return box.keep(method, `${api}/${resource}?lang=${document.documentElement.lang}`, about);
}

/** The worker sends what waits as soon as there is a network, also when no page is open any more. */
async function sendWithoutPage() {
  const worker = await navigator.serviceWorker?.getRegistration(document.body.dataset.root);
  await worker?.sync?.register("outbox").catch(() => {});
}

/** Sends what waits; throws what the server said when it wants no new device. */
export async function sendOrRefuse() {
  await box.ready;
  if (box.waiting().length === 0) return true;
  await mint();
  return box.flush((entry, ...rest) => kinds.get(entry.kind)?.done(entry, ...rest));
}

/** Sends what waits; what cannot go now says so and stays. */
export async function sendAll() {
  try {
    if (await sendOrRefuse()) return;
  } catch (problem) {
    if (problem.status && problem.status < 500 && problem.status !== 429) console.error(problem);
  }
  for (const entry of box.waiting()) kinds.get(entry.kind)?.stored?.(entry);
  sendWithoutPage().catch(() => {});
}

/** Starts on pages of an event: now, and whenever the line is back. */
export function startSending() {
  if (!api) return;
  addEventListener("online", sendAll);
  document.addEventListener("tw:line", sendAll);
}
