/** Words that scripts show, taken from the page so that they are translated where all others are. */
const wordList = () => document.getElementById("texts")?.content;

/** The text called `name`, with `{key}` replaced by `values.key`; empty when the page has no such text. */
export function text(name, values = {}) {
  const found = wordList()?.querySelector(`[data-text="${name}"]`)?.textContent ?? "";
  return found.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

const clocks = new Map(); // making one takes longer than all else that a page does at its start

/** A time as the page's language writes it, with seconds if asked for. */
export function clockTime(date, withSeconds = false) {
  if (!clocks.has(withSeconds)) {
    const second = withSeconds ? "2-digit" : undefined;
    const kind = { hour: "2-digit", minute: "2-digit", second, timeZone: document.body.dataset.zone || undefined };
    clocks.set(withSeconds, new Intl.DateTimeFormat(document.documentElement.lang, kind));
  }
  return clocks.get(withSeconds).format(date);
}
