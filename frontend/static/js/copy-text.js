// A button that copies what stands beside it, and says that it did.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.hidden = false;
    this.button.addEventListener("click", () => this.copy());
  }

  async copy() {
    const text = this.querySelector("code");
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      // Without https a page may not write there: then what is selected is copied
      getSelection().selectAllChildren(text);
      document.execCommand("copy");
    }
    this.querySelector("[role=status]").textContent = this.dataset.done;
  }
});
