/** The crew's forms without a page load: the answer is morphed in, a refusal is shown where it happened. */
import { takePage, refreshPage } from "./changes.js";
import { closeDialogs } from "./dialogs.js";
import { toast } from "./toast.js";
import { text } from "./texts.js";

const UNDO_FOR = 10_000;
let undoTimer = 0;
let workedIn = ""; // the row whose button was pressed last: undoing leads the focus back there

/** The undo bar leaves after ten seconds, but not from under a finger or a focus. */
function watchUndo() {
  clearTimeout(undoTimer);
  const bar = document.querySelector("[data-undo]");
  if (!bar) return;
  const leave = () => {
    if (bar.matches(":hover, :focus-within")) undoTimer = setTimeout(leave, UNDO_FOR / 4);
    else bar.remove();
  };
  undoTimer = setTimeout(leave, UNDO_FOR);
}

/** The plain words of a page or problem document that says why not. */
async function refusal(answer) {
  const body = await answer.text();
  if (answer.headers.get("content-type")?.includes("json")) {
    try { return JSON.parse(body).detail ?? ""; } catch { return ""; }
  }
  const page = new DOMParser().parseFromString(body, "text/html");
  return page.querySelector("[data-problem]")?.textContent.trim() ?? "";
}

function showRefusal(form, words) {
  const place = form.querySelector("[data-refusal]");
  if (!place) return toast(words);
  place.textContent = words;
  place.hidden = false;
  return undefined;
}

async function submitted(event) {
  const form = event.target;
  if (!("desk" in form.dataset)) return;
  event.preventDefault();
  if (form.dataset.busy) return; // a second tap; `disabled` would throw the focus away
  form.dataset.busy = "yes";
  const { submitter } = event;
  workedIn = form.closest("[id^=desk-]")?.id ?? workedIn;
  try {
    const body = new URLSearchParams(new FormData(form, submitter && submitter.name ? submitter : undefined));
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (answer.ok) {
      closeDialogs();
      if (form.matches("[data-clear]")) form.reset();
      await takePage(await answer.text(), workedIn);
      watchUndo();
    } else {
      showRefusal(form, (await refusal(answer)) || text(answer.status === 409 ? "conflict" : "failed"));
      if (answer.status === 409) await refreshPage();
    }
  } catch {
    showRefusal(form, text("failed"));
  } finally {
    delete form.dataset.busy;
  }
}

/** Starts the desk's behaviour; does nothing on pages without its forms. */
export function startDesk() {
  document.addEventListener("submit", submitted);
  watchUndo();
}
