/** The Notfallmappe comes to the desk by itself after a plan was announced, once per plan; and pages that print. */
const MARK = `tw:${document.body.dataset.event}:folder`;

/** Downloads what the page offers, unless this visit already has it. */
function take() {
  const place = document.querySelector("[data-folder]");
  if (!place) return;
  const { folder, revision = folder } = place.dataset;
  if (sessionStorage.getItem(MARK) === revision) return;
  sessionStorage.setItem(MARK, revision);
  const link = Object.assign(document.createElement("a"), { href: folder, download: "", hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
}

/** Starts on pages of the desk and on print pages. */
export function startFolder() {
  take();
  document.addEventListener("tw:change", take);
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
