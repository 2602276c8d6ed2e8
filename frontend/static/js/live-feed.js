// Says how many new letters wait. It never moves what is being read: the reader asks for them.
// The stream closes while the tab is hidden and goes on from the last event when it is seen again.
customElements.define("live-feed", class extends HTMLElement {
  connectedCallback() {
    this.fresh = new Set();
    this.last = this.dataset.after;
    document.addEventListener("visibilitychange", this);
    addEventListener("pagehide", this);
    addEventListener("pageshow", this);
    this.handleEvent();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this);
    removeEventListener("pagehide", this);
    removeEventListener("pageshow", this);
    this.close();
  }

  handleEvent(event) {
    if (document.hidden || event?.type === "pagehide") this.close();
    else if (!this.source) this.open();
  }

  open() {
    const url = new URL(this.dataset.stream, location.href);
    url.searchParams.set("after", this.last);
    this.source = new EventSource(url);
    this.source.addEventListener("kudos.given", (event) => this.hear(event));
    this.source.addEventListener("kudos.withdrawn", (event) => this.hear(event, true));
    this.source.addEventListener("kudos.hidden", (event) => this.hear(event, true));
    // The browser tries again by itself after a lost connection, but not after an answer like 502
    this.source.addEventListener("error", () => {
      if (this.source?.readyState !== EventSource.CLOSED) return;
      this.close();
      this.timer = setTimeout(() => this.handleEvent(), 5000 + 5000 * Math.random());
    });
  }

  hear(event, gone = false) {
    this.last = event.lastEventId || this.last;
    const { kudos } = JSON.parse(event.data);
    if (gone) this.fresh.delete(kudos);
    else if (!document.getElementById(`k-${kudos}`)) this.fresh.add(kudos);
    this.show();
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
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
