// The board: arrows go from visit to visit, Alt with an arrow or dragging moves one, P pins the one that is chosen.
customElements.define("planning-board", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this);
    if (!("editable" in this.dataset)) return;
    for (const visit of this.querySelectorAll(".visit")) visit.draggable = true;
    for (const kind of ["dragstart", "dragover", "dragleave", "drop", "dragend"]) this.addEventListener(kind, this);
  }

  handleEvent(event) {
    const visit = event.target.closest?.(".visit");
    if (event.type === "keydown") this.#key(event, visit);
    else if (event.type === "dragstart" && visit) {
      this.dragged = visit;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", visit.dataset.id);
    } else if (event.type === "dragover" || event.type === "dragleave") this.#over(event);
    else if (event.type === "drop" && this.dragged) {
      event.preventDefault();
      const cell = event.target.closest("td");
      if (cell && cell.parentElement.parentElement.tagName === "TBODY") this.#move(this.dragged, cell.cellIndex - 1);
    } else if (event.type === "dragend") this.#clear();
  }

  #over(event) {
    const cell = event.target.closest?.("tbody td");
    this.#clear();
    if (!this.dragged || !cell || event.type === "dragleave") return;
    event.preventDefault();
    const column = cell.cellIndex;
    for (const row of this.querySelectorAll("tbody tr")) row.cells[column].classList.add("target");
  }

  #clear() {
    for (const cell of this.querySelectorAll(".target")) cell.classList.remove("target");
  }

  #key(event, visit) {
    if (!visit) return;
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[event.key];
    const editable = "editable" in this.dataset;
    if (step && event.altKey && editable && step[1]) {
      event.preventDefault();
      this.#move(visit, visit.closest("td").cellIndex - 1 + step[1]);
    } else if (step && !event.altKey) {
      event.preventDefault();
      this.#go(visit, step);
    } else if (event.key.toLowerCase() === "p" && editable && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.#send(visit, "pin", { pinned: visit.classList.contains("pinned") ? "no" : "yes" });
    }
  }

  // The nearest visit in that direction; within a cell one after the other.
  #go(visit, [down, right]) {
    const all = [...this.querySelectorAll(".visit")];
    const here = visit.getBoundingClientRect();
    let best = null, nearest = Infinity;
    for (const other of all) {
      const there = other.getBoundingClientRect();
      const along = right ? (there.x - here.x) * right : (there.y - here.y) * down;
      const aside = right ? Math.abs(there.y - here.y) : Math.abs(there.x - here.x);
      if (other === visit || along < 4) continue;
      const far = along + 3 * aside;
      if (far < nearest) { nearest = far; best = other; }
    }
    best?.focus();
  }

  #move(visit, block) {
    if (block < 0 || visit.closest("td").cellIndex - 1 === block) return;
    this.#send(visit, "move", { block: String(block) });
  }

  #send(visit, verb, fields) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = `/plans/${this.dataset.plan}/visits/${visit.dataset.id}/${verb}?by=${this.dataset.by}`;
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }
});
