// The language prompt. Asks once, in the visitor's language; stores nothing before a click.
function prompt(negotiation, site) {
  const KEY = "lp1", DAY = 864e5, TTL = 180 * DAY, MARK = /(^#|&)lp=[A-Za-z0-9-]+/;
  const root = document.documentElement, box = document.getElementById("l10n-prompt");
  const page = JSON.parse(document.getElementById("l10n-page").textContent);
  const offer = negotiation(site), arrived = MARK.test(location.hash);
  let shown, declined = false;

  // What the visitor chose before: {v: version, t: day, p: locale, ok: locales of pages they stayed on}.
  function load() {
    const empty = { v: 1, t: 0, p: "", ok: [] };
    try {
      const kept = JSON.parse(localStorage.getItem(KEY)), age = Date.now() - kept.t;
      if (kept.v !== 1 || !(age >= -DAY && age < TTL) || !Array.isArray(kept.ok)) return empty;
      return { v: 1, t: kept.t, p: String(kept.p || ""), ok: kept.ok.map(String) };
    } catch (e) { return empty; }
  }
  function save(change) {
    const kept = load();
    change(kept);
    kept.t = Math.floor(Date.now() / DAY) * DAY;
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch (e) { /* the mark in the address serves */ }
  }

  function suggestion() {
    const kept = load();
    const translated = /(^|\s)translated-(ltr|rtl)(\s|$)/.test(root.className);
    if (translated || arrived || declined || window.top !== window) return "";
    if (kept.p === page.page || kept.ok.includes(page.page)) return "";
    const worded = Object.keys(page.alternates).filter((locale) => Object.keys(site.words).includes(locale));
    return offer(Array.from(navigator.languages || [navigator.language], String), page.page, worded, kept.p);
  }

  // The mark tells the next page that its language was chosen; a fragment of the visitor's own stays.
  function choose(link, locale) {
    save((kept) => { kept.p = locale; });
    const there = link.getAttribute("href").split("#")[0], place = location.hash.replace(MARK, "");
    link.href = there + (place.length > 1 ? place + "&" : "#") + "lp=" + locale;
  }
  function decline() {
    const offered = shown;
    declined = true;
    save((kept) => {
      if (!kept.ok.includes(page.page)) kept.ok.push(page.page);
      if (kept.p === offered) kept.p = "";
    });
    update();
  }

  function make(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }
  function show(locale) {
    const [question, draft, accept, stay, region] = site.words[locale], there = page.alternates[locale];
    const yes = make("a", "l10n-yes", accept), no = make("button", "l10n-no", ""), here = make("bdi", "", page.name);
    const [before, after] = stay.split("{language}");
    box.lang = locale;
    box.dir = site.rtl.includes(locale) ? "rtl" : "ltr";
    box.translate = false;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", region);
    yes.href = there.href;
    yes.rel = "alternate";
    yes.hreflang = yes.lang = locale;
    yes.setAttribute("data-l10n-locale", locale);
    here.lang = page.page;
    no.type = "button";
    no.append(make("span", "", before));
    if (after !== undefined) no.firstChild.append(here, after);
    no.addEventListener("click", decline);
    box.replaceChildren(make("p", "", there.draft ? draft : question), yes, no);
  }
  function update() {
    const locale = suggestion();
    if (locale === shown) return;
    shown = locale;
    const inside = box.contains(document.activeElement), main = document.querySelector("main");
    if (locale) show(locale);
    else box.replaceChildren();
    box.hidden = !locale;
    if (inside && !locale && main) main.focus({ preventScroll: true });
  }

  if (arrived) {
    const place = location.hash.replace(MARK, "");
    try {
      history.replaceState(history.state, "", location.pathname + location.search);
      if (place.length > 1) location.replace(place);
    } catch (e) { /* the mark stays in the address */ }
  }
  box.addEventListener("keydown", (event) => { if (event.key === "Escape") decline(); });
  // Yes is such a link as those to all languages. The middle button opens them in a new tab.
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, (event) => {
    const link = event.button < 2 && event.target.closest && event.target.closest("a[data-l10n-locale]");
    if (link) choose(link, link.getAttribute("data-l10n-locale"));
  });
  addEventListener("storage", (event) => { if (!event.key || event.key === KEY) update(); });
  addEventListener("pageshow", (event) => { if (event.persisted) update(); });
  if (document.prerendering) document.addEventListener("prerenderingchange", update, { once: true });
  else update();
}
