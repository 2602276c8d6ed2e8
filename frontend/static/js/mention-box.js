// "@gre" in a text suggests people. Who was chosen goes along as a hidden field, so that names alike are told apart.
import { Suggestions } from "./suggestions.js";

const CALL = /(?:^|[\s(])@([\p{L}\p{M}'’-]{1,30}(?: [\p{L}\p{M}'’-]{0,30})?)$/u;

customElements.define("mention-box", class extends HTMLElement {
  connectedCallback() {
    if (this.field) return;
    this.field = this.querySelector("textarea");
    this.suggestions = new Suggestions({
      field: this.field, home: this, source: this.dataset.source, label: this.dataset.label,
      take: (person) => this.insert(person),
    });
    this.field.addEventListener("input", () => {
      const call = this.call();
      if (call) this.suggestions.ask(call);
      else this.suggestions.close();
    });
    this.field.form?.addEventListener("submit", () => {
      for (const hidden of this.querySelectorAll("input[name=mention]")) {
        if (!this.field.value.includes(`@${hidden.dataset.name}`)) hidden.remove();
      }
    });
  }

  call() {
    const { value, selectionStart: at, selectionEnd } = this.field;
    return at === selectionEnd ? value.slice(0, at).match(CALL)?.[1] : undefined;
  }

  insert(person) {
    const at = this.field.selectionStart;
    const start = at - (this.call()?.length ?? 0);
    this.field.setRangeText(`${person.name} `, start, at, "end");
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "mention", value: person.id });
    hidden.dataset.name = person.name;
    this.append(hidden);
    this.field.focus();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
