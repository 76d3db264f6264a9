/** What a device keeps of one event, in its own database: what waits to be sent, what came back, what it did itself. */
const SHELVES = { waiting: "id", returned: "id", state: undefined };

const result = (request) => new Promise((resolve, refuse) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => refuse(request.error);
});

function open(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [shelf, keyPath] of Object.entries(SHELVES)) {
      request.result.createObjectStore(shelf, keyPath ? { keyPath, autoIncrement: true } : {});
    }
  };
  return result(request);
}

/** Opens the database of an event at its first use; every promise fails where the browser allows none. */
export function storeOf(event) {
  const name = `tagwerk:${event}`;
  let opening = null;
  const database = () => {
    opening ??= open(name).then((db) => {
      db.onversionchange = () => { db.close(); opening = null; };
      db.onclose = () => { opening = null; };
      return db;
    });
    opening.catch(() => { opening = null; });
    return opening;
  };
  /** Does `act` with the shelves in one transaction; resolves with what it gives once all of it is on the disk. */
  const work = async (mode, shelves, act) => {
    const transaction = (await database()).transaction(shelves, mode, { durability: "strict" });
    const request = act(...shelves.map((shelf) => transaction.objectStore(shelf)));
    await new Promise((resolve, refuse) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => refuse(transaction.error);
    });
    return request?.result;
  };
  return {
    /** Adds an entry unless one of its key is there, and gives the id under which it lies. */
    addOnce: (shelf, value) => work("readwrite", [shelf], (one) => {
      const done = {};
      one.getAll().onsuccess = ({ target }) => {
        done.result = target.result.find(({ key }) => key === value.key)?.id;
        if (done.result === undefined) one.add(value).onsuccess = (added) => { done.result = added.target.result; };
      };
      return done;
    }),
    all: (shelf) => work("readonly", [shelf], (one) => one.getAll()),
    remove: (shelf, id) => work("readwrite", [shelf], (one) => one.delete(id)),
    put: (key, value) => work("readwrite", ["state"], (one) => one.put(value, key)),
    get: (key) => work("readonly", ["state"], (one) => one.get(key)),
    /** Takes an entry off those that wait and, in the same moment, puts `value` among those that came back. */
    move: (id, value) => work("readwrite", ["waiting", "returned"], (waiting, returned) => {
      if (id !== undefined) waiting.delete(id);
      return returned.add(value);
    }),
    clear: () => work("readwrite", Object.keys(SHELVES), (...all) => { all.forEach((one) => one.clear()); }),
  };
}
