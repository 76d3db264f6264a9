/** Opens pages that belong to a list as native dialogs over it; without this script they are ordinary pages. */
import { text } from "./texts.js";

function emptyDialog(title) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  const head = document.createElement("div");
  head.className = "dialog__head";
  const heading = document.createElement("h2");
  heading.id = "dialog-title";
  heading.textContent = title;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "dialog__close";
  close.setAttribute("aria-label", text("close"));
  const cross = document.createElement("span");
  cross.className = "icon icon--close";
  cross.setAttribute("aria-hidden", "true");
  close.append(cross);
  close.addEventListener("click", () => dialog.close());
  head.append(heading, close);
  const body = document.createElement("div");
  body.className = "dialog__body";
  dialog.append(head, body);
  return { dialog, body };
}

/** Fetches the page behind `link` and shows its `[data-dialog-content]`; the focus returns to the link at the end. */
async function open(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = page.querySelector("[data-dialog-content]");
  if (!answer.ok || !content) return location.assign(link.href);
  link.closest("dialog")?.close(); // one over the other would be one too many
  const { dialog, body } = emptyDialog(page.querySelector("h1")?.textContent.trim() ?? "");
  body.append(document.importNode(content, true));
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => {
    dialog.remove();
    const again = link.isConnected ? link : document.getElementById(link.dataset.returnTo ?? "");
    again?.focus();
  });
  return dialog.showModal();
}

/** Closes whatever dialog is open. */
export function closeDialogs() {
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
}

/** Connects all links marked with `data-dialog`, also those that come later. */
export function startDialogs() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
}
