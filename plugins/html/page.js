(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);

  // ---- theme: what the system says, until the reader says otherwise
  const dark = matchMedia("(prefers-color-scheme: dark)");
  one("#theme").addEventListener("click", () => {
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    root.dataset.theme = now === "dark" ? "light" : "dark";
    try { localStorage.setItem("gleaner-theme", root.dataset.theme); } catch { /* kept for this page only */ }
  });

  // ---- contents: beside the papers where there is room, else folded away again once followed
  const contents = one(".contents details");
  const wide = matchMedia("(min-width: 72rem)");
  const fit = () => { if (contents) contents.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  contents?.addEventListener("click", (event) => { if (!wide.matches && event.target.closest("a")) contents.open = false; });
  one("#to-contents")?.addEventListener("click", () => { contents.open = true; });

  // ---- filter: every paper's words once, lower case, without accents
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const links = new Map(all(".contents a").map((link) => [link.hash.slice(1), link]));
  const papers = all(".paper").map((node) => ({
    node,
    link: links.get(node.id)?.parentElement,
    words: plain(node.textContent),
    categories: (node.dataset.categories || "").split(" "),
    scores: JSON.parse(node.dataset.scores || "{}"),
  }));
  const search = one("#search"), category = one("#category"), axis = one("#axis"), count = one("#count");
  const shown = () => papers.filter((paper) => paper.fits);
  const sections = all("main section[data-papers]");
  // Two thousand papers change over a few frames, from the top: the next key never waits for all of them.
  const batch = 250;
  let frame = 0;
  const apply = (changes) => {
    for (const paper of changes.splice(0, batch)) {
      paper.node.hidden = !paper.fits;
      if (paper.link) paper.link.hidden = !paper.fits;
    }
    if (changes.length > 0) frame = requestAnimationFrame(() => apply(changes));
  };
  const filter = () => {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    const [, name, least] = (axis?.value || "").match(/^([^]*):([^:]*)$/) ?? [];
    for (const paper of papers) {
      paper.fits = wanted.every((word) => paper.words.includes(word)) &&
        (!category?.value || paper.categories.includes(category.value)) &&
        (!name || paper.scores[name] >= Number(least));
    }
    const visible = shown().length;
    const held = new Set(shown().map((paper) => paper.node.parentElement));
    for (const section of sections) section.hidden = !held.has(section);
    one("#nothing").hidden = visible > 0 || papers.length === 0;
    count.textContent = visible === papers.length ? `${visible} paper${visible === 1 ? "" : "s"}` : `${visible} of ${papers.length}`;
    cancelAnimationFrame(frame);
    apply(papers.filter((paper) => paper.node.hidden === paper.fits));
  };
  for (const control of [search, category, axis]) control?.addEventListener("input", filter);
  one("#filter").addEventListener("submit", (event) => event.preventDefault());
  filter();

  // ---- keyboard
  let here = -1;
  const visit = (paper) => {
    one(".paper.here")?.classList.remove("here");
    one(".contents [aria-current]")?.removeAttribute("aria-current");
    paper.node.classList.add("here");
    const link = paper.link?.firstElementChild;
    link?.setAttribute("aria-current", "true");
    if (link && wide.matches) link.scrollIntoView({ block: "nearest" });
    paper.node.scrollIntoView({ block: "start" });
    paper.node.querySelector("h3 a")?.focus({ preventScroll: true });
  };
  const step = (by) => {
    const list = shown();
    if (list.length === 0) return;
    const at = list.indexOf(papers[here]);
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    here = papers.indexOf(list[next]);
    visit(papers[here]);
  };
  const fold = (paper) => { const box = paper?.node.querySelector("details.abstract"); if (box) box.open = !box.open; };
  const keys = {
    j: () => step(1), k: () => step(-1),
    o: () => { const link = papers[here]?.node.querySelector("h3 a"); if (link) open(link.href, "_blank", "noopener"); },
    a: () => fold(papers[here]),
    A: () => { const boxes = all("details.abstract"); const opening = boxes.some((box) => !box.open); for (const box of boxes) box.open = opening; },
    "/": () => search.focus(), t: () => one("#theme").click(), "?": () => one("#help").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement === search) { search.value = ""; filter(); search.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  one("#keys").addEventListener("click", () => one("#help").showModal());

  // ---- mathematics, where KaTeX lies beside the page
  if (typeof katex === "object") {
    // \$ is a dollar, and "$5 to $10" and "US$ 5 and US$ 10" are amounts: no digit behind the closing dollar, no blank before it
    // where a digit opens, none between the opening one and a digit.
    const part = /\\\$|\$\$([^$]+)\$\$|\$(?!\s+\d|\d(?:[^$\n\\]|\\[^])*\s\$)((?:[^$\n\\]|\\[^])+?)\$(?!\d)|\\\(([^]+?)\\\)|\\\[([^]+?)\\\]/g;
    const typeset = (element) => {
      for (const text of all("*", element).concat(element).flatMap((node) => [...node.childNodes].filter((child) => child.nodeType === 3))) {
        const source = text.data;
        if (!/[$\\]/.test(source)) continue;
        const out = document.createDocumentFragment();
        let from = 0;
        for (const found of source.matchAll(part)) {
          out.append(source.slice(from, found.index));
          const span = document.createElement("span");
          const display = found[1] ?? found[4];
          const tex = display ?? found[2] ?? found[3];
          if (tex === undefined) span.textContent = "$";
          else try { katex.render(tex, span, { displayMode: display !== undefined && !element.closest("h3, a"), throwOnError: true, maxSize: 20, maxExpand: 200, strict: "ignore", trust: false }); }
          catch { span.textContent = found[0]; }
          out.append(span);
          from = found.index + found[0].length;
        }
        if (from === 0) continue;
        out.append(source.slice(from));
        text.replaceWith(out);
      }
    };
    const seen = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); all("h3, .why, .abstract p", entry.target).forEach(typeset); }
    }, { rootMargin: "600px" });
    for (const paper of papers) seen.observe(paper.node);
    all(".contents a").forEach(typeset);
  }
})();
