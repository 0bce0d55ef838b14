// Comforts on top of screens that work without them: keys, drafts kept in the window, printing, one note at a time.
"use strict";
(() => {
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const one = (selector, within) => (within || document).querySelector(selector);
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

  // What is looked up while one types goes into an address: a full identity number does not.
  const number = /[0-9]{6} ?(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]) ?[0-9]{3}[0-9Xx]/;
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, parameters } = event.detail;
    if (verb !== "get") return;
    const values = Object.keys(parameters).flatMap((name) => parameters[name]).map(String);
    if (values.some((value) => number.test(value.normalize("NFKC")))) event.preventDefault();
  });

  // Rows: j and k move, x picks, Enter opens.
  let here = -1;
  const rows = () => all("[data-row]");
  const current = () => rows().find((row) => row.classList.contains("here"));
  const move = (by) => {
    const list = rows();
    if (list.length === 0) return;
    if (here < 0) here = list.findIndex((row) => row.getAttribute("aria-current") === "true");
    here = Math.max(0, Math.min(list.length - 1, here + by));
    list.forEach((row, i) => row.classList.toggle("here", i === here));
    const row = list[here];
    row.scrollIntoView({ block: "nearest" });
    const link = row.matches("a") ? row : one("a", row);
    if (link) link.focus({ preventScroll: true });
    // In the inbox a list entry is opened by moving to it.
    if (row.matches("a") && one("[data-accept]")) row.click();
  };
  const press = (form) => {
    const button = form && one("button:not([disabled])", form);
    if (button) form.requestSubmit(button);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      one("#search-all")?.focus();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") {
      all("details.menu[open], details.more[open]").forEach((menu) => {
        menu.open = false;
        one("summary", menu)?.focus();
      });
      return;
    }
    if (typing(event.target)) return;
    switch (event.key) {
      case "/":
        event.preventDefault();
        (one("#q") || one("#search-all"))?.focus();
        break;
      case "j": move(1); break;
      case "k": move(-1); break;
      case "x": {
        const box = current() && one("input[type=checkbox]", current());
        if (box) box.checked = !box.checked;
        break;
      }
      case "a": press(one("[data-accept]")); break;
      case "r": {
        const form = one("[data-return]");
        if (form) {
          event.preventDefault();
          form.open = true;
          one("textarea", form)?.focus();
        }
        break;
      }
      default:
    }
  });

  // Menus close when one looks elsewhere.
  document.addEventListener("click", (event) => {
    all("details.menu[open], details.more[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const fill = event.target.closest("[data-fill]");
    if (fill) {
      const field = document.getElementById(fill.dataset.fill);
      field.value = fill.textContent.trim();
      field.focus();
    }
    if (event.target.closest("[data-print]")) window.print();
  });

  // A form is sent once.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });

  // What is typed is kept in this window (not on the machine) until it is saved; never a covered field or a token.
  const kept = (field) => field.name && !["hidden", "password", "file"].includes(field.type) && !field.hasAttribute("data-covered");
  const drafts = () => all("form[data-draft]").forEach((form) => {
    const key = "draft:" + form.dataset.draft;
    const hint = one("[data-draft-hint]", form);
    if (one("#findings") === null) {
      try {
        const values = JSON.parse(sessionStorage.getItem(key) || "null");
        if (values) {
          let changed = false;
          all("input, textarea, select", form).filter(kept).forEach((field) => {
            if (field.type === "radio" || field.type === "checkbox") {
              const checked = values[field.name] === field.value;
              changed = changed || checked !== field.checked;
              field.checked = checked;
            } else if (field.name in values && field.value !== values[field.name]) {
              field.value = values[field.name];
              changed = true;
            }
          });
          if (changed && hint) hint.textContent = hint.dataset.restored;
        }
      } catch { sessionStorage.removeItem(key); }
    }
    let wait;
    form.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(() => {
        const values = {};
        all("input, textarea, select", form).filter(kept).forEach((field) => {
          if ((field.type !== "radio" && field.type !== "checkbox") || field.checked) values[field.name] = field.value;
        });
        try {
          sessionStorage.setItem(key, JSON.stringify(values));
          if (hint) hint.textContent = hint.dataset.kept;
        } catch { /* full: the form itself still holds everything */ }
      }, 600);
    });
  });

  // A checked text: the chosen number's note is shown first and marked.
  const note = () => {
    const target = location.hash.startsWith("#note-") && document.getElementById(location.hash.slice(1));
    all(".claim.chosen").forEach((claim) => claim.classList.remove("chosen"));
    if (target) document.getElementById(target.id.replace("note", "claim"))?.classList.add("chosen");
  };

  document.addEventListener("DOMContentLoaded", () => {
    all("[data-print], [data-reasons]").forEach((element) => { element.hidden = false; });
    if (one(".done")) Object.keys(sessionStorage).filter((key) => key.startsWith("draft:")).forEach((key) => sessionStorage.removeItem(key));
    drafts();
    note();
    if (one("form[data-draft]")) one("#findings")?.focus();
  });
  window.addEventListener("hashchange", note);
})();
