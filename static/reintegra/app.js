/* Small helpers over pages that work without them. Each part finds its elements by a data- attribute,
   so that what htmx brings in works like what came with the page. */

(() => {
  "use strict";

  const body = document.body;
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

  // `leaving`: the request outlives the page. Browsers allow that for small bodies only.
  const send = (url, data, { leaving = false } = {}) =>
    fetch(url, {
      keepalive: leaving,
      method: "POST",
      body: data,
      headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
      credentials: "same-origin",
    });

  const typing = (element) => element.closest("input, textarea, select, [contenteditable=true]") !== null;

  /* --- notes over the page: idle, network, server ------------------------------------------------ */

  const alerts = document.getElementById("alerts");

  const say = (name) => {
    const source = document.getElementById(`say-${name}`);
    if (!alerts || !source || alerts.dataset.said === name) return;
    alerts.replaceChildren(source.content.cloneNode(true));
    alerts.dataset.said = name;
  };

  const hush = (name) => {
    if (!alerts || (name && alerts.dataset.said !== name)) return;
    alerts.replaceChildren();
    delete alerts.dataset.said;
  };

  /* --- toasts ------------------------------------------------------------------------------------ */

  document.addEventListener("click", (event) => {
    event.target.closest("[data-shut]")?.closest(".toast-r")?.remove();
  });

  /* --- double submit: the second press of the same button does nothing ---------------------------- */

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("data-look")) return;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    // Where a link within the page led would come back with the answer, and take the focus from its errors.
    if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    // A file that comes as the answer leaves the page as it is; the server refuses a real double.
    setTimeout(() => release(form), 8000);
    // An htmx form stays on the page and may be sent again once its answer is here.
    form.addEventListener("htmx:afterRequest", () => release(form), { once: true });
  });

  const release = (form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  };

  // A page taken back from the browser's memory must be able to send again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) release(form);
  });

  /* --- look: at once, and remembered by the server ------------------------------------------------ */

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-look]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const data = new FormData(form);
    data.set("theme", event.submitter.value);
    document.documentElement.dataset.theme = event.submitter.value;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    }
    send(form.action, data, { leaving: true }).catch(() => say("network"));
  });

  /* --- drafts ------------------------------------------------------------------------------------- */

  const AUTOSAVE_AFTER = 2500;

  const watchDraft = (form) => {
    const note = form.querySelector("[data-saved]");
    let timer = 0;
    let unsaved = false;
    const save = async (options) => {
      const data = new FormData(form);
      for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
      for (const input of form.querySelectorAll("[type=password], [autocomplete=one-time-code]")) {
        data.delete(input.name);
      }
      try {
        const answer = await send(form.dataset.autosave, data, options);
        if (!answer.ok) return;
        const { saved } = await answer.json();
        unsaved = false;
        if (note) note.textContent = `Zapisano szkic ${saved}`;
        hush("network");
      } catch {
        say("network");
      }
    };
    form.addEventListener("input", () => {
      unsaved = true;
      clearTimeout(timer);
      timer = setTimeout(() => save(), AUTOSAVE_AFTER);
    });
    form.addEventListener("submit", () => clearTimeout(timer));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && unsaved && form.dataset.sent !== "yes") save({ leaving: true });
    });
    form.saveDraft = save;
  };

  /* --- session: warn two minutes before it ends ---------------------------------------------------- */

  const WARN_BEFORE = 120;
  const idle = Number(body.dataset.idle || 0);
  let idleTimer = 0;

  const expectIdle = () => {
    clearTimeout(idleTimer);
    if (idle > WARN_BEFORE) idleTimer = setTimeout(warnIdle, (idle - WARN_BEFORE) * 1000);
  };

  const warnIdle = () => {
    for (const form of document.querySelectorAll("[data-autosave]")) form.saveDraft?.();
    say("idle");
  };

  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-stay]")) {
      const answer = await send(body.dataset.extend, new FormData()).catch(() => null);
      if (answer?.ok && !answer.redirected) {
        hush("idle");
        expectIdle();
      } else {
        window.location.reload();
      }
    }
    if (event.target.closest("[data-retry]")) {
      hush("network");
      for (const form of document.querySelectorAll("[data-autosave]")) form.saveDraft?.();
    }
  });

  /* --- keyboard ------------------------------------------------------------------------------------ */

  let wentG = 0;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      for (const open of document.querySelectorAll("details.switch[open], details.btn-menu[open]")) {
        open.open = false;
        open.querySelector("summary").focus();
      }
      return;
    }
    if (body.dataset.keys !== "on" || typing(event.target)) return;
    const letter = event.key.toUpperCase();
    if (Date.now() - wentG < 1500) {
      wentG = 0;
      const place = [...document.querySelectorAll("[data-hotkey]")].find((one) => one.dataset.hotkey === letter);
      if (place) {
        event.preventDefault();
        place.click();
      }
      return;
    }
    if (letter === "G") wentG = Date.now();
    else if (event.key === "/") {
      const search = document.querySelector("[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    } else if (event.key === "?") window.location.assign(body.dataset.help);
  });

  /* --- confirm dialogs: the confirm page, shown over this one --------------------------------------- */

  const dialog = document.getElementById("dialog");
  let opener = null;

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener = link;
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true", "HX-Target": "dialog" } });
      // A question that needs a new sign-in or a proof first is asked on a page of its own.
      const elsewhere = answer.redirected || answer.headers.has("HX-Redirect");
      if (!answer.ok || elsewhere) throw new Error(String(answer.status));
      dialog.innerHTML = await answer.text();
      dialog.showModal();
    } catch {
      window.location.assign(link.href);
    }
  });

  dialog?.addEventListener("click", (event) => {
    const back = event.target.closest("[data-back]");
    if (!back) return;
    event.preventDefault();
    dialog.close();
  });

  dialog?.addEventListener("close", () => {
    dialog.replaceChildren();
    opener?.focus();
  });

  /* --- htmx: focus and failures -------------------------------------------------------------------- */

  document.addEventListener("htmx:afterSwap", (event) => {
    // What comes back from the history names no target.
    const target = event.detail.target ?? event.target;
    start(body);
    // A suggestion that comes while somebody types must not take them out of their field.
    const within = target.isConnected && target !== body ? target : document;
    const summary = within.querySelector("[data-focus]");
    if (summary) {
      summary.focus();
      return;
    }
    // htmx keeps focus on a control with the same id; if that is gone, the heading takes it.
    if (document.activeElement === body) {
      const heading = target.isConnected ? target.querySelector("h1, h2, h3") : document.querySelector("main h1");
      if (heading) {
        heading.tabIndex = -1;
        heading.focus();
      }
    }
    expectIdle();
  });

  document.addEventListener("htmx:sendError", () => say("network"));
  document.addEventListener("htmx:responseError", () => say("server"));
  document.addEventListener("htmx:afterOnLoad", () => hush("network"));
  window.addEventListener("offline", () => say("network"));
  window.addEventListener("online", () => hush("network"));

  /* --- forms: filters, digits, select all ---------------------------------------------------------- */

  const countDigits = (input) => {
    const wanted = Number(input.dataset.countDigits);
    const line = document.createElement("p");
    line.className = "live";
    input.after(line);
    const show = () => {
      const typed = input.value.replace(/\D/g, "").length;
      line.textContent = typed === 0 ? "" : `${typed} z ${wanted} cyfr`;
    };
    input.addEventListener("input", show);
  };

  const selectAll = (box) => {
    const boxes = [...document.querySelectorAll(`input[name="${box.dataset.checkAll}"]`)];
    const button = document.querySelector("[data-bulk]");
    const label = button?.textContent.trim();
    const count = () => {
      const chosen = boxes.filter((one) => one.checked).length;
      box.checked = chosen > 0 && chosen === boxes.length;
      box.indeterminate = chosen > 0 && chosen < boxes.length;
      if (button) button.textContent = chosen ? `${label} (${chosen})` : label;
    };
    box.hidden = false;
    box.addEventListener("change", () => {
      for (const one of boxes) one.checked = box.checked;
      count();
    });
    for (const one of boxes) one.addEventListener("change", count);
    count();
  };

  // A window that narrows may turn a table into one that scrolls, which the keyboard must reach.
  const widths = new ResizeObserver((seen) => {
    for (const { target: box } of seen) {
      if (box.scrollWidth <= box.clientWidth) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", box.querySelector("caption")?.textContent ?? "");
    }
  });

  // Tabs that do not fit scroll in a row of their own; the one that is open comes into sight.
  const tabs = (row) => {
    const here = row.querySelector("[aria-current]");
    if (here) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  };

  const scrolls = (box) => widths.observe(box);

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select, [type=radio], [type=checkbox]")) form.requestSubmit();
  });

  const started = new WeakSet();

  // A swap may bring new elements anywhere; those that are known keep what they have.
  const start = (root) => {
    const each = (selector, begin) => {
      for (const element of root.querySelectorAll(selector)) {
        if (started.has(element)) continue;
        started.add(element);
        begin(element);
      }
    };
    each("[data-shut][hidden]", (button) => {
      button.hidden = false;
    });
    each("form[data-autosave]", watchDraft);
    each("[data-count-digits]", countDigits);
    each("[data-check-all]", selectAll);
    each("[data-scrolls]", scrolls);
    each("[data-tabs]", tabs);
  };

  start(document);
  expectIdle();
  // At the errors of a form, or at the field itself where there is only one.
  (document.querySelector("[data-focus]") ?? document.querySelector("main [aria-invalid=true]"))?.focus();
})();
