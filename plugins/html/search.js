(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const form = one("#filter"), search = one("#search"), found = one("#found"), lists = one("#lists"), count = one("#count");
  const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const papers = [];
  const waiting = new Set(form.dataset.years.split(" ").filter(Boolean));
  let asked = false;

  // A year's file calls this. Scripts, not fetch(): a page from a file may not fetch.
  window.gleanerYear = (year, days) => {
    for (const [date, , , entries] of days)
      for (const [id, title, authors, categories, total] of entries)
        papers.push({ date, id, title, authors, total, words: plain(`${title} ${authors} ${categories.join(" ")} ${id}`) });
    papers.sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
    waiting.delete(year);
    show();
  };
  const load = () => {
    if (asked) return;
    asked = true;
    for (const year of waiting) {
      const script = document.createElement("script");
      script.src = `${year}/search.js`;
      document.body.append(script);
    }
  };
  const anchor = (id) => "p-" + Array.from(new TextEncoder().encode(id), (byte) => (byte < 128 && /[0-9A-Za-z._]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : "-")).join("");
  const item = (paper) => {
    const line = document.createElement("li");
    line.className = "dayline";
    const link = document.createElement("a");
    link.href = `${paper.date.slice(0, 4)}/${paper.date}.html#${anchor(paper.id)}`;
    link.textContent = paper.title;
    const title = document.createElement("h2");
    title.dir = "auto";
    title.append(link);
    const facts = document.createElement("p");
    facts.className = "facts";
    facts.textContent = `${paper.date} · ${paper.authors}`;
    line.append(title, facts);
    return line;
  };
  const most = 200;
  function show() {
    const wanted = plain(search.value).split(/\s+/).filter(Boolean);
    lists.hidden = wanted.length > 0;
    if (wanted.length === 0) { found.replaceChildren(); count.textContent = ""; return; }
    const hits = papers.filter((paper) => wanted.every((word) => paper.words.includes(word)));
    found.replaceChildren(...hits.slice(0, most).map(item));
    const words = `${hits.length} ${hits.length === 1 ? "paper" : "papers"}`;
    count.textContent = waiting.size ? `${words} so far` : hits.length > most ? `${words}, the latest ${most} are shown` : words;
  }
  search.addEventListener("focus", load);
  search.addEventListener("input", () => { load(); show(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) { event.preventDefault(); search.focus(); }
    if (event.key === "Escape") { search.value = ""; search.blur(); show(); }
  });
})();
