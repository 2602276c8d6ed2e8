// People as tokens that can be removed, found by name or department while one types.
import { Suggestions } from "./suggestions.js";

customElements.define("people-picker", class extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = this.querySelector(".tokens > input");
    this.box = this.querySelector(".tokens");
    this.querySelector(".found")?.remove();
    if (this.field.value) this.field.value = "";
    for (const token of this.querySelectorAll(".token")) {
      const avatar = token.querySelector(".avatar");
      token.person = {
        id: token.dataset.id,
        name: token.querySelector("label").childNodes[2].textContent.trim(),
        hue: avatar.className.match(/hue-(\d+)/)[1],
        initials: avatar.textContent,
        department: token.querySelector(".meta").textContent,
      };
      this.closable(token);
    }
    this.suggestions = new Suggestions({
      field: this.field, home: this, source: this.dataset.source, label: this.dataset.label,
      none: this.dataset.none, take: (person) => this.add(person),
    });
    this.choose_source();
    this.field.addEventListener("input", () => {
      if (this.field.value.trim()) this.suggestions.ask(this.field.value.trim());
      else this.suggestions.close();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.defaultPrevented && !event.ctrlKey && !event.metaKey) event.preventDefault();
      if (event.key === "Backspace" && !this.field.value) this.remove_(this.box.querySelector(".token:last-of-type"));
    });
    this.box.addEventListener("click", (event) => { if (event.target === this.box) this.field.focus(); });
  }

  add(person) {
    if (!this.querySelector(`.token[data-id="${CSS.escape(person.id)}"]`)) {
      if (this.dataset.single !== undefined) for (const other of this.querySelectorAll(".token")) other.remove();
      const token = document.createElement("span");
      token.className = "token";
      token.dataset.id = person.id;
      token.person = person;
      const value = Object.assign(document.createElement("input"), { type: "checkbox", value: person.id, checked: true });
      value.name = this.dataset.name;
      value.setAttribute("aria-label", person.name);
      const avatar = document.createElement("span");
      avatar.className = `avatar hue-${Number(person.hue)} s`;
      avatar.setAttribute("aria-hidden", "true");
      avatar.textContent = person.initials;
      const department = document.createElement("span");
      department.className = "meta";
      department.textContent = person.department;
      token.append(value, avatar, ` ${person.name} `, department);
      this.closable(token);
      this.field.before(token);
    }
    this.field.value = "";
    this.field.removeAttribute("placeholder");
    this.changed();
  }

  closable(token) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", this.dataset.remove.replace("{name}", token.person.name));
    button.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#i-x"/></svg>';
    button.addEventListener("click", () => this.remove_(token));
    token.append(button);
  }

  remove_(token) {
    if (!token) return;
    token.remove();
    this.field.focus();
    this.changed();
  }

  // Nobody thanks only themselves: one is offered oneself once there are others
  choose_source() {
    const { source, aloneSource = source } = this.dataset;
    this.suggestions.source = this.querySelector(".token") ? source : aloneSource;
  }

  changed() {
    this.choose_source();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
