// The board: arrows go from visit to visit; M takes one up, arrows carry it, Enter puts it down, Escape lets it be;
// dragging does the same, and on a touch screen tapping a visit, then a place. Wherever a visit hovers, the board says
// what putting it there would bring or cost.
customElements.define("planning-board", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this);
    this.output = this.querySelector("#trial");
    if (!("editable" in this.dataset)) return;
    for (const visit of this.querySelectorAll(".visit")) visit.draggable = true;
    this.carry = this.querySelector("#carry");
    for (const kind of ["dragstart", "dragenter", "dragover", "drop", "dragend"]) this.addEventListener(kind, this);
    for (const kind of ["focusout", "pointerdown", "click"]) this.addEventListener(kind, this);
  }

  handleEvent(event) {
    const visit = event.target.closest?.(".visit");
    if (event.type === "keydown") this.#key(event, visit);
    else if (event.type === "focusout" && this.carried) this.#drop();
    else if (event.type === "pointerdown") this.touched = event.pointerType === "touch";
    else if (event.type === "click") this.#click(event, visit);
    else if (event.type === "dragstart" && visit) {
      this.#take(visit);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", visit.dataset.id);
    } else if (event.type === "dragenter" || event.type === "dragover") this.#over(event);
    else if (event.type === "drop" && this.taken) {
      event.preventDefault();
      const cell = event.target.closest("tbody td");
      if (cell) this.#move(this.taken, cell.cellIndex - 1);
    } else if (event.type === "dragend") this.#drop();
  }

  // Entering a cell is hovering already: the event that says so may come only when the mouse moves again.
  #over(event) {
    const cell = event.target.closest?.("tbody td");
    if (!this.taken || !cell) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    this.#hover(cell.cellIndex - 1);
  }

  #click(event, visit) {
    const cell = event.target.closest("td, thead th");
    if (event.target.closest("#carry [value=put]")) this.#move(this.taken, this.at);
    else if (event.target.closest("#carry [value=leave]")) this.#drop();
    else if (this.touched && this.taken && cell && cell.cellIndex !== this.taken.closest("td").cellIndex) {
      event.preventDefault();
      this.#hover(cell.cellIndex - 1);
      this.carry.querySelector("[value=put]").hidden = this.at === this.taken.closest("td").cellIndex - 1;
    } else if (this.touched && visit) {
      event.preventDefault();
      const again = visit === this.taken;
      this.#drop();
      if (!again) this.#lift(visit);
    }
  }

  // Says what a tapped visit is, and what can be done with it.
  #lift(visit) {
    this.#take(visit);
    this.carry.querySelector("b").textContent = visit.getAttribute("aria-label");
    this.carry.querySelector("a").href = visit.href;
    this.carry.querySelector("[value=put]").hidden = true;
    this.carry.hidden = false;
  }

  #take(visit) {
    this.taken = visit;
    this.at = visit.closest("td").cellIndex - 1;
    visit.classList.add("taken");
  }

  #drop() {
    this.taken?.classList.remove("taken");
    this.taken = undefined;
    this.carried = false;
    this.carry.hidden = true;
    this.#forget();
  }

  // No column is hovered over any more, and none is asked for.
  #forget() {
    clearTimeout(this.waiting);
    this.asked?.abort();
    this.output.textContent = "";
    for (const cell of this.querySelectorAll(".target")) cell.classList.remove("target");
  }

  // Mark the column, and ask for its price once it is hovered over for a moment.
  #hover(block) {
    if (block === this.at || block < 0) return;
    const rows = this.querySelectorAll("tbody tr");
    if (!rows[0]?.cells[block + 1]) return;
    this.at = block;
    this.#forget();
    for (const row of rows) row.cells[block + 1].classList.add("target");
    // Under a mouse nothing may move away
    if (this.carried) this.taken.closest("tr").cells[block + 1].scrollIntoView({ block: "nearest", inline: "nearest" });
    if (block !== this.taken.closest("td").cellIndex - 1) this.waiting = setTimeout(() => this.#ask(this.taken, block), 150);
  }

  async #ask(visit, block) {
    this.asked = new AbortController();
    const url = `/plans/${this.dataset.plan}/visits/${visit.dataset.id}/trial?block=${block}`;
    try {
      const answer = await fetch(url, { signal: this.asked.signal, headers: { "HX-Request": "true" } });
      if (answer.ok) this.output.innerHTML = await answer.text();
    } catch {
      // Another column is asked for by now
    }
  }

  #key(event, visit) {
    if (!visit) return;
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const step = steps[event.key];
    const key = event.key.toLowerCase();
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const editable = "editable" in this.dataset && plain;
    if (this.taken && (step || key === "enter" || key === "escape")) {
      event.preventDefault();
      if (step) this.#hover(this.at + step[1]);
      else if (key === "enter") this.#move(this.taken, this.at);
      else this.#drop();
    } else if (step && plain) {
      event.preventDefault();
      this.#go(visit, step);
    } else if (editable && key === "m") {
      event.preventDefault();
      this.#take(visit);
      this.carried = true;
    } else if (editable && key === "p") {
      event.preventDefault();
      this.#send(visit, "pin", { pinned: visit.classList.contains("pinned") ? "no" : "yes" });
    }
  }

  // The nearest visit in that direction; within a cell one after the other.
  #go(visit, [down, right]) {
    const here = visit.getBoundingClientRect();
    let best = null, nearest = Infinity;
    for (const other of this.querySelectorAll(".visit")) {
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
    if (block < 0 || visit.closest("td").cellIndex - 1 === block) this.#drop();
    else this.#send(visit, "move", { block: String(block) });
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
