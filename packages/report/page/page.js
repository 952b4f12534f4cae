// What makes the page quicker to use. Everything can be read without it.
"use strict";

(() => {
  const rows = [...document.querySelectorAll("tbody tr")];
  const search = document.getElementById("search");
  const stateFilter = document.getElementById("state-filter");
  const laneFilters = [...document.querySelectorAll(".overview input")];
  const found = document.getElementById("found");
  let openNumber = null;
  let opener = null;

  document.documentElement.classList.add("js");

  const numberOf = (row) => row.id.slice(1);
  const panelOf = (number) => document.getElementById(`m${number}`);
  const rowOf = (number) => document.getElementById(`r${number}`);

  // --- What is shown ---

  const texts = new Map();

  function textOf(row) {
    if (!texts.has(row)) {
      texts.set(row, `${row.textContent} ${panelOf(numberOf(row)).textContent}`.toLowerCase());
    }
    return texts.get(row);
  }

  function filterRows() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const lanes = new Set(laneFilters.filter((box) => box.checked).map((box) => box.dataset.lane));
    const state = stateFilter.value;
    let shown = 0;
    for (const row of rows) {
      const fits =
        lanes.has(row.dataset.lane) &&
        (state === "all" || row.classList.contains(state)) &&
        words.every((word) => textOf(row).includes(word));
      row.hidden = !fits;
      panelOf(numberOf(row)).hidden = !fits;
      shown += fits ? 1 : 0;
    }
    found.textContent = shown === rows.length ? "" : `${shown} of ${rows.length}`;
    document.getElementById("nothing").hidden = shown > 0 || rows.length === 0;
  }

  // --- One migration in full ---

  function relationsOf(number) {
    return [...panelOf(number).querySelectorAll("[data-row]")];
  }

  function light(number, on) {
    for (const track of document.querySelectorAll(`.track[data-to="${number}"]`)) {
      track.classList.toggle("is-lit", on);
    }
  }

  function markRelated(number) {
    for (const relation of relationsOf(number)) {
      const row = rowOf(relation.dataset.row);
      const label = document.createElement("span");
      label.className = "relation";
      label.textContent = relation.dataset.label;
      row.classList.add("is-related");
      row.querySelector(".why").prepend(label);
    }
    light(number, true);
    rowOf(number).classList.add("is-open");
  }

  function unmark(number) {
    for (const label of document.querySelectorAll(".relation")) {
      label.remove();
    }
    for (const row of document.querySelectorAll(".is-related")) {
      row.classList.remove("is-related");
    }
    light(number, false);
    rowOf(number).classList.remove("is-open");
  }

  function close() {
    if (openNumber === null) {
      return;
    }
    panelOf(openNumber).classList.remove("is-open");
    document.body.classList.remove("has-panel");
    unmark(openNumber);
    const back = opener ?? rowOf(openNumber).querySelector("a");
    openNumber = null;
    opener = null;
    history.replaceState(null, "", location.pathname + location.search);
    back.focus({ preventScroll: true });
  }

  function open(number) {
    const panel = panelOf(number);
    if (panel === null) {
      return;
    }
    if (openNumber === null) {
      opener = document.activeElement?.closest("tbody") ? document.activeElement : null;
    } else {
      panelOf(openNumber).classList.remove("is-open");
      unmark(openNumber);
    }
    openNumber = number;
    panel.hidden = false;
    panel.classList.add("is-open");
    panel.scrollTop = 0;
    document.body.classList.add("has-panel");
    markRelated(number);
    rowOf(number).scrollIntoView({ block: "nearest" });
    history.replaceState(null, "", `#m${number}`);
    panel.focus({ preventScroll: true });
  }

  function openFromAddress() {
    const match = /^#m(\d+)$/.exec(location.hash);
    if (match) {
      open(match[1]);
    }
  }

  /** The visible row `step` rows away from the one that is open or has the focus. */
  function move(step) {
    const visible = rows.filter((row) => !row.hidden);
    const current = rowOf(openNumber ?? "") ?? document.activeElement?.closest("tbody tr");
    const next = visible[current ? visible.indexOf(current) + step : 0];
    if (!next) {
      return;
    }
    if (openNumber === null) {
      next.querySelector("a").focus();
    } else {
      open(numberOf(next));
    }
  }

  // --- The reasons of a line, beside the pointer ---

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);

  function showTip(track, event) {
    const number = track.dataset.to;
    const before = relationsOf(number).filter((relation) =>
      track.classList.contains(relation.dataset.kind) && Number(relation.dataset.row) < Number(number));
    tip.replaceChildren(
      ...before.map((relation) => {
        const line = document.createElement("p");
        line.textContent = relation.dataset.sentence;
        return line;
      }),
    );
    tip.hidden = before.length === 0;
    tip.style.left = `${Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
    light(number, true);
  }

  function hideTip(track) {
    tip.hidden = true;
    light(track.dataset.to, track.dataset.to === openNumber);
  }

  // --- What people do ---

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const track = event.target.closest(".track");
    if (track) {
      open(track.dataset.to);
    } else if (link?.classList.contains("close")) {
      event.preventDefault();
      close();
    } else if (link?.hash.startsWith("#m")) {
      event.preventDefault();
      open(link.hash.slice(2));
    }
  });

  document.addEventListener("pointerover", (event) => {
    const track = event.target.closest?.(".track");
    if (track) {
      showTip(track, event);
    }
  });

  document.addEventListener("pointerout", (event) => {
    const track = event.target.closest?.(".track");
    if (track) {
      hideTip(track);
    }
  });

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches?.("input[type=search], select");
    if (event.key === "Escape") {
      close();
    } else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") &&
               document.activeElement?.closest("tbody")) {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
  });

  search.addEventListener("input", filterRows);
  stateFilter.addEventListener("change", filterRows);
  for (const box of laneFilters) {
    box.addEventListener("change", filterRows);
  }
  addEventListener("hashchange", openFromAddress);
  filterRows(); // browsers keep what was typed when a page is loaded again
  openFromAddress();
})();
