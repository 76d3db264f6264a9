/** Asks for the state while nothing flows: because a proxy holds the stream back, or to notice that a lost line is back. */
import { refreshPage } from "./changes.js";

const LOOK_EVERY = 1_000;
const QUIET = 4_000; // without a byte for so long, and up to CROWD more, the page asks by itself
const CROWD = 3_000;
const ASK_EVERY = 5_000;
const KNOCK_EVERY = 2_500; // while there is no answer: a knock of its own, the earlier ones may still get through
const PATIENCE = 10_000;

/**
 * Asks at `address` as long as `line` is silent. `line.isFlowing()`, `line.cursor()` tell how it stands, `line.told()`
 * hears of every answer, `line.lost()` of every knock in vain, `line.retry()` that an answer came after such ones.
 */
export function startPolling(address, line) {
  const start = QUIET + Math.random() * CROWD;
  let quietSince = Date.now();
  let nextAt = 0;
  let isLost = false;
  let etag = null;
  let seen = null;

  async function take(answer) {
    etag = answer.headers.get("etag");
    const { cursor } = await answer.json();
    if (cursor === seen || cursor === line.cursor()) return;
    await refreshPage();
    seen = cursor;
  }

  async function ask() {
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok && answer.status !== 304) throw new Error(`no state: ${answer.status}`);
      if (isLost) line.retry();
      isLost = false;
      nextAt = Date.now() + ASK_EVERY * (2 / 3 + Math.random() * 2 / 3);
      if (answer.ok) await take(answer);
      line.told();
    } catch {
      isLost = true;
      if (!line.isFlowing()) line.lost();
    }
  }

  setInterval(() => {
    const now = Date.now();
    if (line.isFlowing()) { quietSince = now; isLost = false; return; }
    if (now - quietSince < start || now < nextAt) return;
    nextAt = now + (isLost ? KNOCK_EVERY : ASK_EVERY);
    ask();
  }, LOOK_EVERY);
}
