/** Keeps what was tapped until the server has it: in order, over dead networks and reloads, each once by its key. */
const { event } = document.body.dataset;
const AGAIN = [429, 502, 503, 504];

/** A key that nobody else has, for a request that may have to be repeated. */
export const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Sends one entry; `undefined` when the network or the server could not take it now. */
async function send({ key, method, path, body }, again) {
  try {
    const answer = await fetch(path, {
      method,
      body: body && JSON.stringify(body),
      headers: { "Idempotency-Key": key, Accept: "application/json", ...(body && { "Content-Type": "application/json" }) },
      credentials: "same-origin",
      signal: AbortSignal.timeout(15_000),
    });
    return again.includes(answer.status) ? undefined : answer;
  } catch {
    return undefined;
  }
}

async function bodyOf(answer) {
  try { return await answer.json(); } catch { return {}; }
}

/**
 * A shelf of requests that wait, kept under `name`; `again` are the statuses after which one is tried once more.
 * `keep` puts a request there, `waiting` gives those that wait, oldest first, `takeLast` takes the newest away unless
 * it may be on its way. `flush(done)` sends what waits in order and stops at the first that cannot go;
 * `done(entry, problem, answer)` is told of each that went.
 */
export function outbox(name, again = AGAIN) {
  const shelf = `tw:${event}:${name}`;
  let underWay = "";
  const read = () => {
    try { return JSON.parse(localStorage.getItem(shelf)) ?? []; } catch { return []; }
  };
  const write = (entries) => localStorage.setItem(shelf, JSON.stringify(entries));
  const drop = (key) => write(read().filter((entry) => entry.key !== key));
  /* one at a time among all tabs of this browser */
  const alone = (work) => (navigator.locks ? navigator.locks.request(shelf, work) : work());

  const flush = (done) => alone(async () => {
    for (let entry = read()[0]; entry; entry = read()[0]) {
      underWay = entry.key;
      const answer = await send(entry, again);
      underWay = "";
      if (answer === undefined) return false;
      const body = await bodyOf(answer);
      drop(entry.key);
      await done(entry, answer.ok ? null : { status: answer.status, detail: body.detail ?? "" }, body);
    }
    return true;
  });
  const keep = (method, path, about) => write([...read(), { key: randomKey(), method, path, ...about }]);
  const takeLast = () => {
    const last = read().at(-1);
    if (!last || last.key === underWay) return null;
    drop(last.key);
    return last;
  };
  return { flush, keep, takeLast, waiting: read };
}

export const { flush, keep, waiting } = outbox("outbox");
