// Keeps a served page as it would be if it were asked for anew, and follows what grows. Without it, reloading does the same.
"use strict";

(() => {
  const REST = 1000;
  const KEPT = 400000;

  /** Puts the parts of a fresh copy of the page, that are not as they were, in the place of the old ones. */
  const renew = (fresh) => {
    const now = document.getElementById("content");
    const then = fresh.getElementById("content");
    if (!now || !then) {
      return;
    }
    const old = [...now.children];
    const parts = [...then.children].map((part) => document.importNode(part, true));
    const said = old.find((each) => each.matches(".said"));
    if (said && !parts.some((each) => each.matches(".said"))) {
      parts.unshift(said);
    }
    const filled = (field) => field.type !== "radio" && field.value !== field.defaultValue;
    const busy = (part) =>
      part.matches(":has(form :focus, input:focus, select:focus, textarea:focus)") ||
      [...part.querySelectorAll("input, textarea")].some(filled);
    const fixed = (part) => part.hasAttribute("data-follow-section");
    for (const part of parts) {
      const heading = part.getAttribute("aria-labelledby");
      const same = heading && old.find((each) => each.getAttribute("aria-labelledby") === heading);
      if (same && (fixed(same) || busy(same))) {
        part.replaceWith(same);
        parts[parts.indexOf(part)] = same;
        continue;
      }
      if (same) {
        same.querySelectorAll("details[open] > summary").forEach((summary) => {
          const twin = [...part.querySelectorAll("details > summary")].find((each) => each.textContent === summary.textContent);
          twin?.parentElement.setAttribute("open", "open");
        });
        same.querySelectorAll("input[type=radio]:checked").forEach((radio) => {
          const twin = radio.id && part.querySelector("#" + CSS.escape(radio.id));
          if (twin) {
            twin.checked = true;
          }
        });
      }
    }
    const changed = parts.filter((part, at) => part !== old[at] && !(old[at] && part.isEqualNode(old[at])));
    if (changed.length === 0 && parts.length === old.length) {
      return;
    }
    const y = window.scrollY;
    parts.forEach((part, at) => {
      const there = now.children[at];
      if (there === part || (there && there.isEqualNode(part))) {
        return;
      }
      if (there && there.getAttribute("aria-labelledby") === part.getAttribute("aria-labelledby")) {
        there.replaceWith(part);
      } else {
        now.insertBefore(part, there || null);
      }
    });
    while (now.children.length > parts.length) {
      now.lastElementChild.remove();
    }
    window.scrollTo({ top: y, behavior: "instant" });
    document.title = fresh.title;
    followAll();
  };

  const followed = new WeakSet();

  /** Adds what is written to a text; at its end the section is renewed like the others, and may follow another text. */
  const follow = (text) => {
    const events = new EventSource(text.dataset.follow);
    events.addEventListener("text", (event) => {
      if (!text.isConnected) {
        events.close();
        return;
      }
      const atEnd = text.scrollHeight - text.scrollTop - text.clientHeight < 40;
      text.append(JSON.parse(event.data));
      while (text.textContent.length > KEPT && text.childNodes.length > 1) {
        text.firstChild.remove();
      }
      if (atEnd) {
        text.scrollTop = text.scrollHeight;
      }
    });
    events.addEventListener("end", () => {
      events.close();
      text.closest("[data-follow-section]")?.removeAttribute("data-follow-section");
      refresh();
    });
    text.scrollTop = text.scrollHeight;
  };

  const followAll = () => {
    for (const text of document.querySelectorAll("[data-follow]")) {
      if (!followed.has(text)) {
        followed.add(text);
        follow(text);
      }
    }
  };

  let asked = false;
  let resting = false;
  const refresh = async () => {
    asked = true;
    if (resting || document.hidden) {
      return;
    }
    resting = true;
    asked = false;
    const from = performance.now();
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (answer.ok) {
        renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
    } catch (gone) {
      // the farm has stopped: the next event comes when it is there again
    }
    setTimeout(() => {
      resting = false;
      if (asked) {
        refresh();
      }
    }, Math.max(REST, 4 * (performance.now() - from)));
  };

  const light = (words, kind) => {
    const lamp = document.getElementById("live");
    if (lamp) {
      lamp.textContent = words;
      lamp.className = kind;
    }
  };

  const body = document.body;
  if (body.dataset.events) {
    const events = new EventSource(body.dataset.events);
    events.addEventListener("open", () => light("live", "live-on"));
    events.addEventListener("error", () => light("not live", "live-off"));
    events.addEventListener("changed", refresh);
    document.addEventListener("visibilitychange", () => asked && refresh());
  }

  followAll();
})();
