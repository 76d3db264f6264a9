/** Signs in and sets up with a passkey: fills a form's hidden field with the device's answer, then sends it. */
const BINARY = new Set(["challenge", "id", "rawId", "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]);

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The options as the browser wants them: what the server sends as text is bytes there. */
function options(wire) {
  const key = { ...wire.publicKey, challenge: toBytes(wire.publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: toBytes(one.id) }));
  }
  return key;
}

/** The device's answer as the server wants it: bytes become text. */
function answer(credential) {
  const response = {};
  for (const name of BINARY) {
    const bytes = credential.response[name];
    if (bytes) response[name] = toText(bytes);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function wireOptions(form) {
  const { passkeyOptions, passkeyFrom } = form.dataset;
  if (passkeyOptions) return JSON.parse(document.getElementById(passkeyOptions).textContent);
  const reply = await fetch(passkeyFrom, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!reply.ok) throw new Error(`no options: ${reply.status}`);
  return (await reply.json()).request_options;
}

/** A key that shall also do without the password has to be kept on the device and guarded there. */
function forSelection(key, alone) {
  const selection = { ...key.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) selection.userVerification = "required";
  return { ...key, authenticatorSelection: selection };
}

async function ask(form) {
  const publicKey = options(await wireOptions(form));
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
  const alone = form.elements.passwordless?.checked ?? false;
  return navigator.credentials.create({ publicKey: forSelection(publicKey, alone) });
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const problem = form.querySelector("[data-passkey-problem]");
  const button = form.querySelector("button");
  problem.hidden = true;
  button.disabled = true;
  try {
    form.elements.credential.value = answer(await ask(form));
    form.submit();
  } catch {
    problem.hidden = false;
  } finally {
    button.disabled = false;
  }
}

/** Connects the forms; where the browser knows no passkeys the buttons stay off. */
export function startPasskey() {
  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", send);
    form.querySelector("button").disabled = false;
  }
}
