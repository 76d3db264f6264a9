/** While somebody types a title: is there something like it already? Never in the way, never blocking. */
const CALM = 350;
const ENOUGH = 4;
let timer = 0;
let asked = "";

async function look(field, place) {
  const words = field.value.trim();
  if (words === asked) return;
  asked = words;
  let html = "";
  if (words.length >= ENOUGH) {
    try {
      const answer = await fetch(`${field.form.dataset.similar}?${new URLSearchParams({ q: words })}`);
      if (answer.ok) html = await answer.text();
    } catch {
      return; // without a network nobody is asked, and nobody is stopped
    }
  }
  if (words !== field.value.trim()) return;
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
  document.dispatchEvent(new CustomEvent("tw:change", { detail: { kind: "similar" } }));
}

/** Watches the title of a proposal. */
export function startSimilar() {
  const place = document.querySelector("[data-similar-place]");
  const field = document.querySelector("form[data-similar]")?.elements.title;
  if (!place || !field) return;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(field, place), CALM);
  });
}
