// A listbox under a field, filled by the server: arrows move, Enter or Tab takes, Escape closes.
const WAIT = 120;
let made = 0;

export class Suggestions {
  // field: the input or textarea; source: address answering ?q= with options; take: called with the option chosen
  constructor({ field, home, source, label, none, take }) {
    Object.assign(this, { field, source, none, take });
    this.list = document.createElement("ul");
    this.list.className = "options";
    this.list.id = `options-${++made}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", label);
    this.list.hidden = true;
    home.append(this.list);
    this.said = document.createElement("span");
    this.said.className = "hidden";
    this.said.setAttribute("role", "status");
    home.append(this.said);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.setAttribute("aria-haspopup", "listbox");
    if (field.matches("input")) {
      field.setAttribute("role", "combobox");
      field.setAttribute("aria-expanded", "false");
    }
    field.addEventListener("keydown", (event) => this.key(event));
    // Whoever is back in the field by then goes on typing
    field.addEventListener("blur", () => setTimeout(() => document.activeElement === field || this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  get current() { return this.list.querySelector("[aria-selected=true]"); }

  ask(query) {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.timer = setTimeout(async () => {
      this.asked = new AbortController();
      try {
        const url = new URL(this.source, location.href);
        url.searchParams.set("q", query);
        const answer = await fetch(url, { signal: this.asked.signal, headers: { "HX-Request": "true" } });
        if (answer.ok && !answer.redirected) this.show(await answer.text());
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }, WAIT);
  }

  show(html) {
    this.list.innerHTML = html;
    const options = this.options;
    options.forEach((option, index) => {
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    if (!options.length) {
      this.close();
      this.said.textContent = this.none ?? "";
      return;
    }
    this.said.textContent = "";
    this.list.hidden = false;
    if (this.field.matches("input")) this.field.setAttribute("aria-expanded", "true");
    // A department alone means nobody yet: its members are offered, none is taken by Enter
    if (options.length === 1 || !options[0].closest("[role=group]")) this.select(options[0]);
  }

  select(option) {
    this.current?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  choose(option) {
    const { id, name, hue, initials, department } = option.dataset;
    this.close();
    this.take({ id, name, hue, initials, department });
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.field.removeAttribute("aria-activedescendant");
    if (this.field.matches("input")) this.field.setAttribute("aria-expanded", "false");
  }

  key(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const options = this.options;
    const at = options.indexOf(this.current);
    if (event.key === "ArrowDown") this.select(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") this.select(options.at(Math.max(at, 0) - 1));
    else if (this.current && (event.key === "Enter" || event.key === "Tab")) this.choose(this.current);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
