// The same rule as src/lib/theme.ts, in a script of its own: the content security policy allows no inline ones.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("rainmaker.theme");
  } catch {
    // Storage is switched off: follow the system.
  }
  const isDark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
})();
