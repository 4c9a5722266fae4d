/* Keys of attendance, over pages that work without them. A letter marks and goes on; arrows move. */

(() => {
  "use strict";

  const on = () => document.body.dataset.keys === "on";
  const typing = (element) => element.matches("input:not([type=radio]), select, textarea");

  /* --- a day: rows of radios ---------------------------------------------------------------------- */

  const rows = () => [...document.querySelectorAll("[data-marks] .att-r")];

  const enter = (row) => {
    const radio = row?.querySelector("input[name=kind]:checked") ?? row?.querySelector("input[name=kind]:enabled");
    radio?.focus();
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

  const stand = (cell) => {
    if (!cell) return;
    const grid = cell.closest("[data-grid]");
    for (const one of grid.querySelectorAll("[data-d][tabindex='0']")) one.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    const told = document.getElementById("att-told");
    if (told) told.textContent = cell.title;
  };

  const send = (cell, kind) => {
    const grid = cell.closest("[data-grid]");
    const row = cell.closest("tr");
    const at = [...row.parentElement.rows].indexOf(row);
    const column = [...row.querySelectorAll("[data-d]")].indexOf(cell);
    window.htmx
      .ajax("POST", row.dataset.post, {
        target: row,
        swap: "outerHTML",
        values: {
          kind,
          dzien: cell.dataset.d,
          revision: cell.dataset.r,
          widok: "miesiac",
          dni: grid.dataset.days,
          pracownia: grid.dataset.place,
          reason: document.getElementById("powod")?.value ?? "",
        },
      })
      .then(() => {
        // Who went on meanwhile stays where they are.
        if (document.activeElement === document.body) stand(cellAt(grid, at, column));
      });
  };

  const onMonth = (event) => {
    const cell = event.target.closest("[data-grid] [data-d]");
    if (!cell) return;
    const grid = cell.closest("[data-grid]");
    const row = cell.closest("tr");
    const at = [...row.parentElement.rows].indexOf(row);
    const cells = [...row.querySelectorAll("[data-d]")];
    const column = cells.indexOf(cell);
    const last = row.parentElement.rows.length - 1;
    const to = {
      ArrowDown: [at + 1, column],
      ArrowUp: [at - 1, column],
      ArrowLeft: [at, column - 1],
      ArrowRight: [at, column + 1],
      Home: [at, 0],
      End: [at, cells.length - 1],
      PageUp: [0, column],
      PageDown: [last, column],
    }[event.key];
    if (to) {
      event.preventDefault();
      stand(cellAt(grid, ...to));
      return;
    }
    if (!("open" in cell.dataset) || grid.dataset.may !== "yes") return;
    const kind = event.key === "Delete" ? "" : event.key === " " ? "present" : kinds(grid)[event.key.toUpperCase()];
    if (kind === undefined || (event.key.length === 1 && event.key !== " " && !on())) return;
    event.preventDefault();
    event.stopPropagation();
    send(cell, kind);
    if (kind) stand(cellAt(grid, at + 1, column) ?? cell);
  };

  const kinds = (grid) => JSON.parse(grid.dataset.grid);

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-grid] [data-d]");
    if (cell) stand(cell);
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
    const put = (name, value) => {
      const place = document.querySelector(`[data-count=${name}]`);
      if (place) place.textContent = String(value);
    };
    put("left", all.length - checked(""));
    put("meals", checked("[value=present]"));
  };

  document.addEventListener("htmx:afterSettle", count);

  // After "everybody is here" the exceptions come next.
  if (document.querySelector("[data-marks]") && !document.querySelector("[data-marks] [data-focus]")) enter(rows()[0]);
})();
