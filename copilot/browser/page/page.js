// What the page does beside showing the terminal.

document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("again").addEventListener("click", () => location.reload());
});

// The terminal takes the keys at once, without a click.
const watching = new MutationObserver(() => {
  if (document.body.classList.contains("-first-byte")) {
    document.querySelector(".xterm-helper-textarea").focus();
    watching.disconnect();
  }
});
addEventListener("load", () => watching.observe(document.body, { attributeFilter: ["class"] }));

// Closing the page by mistake would leave the interview without its screen: ask first.
addEventListener("beforeunload", (event) => {
  const shows = document.body.classList.contains("-first-byte");
  if (shows && !document.body.classList.contains("-closed")) event.preventDefault();
});
