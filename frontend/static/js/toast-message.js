// One sentence at the foot of the page. It goes by itself, waits while it is pointed at or focused.
const PATIENCE = 8;

customElements.define("toast-message", class extends HTMLElement {
  connectedCallback() {
    for (const other of document.querySelectorAll("toast-message")) if (other !== this) other.remove();
    this.left = Number(this.dataset.seconds) || PATIENCE;
    this.timer = setInterval(() => {
      if (this.matches(":hover, :focus-within")) return;
      this.left -= 1;
      if (this.left <= 0) this.remove();
    }, 1000);
  }

  disconnectedCallback() { clearInterval(this.timer); }
});

export function toast(sentence) {
  if (!sentence) return;
  const box = document.createElement("toast-message");
  box.className = "toast";
  box.setAttribute("role", "status");
  document.body.append(box);
  // Said after the element is there, so that screen readers notice the change
  requestAnimationFrame(() => { box.textContent = sentence; });
}
