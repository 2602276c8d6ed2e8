// Says how many new letters wait. It never moves what is being read: the reader asks for them.
import { follow } from "./stream.js";

customElements.define("live-feed", class extends HTMLElement {
  connectedCallback() {
    this.fresh = new Set();
    const hear = {
      "kudos.given": ({ kudos }) => this.hear(kudos),
      "kudos.withdrawn": ({ kudos }) => this.hear(kudos, true),
      "kudos.hidden": ({ kudos }) => this.hear(kudos, true),
    };
    this.stop = follow(this.dataset.stream, hear, this.dataset.after);
  }

  disconnectedCallback() {
    this.stop();
  }

  hear(kudos, gone = false) {
    if (gone) this.fresh.delete(kudos);
    else if (!document.getElementById(`k-${kudos}`)) this.fresh.add(kudos);
    this.show();
  }

  show() {
    const count = this.fresh.size;
    if (!count) return this.querySelector("a")?.remove();
    const text = count === 1 ? this.dataset.one : this.dataset.many.replace("{n}", count);
    const link = this.querySelector("a") ?? this.link();
    link.textContent = text;
  }

  link() {
    const link = document.createElement("a");
    link.className = "tag live arrive";
    link.href = this.dataset.url;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !globalThis.htmx) return;
      if (!document.getElementById("letters")) return; // still empty: the link loads the page
      event.preventDefault();
      htmx.ajax("GET", this.dataset.url, { target: "#letters", select: "#letters", swap: "outerHTML" })
        .then(() => {
          this.fresh.clear();
          link.remove();
          const letters = document.getElementById("letters");
          letters.querySelector(".stamp")?.focus({ preventScroll: true });
          if (letters.getBoundingClientRect().top < 0) letters.scrollIntoView();
        });
    });
    this.append(link);
    return link;
  }
});
