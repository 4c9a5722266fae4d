/* Keys of attendance, over pages that work without them. A letter marks and goes on; arrows move. */

(() => {
  "use strict";

  const on = () => document.body.dataset.keys === "on";
  const typing = (element) => element.matches("input:not([type=radio]), select, textarea");

  /* --- a day: rows of radios ---------------------------------------------------------------------- */

  const rows = () => [...document.querySelectorAll("[data-marks] .att-r")];

  const enter = (row) => {
    const first = (which) => row?.querySelector(`input[name=kind]${which}`);
    (first(":checked") ?? first("[data-usual]:enabled") ?? first(":enabled"))?.focus();
  };

  const press = (row, key) => {
    const radio = row.querySelector(`input[name=kind][data-key="${key}"]`);
    if (!radio || radio.disabled) return false;
    if (radio.checked) return true;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    // A reason is asked for where it was pressed.
    return key !== "U";
  };

  const onDay = (event) => {
    const link = { PageDown: "[data-later]", PageUp: "[data-earlier]" }[event.key];
    if (link && document.querySelector("[data-marks]")) {
      event.preventDefault();
      document.querySelector(link)?.click();
      return;
    }
    const row = event.target.closest("[data-marks] .att-r");
    if (!row || typing(event.target)) return;
    const all = rows();
    const at = all.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      enter(all[to]);
    } else if (on() && /^[a-z]$/i.test(event.key)) {
      if (press(row, event.key.toUpperCase())) enter(all[at + 1]);
      event.stopPropagation();
    }
  };

  /* --- a month: a grid of cells -------------------------------------------------------------------- */

  const cellAt = (grid, row, column) => grid.tBodies[0].rows[row]?.querySelectorAll("[data-d]")[column];

  // The cell where a range began; the range reaches from it to the cell in focus.
  let anchor = null;

  const place = (cell) => {
    const row = cell.closest("tr");
    return [[...row.parentElement.rows].indexOf(row), [...row.querySelectorAll("[data-d]")].indexOf(cell)];
  };

  const chosen = (grid) => [...grid.querySelectorAll("[data-d].sel")];

  const unchoose = (grid) => {
    for (const one of chosen(grid)) {
      one.classList.remove("sel");
      one.removeAttribute("aria-selected");
    }
  };

  const choose = (grid, from, to) => {
    unchoose(grid);
    if (from[0] === to[0] && from[1] === to[1]) return;
    for (let row = Math.min(from[0], to[0]); row <= Math.max(from[0], to[0]); row += 1) {
      for (let column = Math.min(from[1], to[1]); column <= Math.max(from[1], to[1]); column += 1) {
        const cell = cellAt(grid, row, column);
        if (!cell?.matches("[data-open]")) continue;
        cell.classList.add("sel");
        cell.setAttribute("aria-selected", "true");
      }
    }
  };

  const tell = (grid, cell) => {
    const told = document.getElementById("att-told");
    const count = chosen(grid).length;
    if (told) told.textContent = count ? `Zaznaczone dni: ${count}. Jeden klawisz wpisuje je wszystkie.` : cell.title;
    const may = count > 0 || "open" in cell.dataset;
    for (const button of document.querySelectorAll("#mg-bar .mg-key")) button.disabled = !may;
  };

  const stand = (cell, wide = false) => {
    if (!cell) return;
    const grid = cell.closest("[data-grid]");
    for (const one of grid.querySelectorAll("[data-d][tabindex='0']")) one.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    const at = place(cell);
    if (!wide || !anchor) anchor = at;
    choose(grid, anchor, at);
    tell(grid, cell);
  };

  const sent = (grid) => ({
    dni: grid.dataset.days,
    pracownia: grid.dataset.place,
    reason: document.getElementById("powod")?.value ?? "",
    excuse: document.getElementById("mg-excuse")?.value ?? "",
  });

  const forget = () => {
    const told = document.getElementById("mg-told");
    if (told) told.textContent = "";
  };

  const send = (cell, kind) => {
    const grid = cell.closest("[data-grid]");
    const row = cell.closest("tr");
    const [at, column] = place(cell);
    forget();
    window.htmx
      .ajax("POST", row.dataset.post, {
        target: row,
        swap: "outerHTML",
        values: {
          ...sent(grid),
          // On practice the usual day is one at the employer's.
          kind: kind === "usual" ? ("e" in cell.dataset ? "employer" : "present") : kind,
          hours: cell.dataset.h ?? "",
          dzien: cell.dataset.d,
          revision: cell.dataset.r,
          widok: "miesiac",
        },
      })
      .then(() => {
        // Who went on meanwhile stays where they are.
        if (document.activeElement === document.body) stand(cellAt(grid, at, column));
      });
  };

  const sendAll = (grid, cells, kind) => {
    const from = anchor;
    const at = place(document.activeElement.closest("[data-d]") ?? cells[cells.length - 1]);
    forget();
    window.htmx
      .ajax("POST", grid.dataset.range, {
        target: grid,
        swap: "none",
        values: {
          ...sent(grid),
          kind,
          cells: cells.map((one) => `${one.closest("tr").dataset.file}:${one.dataset.d}:${one.dataset.r}`).join(),
        },
      })
      .then(() => {
        stand(cellAt(grid, ...at));
        anchor = from;
        choose(grid, anchor, at);
      });
  };

  const put = (cell, kind) => {
    const grid = cell.closest("[data-grid]");
    const cells = chosen(grid);
    if (cells.length > 0) {
      sendAll(grid, cells, kind);
      return;
    }
    if (!("open" in cell.dataset)) return;
    const [at, column] = place(cell);
    send(cell, kind);
    if (kind) stand(cellAt(grid, at + 1, column) ?? cell);
  };

  const onMonth = (event) => {
    const cell = event.target.closest("[data-grid] [data-d]");
    if (!cell) return;
    const grid = cell.closest("[data-grid]");
    const row = cell.closest("tr");
    const [at, column] = place(cell);
    const width = row.querySelectorAll("[data-d]").length;
    const last = row.parentElement.rows.length - 1;
    const to = {
      ArrowDown: [at + 1, column],
      ArrowUp: [at - 1, column],
      ArrowLeft: [at, column - 1],
      ArrowRight: [at, column + 1],
      Home: [at, 0],
      End: [at, width - 1],
      PageUp: [0, column],
      PageDown: [last, column],
    }[event.key];
    if (to) {
      event.preventDefault();
      stand(cellAt(grid, ...to), event.shiftKey);
      return;
    }
    if (event.key === "Escape" && chosen(grid).length > 0) {
      event.preventDefault();
      stand(cell);
      return;
    }
    if (grid.dataset.may !== "yes" || (!("open" in cell.dataset) && chosen(grid).length === 0)) return;
    const kind = event.key === "Delete" ? "" : event.key === " " ? "usual" : kinds(grid)[event.key.toUpperCase()];
    if (kind === undefined || (event.key.length === 1 && event.key !== " " && !on())) return;
    event.preventDefault();
    event.stopPropagation();
    put(cell, kind);
  };

  const kinds = (grid) => JSON.parse(grid.dataset.grid);

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-grid] [data-d]");
    if (cell) stand(cell, event.shiftKey);
    const button = event.target.closest("#mg-bar .mg-key");
    const here = button && document.querySelector("[data-grid] [data-d][tabindex='0']");
    if (here) put(here, button.dataset.kind);
  });

  document.addEventListener("mousedown", (event) => {
    // Shift and a click choose days, not words.
    if (event.shiftKey && event.target.closest("[data-grid] [data-d]")) event.preventDefault();
  });

  /* --- both ---------------------------------------------------------------------------------------- */

  document.addEventListener(
    "keydown",
    (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing(event.target)) {
        const undo = document.querySelector("[data-undo]");
        if (undo) {
          event.preventDefault();
          undo.requestSubmit();
        }
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      onDay(event);
      onMonth(event);
    },
    true,
  );

  const count = () => {
    const all = rows();
    const checked = (kind) => all.filter((row) => row.querySelector(`input[name=kind]${kind}:checked`)).length;
    const show = (name, value) => {
      const where = document.querySelector(`[data-count=${name}]`);
      if (where) where.textContent = String(value);
    };
    show("left", all.length - checked(""));
    show("meals", checked("[value=present]"));
  };

  document.addEventListener("htmx:afterSettle", count);

  /* --- what others wrote meanwhile ------------------------------------------------------------------ */

  const seen = (row) => [...row.querySelectorAll("[name=revision], [data-r]")].map((one) => one.value ?? one.dataset.r).join();

  const busy = (row) => row.contains(document.activeElement) || row.matches(".bad, .htmx-request, :has([data-d][tabindex='0'])");

  const catchUp = async () => {
    const mine = [...rows(), ...document.querySelectorAll("[data-grid] tbody tr[id]")];
    if (mine.length === 0) return;
    const answer = await fetch(location.href.split("#")[0]);
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const row of mine) {
      const now = fresh.getElementById(row.id);
      if (!now || !row.isConnected || busy(row) || seen(now) === seen(row)) continue;
      row.replaceWith(now);
      window.htmx.process(now);
    }
    count();
  };

  // Asked for when somebody comes back to the page, and when they pause after marks of their own.
  const PAUSE = 1500;
  let waiting = 0;

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(catchUp, PAUSE);
  };

  document.addEventListener("htmx:afterSettle", later);
  window.addEventListener("focus", later);

  // After "everybody is here" the exceptions come next.
  if (document.querySelector("[data-marks]") && !document.querySelector("[data-marks] [data-focus]")) enter(rows()[0]);
})();
