// The checklist: a tick is sent at once, levels can be set by key, statements open in place. Without scripts all is forms.
(() => {
  const control = (name, level) => document.querySelector(`.level input[name="${name}"][value="${level}"]`);
  const waiting = new WeakMap();

  // Sent after a moment, so that a run of arrow keys is one tick. Each control has a queue of its own in htmx.
  const send = (button) => {
    const source = button.closest(".level");
    const address = new URL("level/", source.closest(".skill").querySelector("a").href).pathname;
    htmx.ajax("POST", address, { source, swap: "none", values: { level: button.value } });
  };

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".skill .level input")) return;
    const source = event.target.closest(".level");
    clearTimeout(waiting.get(source));
    waiting.set(source, setTimeout(() => send(event.target), 150));
  });

  // The server says which levels hold now; the style sheet tints each control from the button that is checked.
  document.addEventListener("levels", (event) => {
    Object.entries(event.detail.now).forEach(([name, level]) => {
      const button = control(name, level);
      if (!button) return;
      button.checked = true;
      if (document.activeElement.name === name) button.focus();
    });
  });

  const choose = (button) => {
    if (!button) return;
    button.focus();
    if (button.checked) return;
    button.checked = true;
    button.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const go = (from, step) => {
    const controls = [...document.querySelectorAll("#skills .level")];
    const next = controls[controls.indexOf(from.closest(".level")) + step];
    next?.querySelector("input:checked")?.focus();
  };

  const keysOfLevel = {
    ArrowUp: (held) => go(held, -1),
    ArrowDown: (held) => go(held, 1),
    ArrowLeft: (held) => choose(control(held.name, Number(held.value) - 1)),
    ArrowRight: (held) => choose(control(held.name, Number(held.value) + 1)),
    Enter: () => {},
    u: () => document.querySelector("#said button")?.click(),
    "/": () => document.getElementById("q").focus(),
    "?": () => {
      const keys = document.getElementById("keys");
      keys.open = true;
      keys.querySelector("summary").focus();
    },
  };
  for (let level = 0; level <= 5; level++) keysOfLevel[level] = (held) => choose(control(held.name, level));

  // Keys work only while a level is in focus, so that speech input and screen readers keep theirs.
  document.addEventListener("keydown", (event) => {
    const held = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || !held.matches("#skills .level input")) return;
    const act = keysOfLevel[event.key];
    if (!act) return;
    event.preventDefault();
    act(held);
  });

  // "All levels" opens the statements below the row; the link leads to the skill's page where there is no script.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".about p a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const row = link.closest(".skill");
    const opened = row.querySelector(".all-levels");
    link.setAttribute("aria-expanded", String(!opened));
    if (opened) opened.remove();
    else await htmx.ajax("GET", new URL("levels/", link.href).pathname, { target: row, swap: "beforeend" });
  });
})();
