/** The random number that counts this device: asked for at the first action, never when a page is only read. */
const { event, device } = document.body.dataset;
const MARK = `tw:${event}`;
let minting = null;

// A page that only this device gets says that it is known: after going on here, or after a visit without scripts.
if (event && document.querySelector("[data-device-known]")) localStorage.setItem(MARK, "1");

/** True once this browser was given a number for this event. */
export function isKnown() {
  return localStorage.getItem(MARK) !== null;
}

/** True unless the person said that nothing shall be kept here for the way. */
export function mayKeep() {
  return localStorage.getItem(`${MARK}:keep`) !== "no";
}

/** Remembers whether anything shall be kept here for the way. */
export function setKeep(isWanted) {
  localStorage.setItem(`${MARK}:keep`, isWanted ? "yes" : "no");
}

/** Forgets the mark, when the server no longer knows the number. */
export function forget() {
  localStorage.removeItem(MARK);
  minting = null;
}

async function ask() {
  const answer = await fetch(device, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!answer.ok) throw Object.assign(new Error("no device"), { status: answer.status });
  localStorage.setItem(MARK, "1");
  document.dispatchEvent(new Event("tw:device"));
}

/** Makes sure there is a number; several taps at once ask only once. */
export function mint() {
  if (isKnown()) return Promise.resolve();
  minting ??= ask().finally(() => { minting = null; });
  return minting;
}

/** Makes the device known anew, after the server said that it does not know it. */
export function renew() {
  forget();
  return mint();
}
