/** Lets this device be woken when something in its plan changes: after a tap only, and where the browser can. */
const { api, worker } = document.body.dataset;
const root = worker?.replace(/sw\.js$/, "");
const place = () => document.querySelector("[data-push]");

const subscription = async () => (await navigator.serviceWorker.getRegistration(root))?.pushManager.getSubscription();

/** Shows the part that fits: `off`, `on`, `denied`, `failed` or `elsewhere` (first onto the home screen). */
function show(state) {
  for (const part of place().querySelectorAll("[data-push-state]")) {
    part.hidden = !part.dataset.pushState.split(" ").includes(state);
  }
  place().hidden = false;
}

async function tell(method, body) {
  const answer = await fetch(`${api}/devices/me/push?lang=${document.documentElement.lang}`, {
    method,
    body: JSON.stringify(body),
    headers: { Accept: "application/json", "Content-Type": "application/json" },
  });
  if (!answer.ok) throw new Error(`push: ${answer.status}`);
}

async function begin() {
  if (await Notification.requestPermission() !== "granted") return show("denied");
  await navigator.serviceWorker.register(worker, { scope: root });
  const { pushManager } = await navigator.serviceWorker.ready;
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place().dataset.push });
  const { endpoint, keys } = made.toJSON();
  try {
    await tell("PUT", { endpoint, ...keys });
  } catch (problem) {
    await made.unsubscribe();
    throw problem;
  }
  return show("on");
}

async function end() {
  const made = await subscription();
  if (made) {
    await tell("DELETE", { endpoint: made.endpoint });
    await made.unsubscribe();
  }
  show("off");
}

async function find() {
  if (Notification.permission === "denied") return show("denied");
  return show((await subscription()) ? "on" : "off");
}

/** Starts on the page of one's own plan. */
export function startPush() {
  if (!place() || !worker || !("serviceWorker" in navigator)) return;
  if (!("PushManager" in window && "Notification" in window)) {
    if (/iP(hone|ad|od)/.test(navigator.userAgent)) show("elsewhere");
    return;
  }
  place().addEventListener("click", ({ target }) => {
    const button = target.closest("[data-push-do]");
    if (!button) return;
    button.disabled = true;
    const work = button.dataset.pushDo === "on" ? begin() : end();
    work.catch(() => show("failed")).finally(() => { button.disabled = false; });
  });
  find().catch(() => show("failed"));
}
