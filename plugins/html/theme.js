(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  let theme = null;
  try { theme = localStorage.getItem("gleaner-theme"); } catch { /* a page from a file may have no storage */ }
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
})();
