/** Sends one large file and shows how far it is; without a script the form does the same without the bar. */
import { text } from "./texts.js";

const STEP = 10; // percent from one word to the next for who listens

const part = (form, name) => form.querySelector(`[data-upload-${name}]`);

function fail(form, words) {
  const place = part(form, "fault");
  place.lastElementChild.textContent = words;
  place.hidden = !words;
}

function show(form, isRunning) {
  part(form, "bar").hidden = !isRunning;
  part(form, "stop").hidden = !isRunning;
  form.querySelector("[type=submit]").disabled = isRunning;
}

function tell(form, loaded, total) {
  const percent = Math.floor((loaded / total) * 100);
  form.querySelector("progress").value = percent;
  part(form, "said").textContent = text("letter-size", { percent });
  // Read out, each percent would talk over everything else.
  const words = text("letter-size", { percent: percent - percent % STEP });
  if (part(form, "heard").textContent !== words) part(form, "heard").textContent = words;
}

/** Tells whether the page still knows who this is: better heard before so much is on its way. */
async function isKnown(address) {
  const answer = await fetch(address, { method: "HEAD", redirect: "manual" }).catch(() => null);
  return answer?.type !== "opaqueredirect";
}

async function send(form) {
  fail(form, "");
  show(form, true);
  if (!(await isKnown(location.pathname))) {
    location.assign("?fault=closed");
    return;
  }
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => tell(form, loaded, total || 1));
  request.addEventListener("loadend", () => {
    show(form, false);
    // The page that the server leads to says what became of it.
    if (request.status >= 200 && request.status < 400) location.assign(request.responseURL);
    else if (request.status || !request.stopped) fail(form, form.dataset.torn);
  });
  part(form, "stop").onclick = () => { request.stopped = true; request.abort(); };
  request.open("POST", location.pathname);
  request.send(new FormData(form));
}

/** Starts on pages with such a form. */
export function startUpload() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("upload" in form.dataset)) return;
    const file = form.querySelector("[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    if (file.size > Number(form.dataset.largest)) fail(form, form.dataset.large);
    else send(form);
  });
}
