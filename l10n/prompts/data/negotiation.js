// Which language a page offers its visitor: deciding.py and matching.py over a table cut to one site.
function negotiation(site) {
  const FAR = 99, STEP = 8, MOST = 20;
  const TAG = /^([a-z]{2,3}|[a-z]{5,8})(?:-([a-z]{3}))?(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-[a-z\d]{1,8})*)$/;
  const keyOf = (tag) => tag.replace(/_/g, "-").toLowerCase();
  const index = (groups) => new Map(Object.keys(groups).flatMap((value) => groups[value].split(" ").map((name) => [name, value])));
  const aliases = index(site.alias), former = index(site.regions), likely = index(site.likely), known = new Map();
  const look = (map, key) => (Object.prototype.hasOwnProperty.call(map, key) ? map[key] : 0);

  // A present-day name for one that is registered whole, such as "no-bok".
  function modern(text) {
    const parts = text.split("-");
    for (let n = 3; n > 1; n--) {
      const alias = parts.length >= n && aliases.get(parts.slice(0, n).join("-"));
      if (alias) return [alias].concat(parts.slice(n)).join("-");
    }
    return text;
  }

  // [language, script, region, which of them the tag names itself], or null for what is near nothing here.
  function subtags(tag) {
    if (!known.has(tag)) known.set(tag, parse(tag));
    return known.get(tag);
  }
  function parse(tag) {
    const m = /^[\0-\x7f]{1,255}$/.test(tag) && TAG.exec(modern(keyOf(tag)));
    if (!m) return null;
    const name = m[2] || m[1], alias = TAG.exec(aliases.get(name) || name), lang = alias[1];
    const script = (m[3] || alias[3] || "").replace(/^./, (first) => first.toUpperCase()).replace("Zzzz", "");
    let region = (m[4] || alias[4] || "").toUpperCase().replace("ZZ", "");
    for (const code in site.pseudo) {
      if (region === code || m[5] === "-" + site.pseudo[code]) return [code + "-" + lang, code, region || code, 6 + !!region];
    }
    region = former.get(region) || region;
    const keys = [[lang, script, region], [lang, script], [lang, region], [lang]].map((key) => key.join("-"));
    const full = keys.map((key) => likely.get(key)).find(Boolean);
    if (!full) return null;
    const [usual, there] = full.split("-");
    return [lang, script || usual, region || there || "", 4 + 2 * !!script + !!region];
  }

  // How far apart in language, in script, in region. Only what an offer may cross is less than far.
  function apart(wish, have) {
    const pair = wish[0] + "-" + wish[1] + " " + have[0] + "-" + have[1];
    return [
      wish[0] === have[0] ? 0 : look(look(site.languages, wish[0]), have[0]) || FAR,
      wish[1] === have[1] ? 0 : look(site.scripts, pair) || FAR,
      wish[2] === have[2] ? 0 : regions(wish, have),
    ];
  }
  function regions(wish, have) {
    const key = wish[0] === have[0] ? wish[0] : "", parts = site.partitions;
    const [groups, distances] = look(parts, key + "-" + wish[1]) || look(parts, key) || parts[""];
    const digits = (region) => index(groups).get(region) || "0";
    let most = 0;
    for (const one of digits(wish[2])) for (const other of digits(have[2])) most = Math.max(most, distances[one][other]);
    return most;
  }
  const near = (wish, have) => Math.max(...apart(wish, have)) < FAR;

  // Whether the first of two is closer to what its language usually is, in script or else in region.
  function likelier(one, other) {
    if (one[0] !== other[0]) return false;
    const at = one[1] !== other[1] ? 1 : 2, usual = subtags(one.slice(0, at).join("-"));
    return one[at] !== other[at] && usual[at] === one[at];
  }
  function closest(wish, locales) {
    const place = (locale) => String(subtags(locale).slice(0, 3));
    const rank = (locale) => (place(locale) === place(locales[0]) ? 0 : site.paradigms.includes(locale) ? 1 : 2);
    let best = "", least = Infinity;
    for (const locale of [0, 1, 2].flatMap((each) => locales.filter((one) => rank(one) === each))) {
      const have = subtags(locale), sum = apart(wish, have).reduce((a, b) => a + b);
      const steps = sum * STEP || wish[3] ^ have[3];
      if (steps < least || (steps === least && sum && likelier(have, subtags(best)))) [best, least] = [locale, steps];
    }
    return best;
  }

  // The locale to offer on a page, or "".
  return (tags, page, available, chosen) => {
    const here = subtags(page), others = available.filter((tag) => tag !== page), seen = [];
    for (const tag of tags) if (tag && tag !== "*" && !seen.includes(keyOf(tag))) seen.push(keyOf(tag));
    const wishes = seen.slice(0, MOST).map(subtags).filter(Boolean);
    if (others.includes(chosen)) wishes.unshift(subtags(chosen));
    for (const wish of wishes) {
      const offers = others.filter((locale) => near(wish, subtags(locale)));
      const edition = site.editions.includes(page.split("-")[0]) && closest(wish, [page].concat(offers)) !== page;
      if (near(wish, here) && !edition) return "";
      if (offers.length) return closest(wish, offers);
    }
    return "";
  };
}
