// The language prompt. Asks once, in the visitor's language; stores nothing before a click.
(function (site) {
  "use strict";
  var KEY = "lp1", TTL = 180 * 864e5, DAY = 864e5, MARK = /(^#|&)lp=([A-Za-z0-9-]+)/;
  var own = function (map, key) { return Object.prototype.hasOwnProperty.call(map, key) ? map[key] : undefined; };
  var box = document.getElementById("l10n-prompt"), root = document.documentElement;
  var page = JSON.parse(document.getElementById("l10n-page").textContent);

  function load() {
    var empty = { v: 1, t: 0, p: "", ok: [] };
    try {
      var kept = JSON.parse(localStorage.getItem(KEY)), age = Date.now() - kept.t;
      if (kept.v !== 1 || !(age >= -DAY && age < TTL) || !Array.isArray(kept.ok)) return empty;
      return { v: 1, t: kept.t, p: String(kept.p || ""), ok: kept.ok.map(String) };
    } catch (e) { return empty; }
  }
  function save(change) {
    var kept = load();
    change(kept);
    kept.t = Math.floor(Date.now() / DAY) * DAY;
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch (e) { /* the mark in the address serves */ }
  }

  // "zh-TW" -> "zh-Hant": the language and script of a tag, or "" for what is none.
  function reader(tag) {
    var m = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_][a-z0-9]+)*$/i.exec(tag);
    if (!m) return "";
    var lang = m[1].toLowerCase();
    lang = own(site.alias, lang) || lang;
    var script = m[2] && m[2][0].toUpperCase() + m[2].slice(1).toLowerCase();
    script = script || (m[3] && own(site.likely, lang + "-" + m[3].toUpperCase())) || own(site.likely, lang);
    return script ? lang + "-" + script : "";
  }
  function near(tag, locale) { return (own(site.near, locale) || []).indexOf(reader(tag)) >= 0; }
  function closest(tag, locales) {
    var same = function (locale) { return locale.toLowerCase() === tag.toLowerCase().replace("_", "-"); };
    return locales.filter(same)[0] || locales[0];
  }
  function offer(kept) {
    var list = (navigator.languages || [navigator.language]).slice(0, 20).map(String);
    var others = Object.keys(page.alternates).filter(function (locale) { return own(site.words, locale); });
    if (!others.length || kept.p === page.page || kept.ok.indexOf(page.page) >= 0) return "";
    if (kept.p && others.indexOf(kept.p) >= 0) list.unshift(kept.p);
    for (var i = 0; i < list.length; i++) {
      if (near(list[i], page.page)) return "";
      var fitting = others.filter(near.bind(null, list[i]));
      if (fitting.length) return closest(list[i], fitting);
    }
    return "";
  }

  function marked(href, locale) { return href.split("#")[0] + "#lp=" + locale; }
  function choose(link, locale) {
    save(function (kept) { kept.p = locale; });
    var there = link.getAttribute("href");
    link.href = location.hash.length > 1 && !MARK.test(location.hash)
      ? there.split("#")[0] + location.hash + "&lp=" + locale : marked(there, locale);
  }
  function decline(offered) {
    save(function (kept) {
      if (kept.ok.indexOf(page.page) < 0) kept.ok.push(page.page);
      if (kept.p === offered) kept.p = "";
    });
    hide();
    var main = document.querySelector("main");
    if (main) main.focus({ preventScroll: true });
  }
  function hide() { box.hidden = true; box.textContent = ""; }
  function make(tag, text, name) {
    var element = document.createElement(tag);
    element.textContent = text;
    if (name) element.className = name;
    return element;
  }
  function show(locale) {
    var words = site.words[locale], there = page.alternates[locale];
    var yes = make("a", words.yes, "l10n-yes"), no = make("button", "", "l10n-no");
    var label = make("span", words.no + "\u00a0("), here = make("span", page.name || page.page, "l10n-here");
    box.textContent = "";
    box.lang = locale; box.dir = words.dir; box.translate = false;
    box.setAttribute("role", "region"); box.setAttribute("aria-label", words.region);
    yes.href = there.href; yes.rel = "alternate"; yes.hreflang = yes.lang = locale;
    here.lang = page.page; label.appendChild(here); label.appendChild(document.createTextNode(")"));
    no.type = "button"; no.appendChild(label);
    yes.addEventListener("click", function () { choose(yes, locale); });
    no.addEventListener("click", function () { decline(locale); });
    box.appendChild(make("p", there.draft ? words.draft_question : words.question));
    box.appendChild(yes); box.appendChild(no);
    box.hidden = false;
  }
  function decide() {
    var translated = /(^|\s)translated-(ltr|rtl)(\s|$)/.test(root.className), framed = true;
    try { framed = window.top !== window; } catch (e) { /* a foreign frame */ }
    var locale = translated || framed || arrived ? "" : offer(load());
    if (locale) show(locale); else hide();
  }

  var arrived = MARK.test(location.hash);
  if (arrived) {
    var rest = location.hash.replace(MARK, "$1").replace(/^#$/, "").replace(/&$/, "");
    try { history.replaceState(history.state, "", location.pathname + location.search + rest); } catch (e) { /* file: */ }
  }
  box.addEventListener("keydown", function (event) { if (event.key === "Escape") decline(box.lang); });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-l10n-locale]");
    if (link) choose(link, link.getAttribute("data-l10n-locale"));
  });
  window.addEventListener("storage", function (event) { if (event.key === KEY) decide(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) decide(); });
  if (document.prerendering) document.addEventListener("prerenderingchange", decide, { once: true });
  else decide();
})(__SITE__);
