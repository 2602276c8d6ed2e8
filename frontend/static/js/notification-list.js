// Whoever follows a notification has read it.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-read]");
  if (link) navigator.sendBeacon(link.dataset.read);
});
