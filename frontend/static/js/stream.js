// One stream of events for all that listens on a page. It closes while the tab is hidden and goes on from the last
// event when it is seen again; after a pause listeners hear "again" and look for themselves.
const listeners = new Set();
let address, last, source, timer, opened;

// `hear` maps kinds of events to functions of (data, event); returns how to stop.
export function follow(url, hear, after) {
  address = url;
  last ??= after;
  const listener = { hear };
  listeners.add(listener);
  restart();
  return () => {
    listeners.delete(listener);
    restart();
  };
}

const kinds = () => [...new Set([...listeners].flatMap(({ hear }) => Object.keys(hear)))].filter((kind) => kind !== "again");

function restart() {
  close();
  // Whatever else of this page wants to listen shares the stream.
  timer = setTimeout(open);
}

function open() {
  if (source || document.hidden || !listeners.size) return;
  const url = new URL(address, location.href);
  url.searchParams.set("kinds", kinds().join(" "));
  if (last) url.searchParams.set("after", last);
  source = new EventSource(url);
  for (const kind of kinds()) {
    source.addEventListener(kind, (event) => {
      last = event.lastEventId || last;
      for (const { hear } of listeners) hear[kind]?.(JSON.parse(event.data), event);
    });
  }
  // The browser tries again by itself after a lost connection, but not after an answer like 502
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    timer = setTimeout(open, 5000 + 5000 * Math.random());
  });
  if (opened) for (const { hear } of listeners) hear.again?.();
  opened = true;
}

function close() {
  clearTimeout(timer);
  source?.close();
  source = undefined;
}

document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
addEventListener("pagehide", close);
addEventListener("pageshow", open);
