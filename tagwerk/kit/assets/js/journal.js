/** Taps that the database has not confirmed yet, noted in the moment of the tap: a page may be closed in the next one. */
export function journalOf(name) {
  const all = () => {
    try { return JSON.parse(localStorage.getItem(name)) ?? []; } catch { return []; }
  };
  const write = (entries) => {
    if (entries.length === 0) localStorage.removeItem(name);
    else try { localStorage.setItem(name, JSON.stringify(entries)); } catch { /* full: then the database alone */ }
  };
  return {
    /** Oldest first. */
    all,
    add: (entry) => write([...all(), entry]),
    strike: (key) => {
      const noted = all();
      if (noted.some((entry) => entry.key === key)) write(noted.filter((entry) => entry.key !== key));
    },
  };
}
