/** Keeps what was tapped until the server has it: in order, over dead networks and reloads, each once by its key. */
const { event } = document.body.dataset;
const SHELF = `tw:${event}:outbox`;
const AGAIN = [429, 502, 503, 504];

const read = () => {
  try { return JSON.parse(localStorage.getItem(SHELF)) ?? []; } catch { return []; }
};
const write = (entries) => localStorage.setItem(SHELF, JSON.stringify(entries));
const drop = (key) => write(read().filter((entry) => entry.key !== key));

/** Runs `work` alone among all tabs of this browser. */
const alone = (work) => (navigator.locks ? navigator.locks.request(SHELF, work) : work());

/** A key that nobody else has, for a request that may have to be repeated. */
export const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Sends one entry; `undefined` when the network or the server could not take it now. */
async function send({ key, method, path }) {
  try {
    const answer = await fetch(path, {
      method,
      headers: { "Idempotency-Key": key, Accept: "application/json" },
      credentials: "same-origin",
      signal: AbortSignal.timeout(15_000),
    });
    return AGAIN.includes(answer.status) ? undefined : answer;
  } catch {
    return undefined;
  }
}

async function detailOf(answer) {
  try { return (await answer.json()).detail ?? ""; } catch { return ""; }
}

/** Sends what waits, in order; stops at the first that cannot go. `done(entry, problem)` is told of each that went. */
export function flush(done) {
  return alone(async () => {
    for (let entry = read()[0]; entry; entry = read()[0]) {
      const answer = await send(entry);
      if (answer === undefined) return false;
      drop(entry.key);
      await done(entry, answer.ok ? null : { status: answer.status, detail: await detailOf(answer) });
    }
    return true;
  });
}

/** Puts a request on the shelf. */
export function keep(method, path, about) {
  write([...read(), { key: randomKey(), method, path, ...about }]);
}

/** What waits to be sent, oldest first. */
export function waiting() {
  return read();
}
