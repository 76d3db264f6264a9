/** Words that scripts show, taken from the page so that they are translated where all others are. */
const wordList = () => document.getElementById("texts")?.content;

/** The text called `name`, with `{key}` replaced by `values.key`; empty when the page has no such text. */
export function text(name, values = {}) {
  const found = wordList()?.querySelector(`[data-text="${name}"]`)?.textContent ?? "";
  return found.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
}

/** A time as the page's language writes it, with seconds if asked for. */
export function clockTime(date, withSeconds = false) {
  const zone = document.body.dataset.zone || undefined;
  return date.toLocaleTimeString(document.documentElement.lang, {
    hour: "2-digit",
    minute: "2-digit",
    second: withSeconds ? "2-digit" : undefined,
    timeZone: zone,
  });
}
