// "Read more" opens a long letter in its place.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-unfold]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const words = link.closest("article").querySelector(".folded");
  words.classList.remove("folded");
  words.tabIndex = -1;
  words.focus({ preventScroll: true });
  link.parentElement.remove();
});
