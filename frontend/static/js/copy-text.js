// A text that is shown only once goes to the clipboard with one press. Without script a click selects all of it.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = this.querySelector("code");
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch { // where the page came without TLS there is no clipboard; the old way still works
        getSelection().selectAllChildren(text);
        if (!document.execCommand("copy")) return;
      }
      this.querySelector("[role=status]").textContent = this.dataset.done;
    });
  }
});
