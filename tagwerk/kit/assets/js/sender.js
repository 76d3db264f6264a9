/** Sends what waits, in order and each once: by pages, and by the worker when no page is open. */
export const AGAIN = [429, 502, 503, 504];
const PATIENCE = 15_000;
const KEPT_BY_SERVER = 47 * 3_600_000; // it remembers for 48 h what a key was answered; later a repeat might count twice

/** `{status, ok, body}`; `undefined` when the network or the server could not take it now, or its answer got lost. */
async function send({ key, method, path, body }, again) {
  try {
    const answer = await fetch(path, {
      method,
      body: body && JSON.stringify(body),
      headers: { "Idempotency-Key": key, Accept: "application/json", ...(body && { "Content-Type": "application/json" }) },
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (again.includes(answer.status)) return undefined;
    const words = await answer.text();
    return { status: answer.status, ok: answer.ok, body: asJson(words) };
  } catch {
    return undefined;
  }
}

function asJson(words) {
  try { return JSON.parse(words) ?? {}; } catch { return {}; }
}

const isTooOld = ({ method, since }) => method === "POST" && Date.now() - since > KEPT_BY_SERVER;

/** What lies among those that came back: what was sent, why it was refused (or that it arrived), what was typed. */
const cameBack = ({ id, ...entry }, problem, body) => ({
  ...entry, at: Date.now(), ok: !problem, status: problem?.status, reason: problem?.detail ?? "", answer: body,
});

/**
 * Sends one entry after the other until none is left; false when one cannot go now.
 * `first()` gives the oldest; `settle(entry, back)` takes it away, `back` being what its author is to see, or null;
 * `renew()` is called once when the server does not know the device; `done(entry, problem, body)` hears of each.
 */
export async function sendInOrder({ first, settle, renew, done, again = AGAIN }) {
  let isRenewed = false;
  for (let entry = await first(); entry; entry = await first()) {
    let answer = isTooOld(entry) ? { status: 0, ok: false, body: {} } : await send(entry, again);
    if (answer?.status === 401 && renew && !isRenewed) {
      isRenewed = true;
      await renew();
      answer = await send(entry, again);
    }
    if (answer === undefined) return false;
    const problem = answer.ok ? null : { status: answer.status, detail: answer.body.detail ?? "" };
    const kept = await settle(entry, problem || entry.tells ? cameBack(entry, problem, answer.body) : null);
    await done?.(entry, problem, answer.body, kept);
  }
  return true;
}
