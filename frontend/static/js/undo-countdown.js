// Counts the seconds in which a thank-you can still be taken back.
customElements.define("undo-countdown", class extends HTMLElement {
  connectedCallback() {
    this.end = performance.now() + 1000 * Number(this.dataset.seconds);
    this.timer = setInterval(() => this.show(), 1000);
  }

  disconnectedCallback() { clearInterval(this.timer); }

  show() {
    const left = Math.ceil((this.end - performance.now()) / 1000);
    if (left > 0) {
      this.textContent = left === 1 ? this.dataset.one : this.dataset.many.replace("{n}", left);
      return;
    }
    clearInterval(this.timer);
    this.textContent = this.dataset.done;
    const strip = this.closest(".strip");
    if (strip && !strip.contains(document.activeElement)) strip.querySelector("form")?.remove();
  }
});
