/* Extras of signing in. Every page works without them; a passkey is the one thing that needs a script,
   and its buttons stay hidden where there is none. */

(() => {
  "use strict";

  // A passkey belongs to a name: at a bare address of a machine there is none.
  const able =
    Boolean(window.PublicKeyCredential) &&
    Boolean(navigator.credentials?.get) &&
    window.isSecureContext &&
    !/^[\d.]+$|:/.test(location.hostname);

  /* --- bytes, as the server writes them ----------------------------------------------------------- */

  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };

  const toText = (buffer) => {
    let plain = "";
    for (const byte of new Uint8Array(buffer)) plain += String.fromCharCode(byte);
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };

  const named = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

  const question = (asked) => {
    const options = { ...asked, challenge: toBytes(asked.challenge) };
    if (asked.user) options.user = { ...asked.user, id: toBytes(asked.user.id) };
    if (asked.excludeCredentials) options.excludeCredentials = named(asked.excludeCredentials);
    if (asked.allowCredentials) options.allowCredentials = named(asked.allowCredentials);
    return { publicKey: options };
  };

  const answer = (made) => {
    const response = { clientDataJSON: toText(made.response.clientDataJSON) };
    if (made.response.attestationObject) {
      response.attestationObject = toText(made.response.attestationObject);
      response.transports = made.response.getTransports?.() ?? [];
    } else {
      response.authenticatorData = toText(made.response.authenticatorData);
      response.signature = toText(made.response.signature);
      response.userHandle = made.response.userHandle ? toText(made.response.userHandle) : null;
    }
    return JSON.stringify({
      type: made.type,
      id: made.id,
      rawId: toText(made.rawId),
      response,
      clientExtensionResults: made.getClientExtensionResults(),
    });
  };

  /* --- passkeys ----------------------------------------------------------------------------------- */

  const ask = async (form) => {
    if (form.dataset.question) return JSON.parse(document.getElementById(form.dataset.question).textContent);
    const reply = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!reply.ok) throw new Error("no question");
    return reply.json();
  };

  const said = {
    NotAllowedError: "Nie udało się albo przerwano. Spróbuj jeszcze raz.",
    InvalidStateError: "To urządzenie ma już klucz do tego konta.",
  };

  const tell = (form, error) => {
    const place = form.querySelector("[data-passkey-said]");
    place.textContent = said[error.name] ?? "Klucz nie zadziałał. Wybierz inny sposób.";
    place.hidden = false;
  };

  const use = async (form) => {
    try {
      const { publicKey } = await ask(form);
      const options = question(publicKey);
      const made =
        form.dataset.passkey === "create"
          ? await navigator.credentials.create(options)
          : await navigator.credentials.get(options);
      form.elements.credential.value = answer(made);
      form.submit();
    } catch (error) {
      tell(form, error);
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    }
  };

  if (able) {
    for (const form of document.querySelectorAll("form[data-passkey]")) {
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        use(form);
      });
    }
    for (const element of document.querySelectorAll("[data-needs-passkey]")) element.hidden = false;
    for (const element of document.querySelectorAll("[data-no-passkey]")) element.hidden = true;
  }

  /* --- show a password ---------------------------------------------------------------------------- */

  for (const input of document.querySelectorAll("input[data-show-password]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.extra = "";
    button.className = "btn btn-secondary btn-sm show-password";
    button.textContent = "Pokaż hasło";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.textContent = shown ? "Ukryj hasło" : "Pokaż hasło";
      button.setAttribute("aria-pressed", String(shown));
    });
    input.after(button);
    // What is sent is a password again, so that the browser does not remember it as a text.
    input.form?.addEventListener("submit", () => {
      input.type = "password";
    });
  }

  /* --- print -------------------------------------------------------------------------------------- */

  for (const button of document.querySelectorAll("[data-print-page]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
