/** Reads the pattern of a participation card with the camera, where the browser can; nothing leaves the device. */
const EVERY = 200;
const CODE = /\/desk\/cards\/([A-Za-z0-9]{6})\/?$/;

async function begin(place) {
  const [picture, said] = [place.querySelector("[data-scan-picture]"), place.querySelector("[data-scan-said]")];
  const start = place.querySelector("[data-scan-start]");
  start.hidden = true;
  try {
    picture.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    picture.hidden = false;
    said.textContent = said.dataset.looking;
    await picture.play();
    await look(picture, new window.BarcodeDetector({ formats: ["qr_code"] }));
  } catch {
    picture.hidden = true;
    start.hidden = false;
    said.textContent = said.dataset.refused;
  }
}

/** Looks until a card is seen, and opens it. */
async function look(picture, detector) {
  for (;;) {
    const seen = await detector.detect(picture);
    const code = seen.map(({ rawValue }) => CODE.exec(rawValue)?.[1]).find(Boolean);
    if (code) {
      picture.srcObject.getTracks().forEach((track) => track.stop());
      const field = document.getElementById("code");
      field.value = code;
      return field.form.requestSubmit();
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

/** Starts where cards are opened, if this browser reads codes. */
export function startScan() {
  const place = document.querySelector("[data-scan]");
  if (!place || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  place.hidden = false;
  place.querySelector("[data-scan-start]").addEventListener("click", () => begin(place));
}
