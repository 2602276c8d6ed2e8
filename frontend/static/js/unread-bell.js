// The bell counts on while one reads. Who comes back to the tab gets the number of now.
import { follow } from "./stream.js";

customElements.define("unread-bell", class extends HTMLElement {
  connectedCallback() {
    const ask = () => this.ask();
    this.stop = follow(this.dataset.stream, { "notification.added": ask, again: ask });
  }

  disconnectedCallback() {
    this.stop();
  }

  async ask() {
    const answer = await fetch("/api/v1/notifications/unread").catch(() => undefined);
    if (answer?.ok) this.show((await answer.json()).unread);
  }

  show(unread) {
    const { none, one, many } = this.dataset;
    const count = this.querySelector(".count");
    count.hidden = !unread;
    count.textContent = unread > 99 ? "99+" : unread;
    this.querySelector(".hidden").textContent = unread === 0 ? none : unread === 1 ? one : many.replace("{n}", unread);
  }
});
