// What every page shares: menus close by Escape or a click elsewhere, a text to copy is selected as a whole, a
// report prints, and a request that fails says so.
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
