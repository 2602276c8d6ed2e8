// Light, dark or the device's: seen at once, remembered by the server without leaving the page.
customElements.define("theme-choice", class extends HTMLElement {
  connectedCallback() { this.addEventListener("submit", this); }

  handleEvent(event) {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    if (button.value) document.documentElement.dataset.theme = button.value;
    else delete document.documentElement.dataset.theme;
    for (const other of document.querySelectorAll("theme-choice button")) {
      other.setAttribute("aria-pressed", String(other.value === button.value));
    }
    const body = new URLSearchParams({ theme: button.value });
    fetch(event.target.action, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => {});
  }
});
