// Light or dark: the visitor's own choice, else the system's; set before anything is painted.
(() => {
  const KEY = "youju-theme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is switched off
    }
  };
  const isDark = () => (chosen() ?? (system.matches ? "dark" : "light")) === "dark";
  const apply = () => {
    const dark = isDark();
    for (const element of [document.documentElement, document.body]) {
      if (element && element.classList.contains("dark") !== dark) element.classList.toggle("dark", dark);
    }
  };
  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    apply();
    new MutationObserver(apply).observe(document.body, { attributeFilter: ["class"] }); // Gradio follows the system only
  });
  window.youjuTheme = {
    toggle() {
      try {
        localStorage.setItem(KEY, isDark() ? "light" : "dark");
      } catch {
        return;
      }
      apply();
    },
  };
})();
