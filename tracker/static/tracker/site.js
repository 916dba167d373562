// What every page shares: menus close by Escape or a click elsewhere, a text to copy is selected as a whole or copied by
// its button, a form is not sent twice by two clicks and says what it waits for, a report prints, and a request that
// fails says so.
(() => {
  const openMenus = () => document.querySelectorAll("details.menu[open]");

  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  document.addEventListener("focusin", (event) => event.target.matches("input[data-select]") && event.target.select());

  document.querySelectorAll("button[data-copies]").forEach((button) => {
    const field = document.getElementById(button.dataset.copies);
    const note = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      const copied = navigator.clipboard
        ? await navigator.clipboard.writeText(field.value).then(() => true, () => false)
        : document.execCommand("copy"); // pages that are not served safely have no clipboard
      note.textContent = copied ? button.dataset.done : button.dataset.failed;
    });
  });

  const SECONDS_UNTIL_SENT_AGAIN = 5;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("sent" in form.dataset) return event.preventDefault();
    form.dataset.sent = "";
    form.querySelectorAll("[data-busy]").forEach((note) => (note.textContent = note.dataset.busy));
    setTimeout(() => delete form.dataset.sent, SECONDS_UNTIL_SENT_AGAIN * 1000);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    document.querySelectorAll("[data-busy]").forEach((note) => (note.textContent = ""));
  });

  document.querySelectorAll("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  const say = (text) => {
    const note = document.createElement("p");
    note.className = "message danger";
    note.textContent = text;
    document.getElementById("messages").replaceChildren(note);
  };
  document.addEventListener("htmx:sendError", () => say("The server could not be reached. Nothing was changed."));
  document.addEventListener("htmx:responseError", () => say("That did not work. Load the page again and retry."));
})();
