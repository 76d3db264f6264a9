/** The worker's part of a note to a sleeping device: it says that something changed, and opens the page that says what. */
function shown({ title, body, tag, url }) {
  return self.registration.showNotification(title, { body, tag, data: { url }, lang: "", renotify: true });
}

async function open(url) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname === url) ?? pages[0];
  if (!page) return self.clients.openWindow(url);
  await page.focus();
  return new URL(page.url).pathname === url ? page : page.navigate(url);
}

/** Starts listening, in a worker. */
export function startWaking() {
  self.addEventListener("push", (event) => {
    if (event.data) event.waitUntil(shown(event.data.json()));
  });
  self.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(open(event.notification.data.url));
  });
}
