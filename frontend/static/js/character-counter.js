// Says how many characters a text has, and turns brass near its end.
customElements.define("character-counter", class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.dataset.for);
    this.field?.addEventListener("input", this);
    if (this.field?.value) this.handleEvent();
  }

  disconnectedCallback() { this.field?.removeEventListener("input", this); }

  handleEvent() {
    const length = [...this.field.value.trim()].length;
    const limit = Number(this.dataset.limit);
    const number = new Intl.NumberFormat(document.documentElement.lang).format(length);
    this.textContent = this.dataset.text.replace("{n}", number);
    this.classList.toggle("near", length > limit * 0.9 && length <= limit);
    this.classList.toggle("over", length > limit || (length > 0 && length < Number(this.dataset.minimum)));
  }
});
