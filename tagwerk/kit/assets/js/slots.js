/** Puts a slot that a page does not have yet where its time belongs; only where a whole day is shown. */
export function insertSlot(piece) {
  if (!piece.matches(".slot[data-start]")) return false;
  const { start } = piece.dataset;
  const day = document.querySelector(`[data-whole-day="${start.slice(0, 10)}"]`);
  if (!day) return false;
  const later = [...day.querySelectorAll(".slot[data-start]")].find((slot) => Date.parse(slot.dataset.start) > Date.parse(start));
  day.insertBefore(piece, later ?? null);
  return true;
}
