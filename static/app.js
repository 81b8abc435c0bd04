"use strict";

// The walk: every change saves itself, nothing typed is lost, and the keys answer. Without this script, or without
// htmx, the page is a plain form with a button that saves.
//
// What is typed lies in the browser's storage as a draft until the server has acknowledged exactly that. So a draft
// outlives a lost connection, a server that restarts, a session that ends and a page that is left.
(() => {
  const form = document.getElementById("answers");
  if (!form || !window.htmx) return;

  const pause = 800; // milliseconds of silence before a text is saved
  const longestWait = 30000; // between two tries
  const largestKeepalive = 16000; // bytes of a request that outlives its page; browsers allow 64 KiB for all together

  // ── Drafts ────────────────────────────────────────────────────────────────

  const prefix = `plumbline.draft/${form.dataset.user}/${form.dataset.of}/`;
  const tab = remembered(sessionStorage, "plumbline.tab", () => String(Math.random()).slice(2));
  let storageWorks = true;

  function remembered(storage, key, make) {
    try {
      const value = storage.getItem(key) ?? make();
      storage.setItem(key, value);
      return value;
    } catch {
      return make();
    }
  }

  function readDraft(practice) {
    try {
      return JSON.parse(localStorage.getItem(prefix + practice));
    } catch {
      return null;
    }
  }

  function writeDraft(practice, draft) {
    try {
      localStorage.setItem(prefix + practice, JSON.stringify(draft));
    } catch {
      storageWorks = false;
    }
  }

  function dropDraft(practice) {
    try {
      localStorage.removeItem(prefix + practice);
    } catch {
      storageWorks = false;
    }
  }

  // othersWait is how long a draft is left to the tab that wrote it, in milliseconds.
  function othersWait(draft) {
    return draft.tab === tab ? 0 : Math.max(0, draft.at + 10 * pause - Date.now());
  }

  function draftedPractices() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    } catch {
      return [];
    }
  }

  // ── Answers as text ───────────────────────────────────────────────────────
  // The content of a practice is one string, so that "what I sent", "what is typed" and "what is stored" compare.

  function clean(text) {
    return text.replace(/\r\n?/g, "\n").trim();
  }

  function named(box, name) {
    return [...box.elements].filter((control) => control.name === `${name}.${box.dataset.practice}`);
  }

  function evidenceRows(box) {
    return [...box.querySelectorAll(".link-row")];
  }

  function contentOf(box) {
    const status = named(box, "status").find((radio) => radio.checked)?.value ?? "";
    const reason = status === "not_applicable" ? clean(named(box, "reason")[0]?.value ?? "") : "";
    const [note] = named(box, "note");
    if (!note) return JSON.stringify({ status, reason }); // a row of the worksheet that is not open
    const evidence = [];
    for (const row of evidenceRows(box)) {
      const [address, title, remove] = row.querySelectorAll("input");
      const link = [clean(title.value), clean(address.value)];
      if (!remove.checked && (link[0] || link[1])) evidence.push(link);
    }
    return JSON.stringify({ status, reason, note: clean(note.value), evidence });
  }

  // whatItWas is what the page showed when it was loaded, so that the server can tell what has changed since.
  function whatItWas() {
    return new URLSearchParams([...form.querySelectorAll(":scope > input[type=hidden]")].map((hidden) => [hidden.name, hidden.value]));
  }

  // bodyOf is what a save says.
  function bodyOf(practice, version, content) {
    const answer = JSON.parse(content);
    const body = whatItWas();
    body.append(`version.${practice}`, version);
    for (const name of ["status", "reason", "note"]) if (name in answer) body.append(`${name}.${practice}`, answer[name]);
    for (const [title, address] of answer.evidence ?? []) {
      body.append(`evidence_title.${practice}`, title);
      body.append(`evidence_url.${practice}`, address);
    }
    return body.toString();
  }

  function fill(box, content) {
    const answer = JSON.parse(content);
    for (const radio of named(box, "status")) radio.checked = radio.value === answer.status;
    if (answer.reason) reasonOf(box).value = answer.reason;
    const [note] = named(box, "note");
    if (!note || !("note" in answer)) return;
    if (clean(note.value) !== answer.note) {
      note.value = answer.note;
      unfoldAround(note);
    }
    answer.evidence.forEach((link, i) => {
      if (i >= evidenceRows(box).length) addRow(box);
      const [address, title] = evidenceRows(box)[i].querySelectorAll("input");
      if (title.value !== link[0] || address.value !== link[1]) unfoldAround(address);
      [title.value, address.value] = link;
    });
    for (const row of evidenceRows(box).slice(answer.evidence.length)) {
      for (const input of row.querySelectorAll("input.input")) input.value = "";
    }
    growRows(box);
  }

  function unfoldAround(control) {
    const fold = control.closest("details");
    if (fold) fold.open = true;
  }

  // reasonOf returns the field of the reason. A row of the worksheet gets one when it needs it.
  function reasonOf(box) {
    const [there] = named(box, "reason");
    if (there) return there;
    const fresh = document.getElementById("reason-field").content.cloneNode(true);
    const field = fresh.querySelector("textarea");
    field.id = `reason-${box.dataset.practice}`;
    field.name = `reason.${box.dataset.practice}`;
    fresh.querySelector("label").htmlFor = field.id;
    field.setAttribute("aria-describedby", `faults-${box.dataset.practice}`);
    box.querySelector(".faults").before(fresh);
    return field;
  }

  function addRow(box) {
    const rows = evidenceRows(box);
    const row = rows.at(-1).cloneNode(true);
    for (const input of row.querySelectorAll("input.input")) input.value = "";
    const remove = row.querySelector("input[type=checkbox]");
    remove.checked = false;
    remove.value = rows.length;
    rows.at(-1).after(row);
  }

  // growRows keeps a blank row at the end.
  function growRows(box) {
    const last = [...evidenceRows(box).at(-1).querySelectorAll("input.input")];
    if (last.some((input) => clean(input.value))) addRow(box);
  }

  // ── Requests ──────────────────────────────────────────────────────────────

  // post tries once more after a 401: a request beside it may be about to bring the session's new cookie.
  async function post(address, body) {
    const request = {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" },
      body,
      keepalive: body.length < largestKeepalive,
    };
    let response = await fetch(address, request);
    if (response.status === 401) {
      await new Promise((resolve) => setTimeout(resolve, pause / 2));
      response = await fetch(address, request);
    }
    return { status: response.status, html: await response.text() };
  }

  // pageOf is where the row of a practice is drawn again: its own address in the worksheet, else this page.
  function pageOf(box) {
    return form.dataset.row ? form.dataset.row + box.dataset.practice : location.pathname;
  }

  const saveURL = (box) => box.dataset.save ?? form.dataset.save + box.dataset.practice;
  const isOpened = (box) => box.classList.contains("is-opened");

  // storedOn reads from its page what is stored for a practice now. A draft must not sit in a page that is not there.
  async function storedOn(page, practice) {
    const opened = rows.has(practice) && isOpened(rows.get(practice).box);
    const response = await fetch(opened ? `${page}?open=${encodeURIComponent(practice)}` : page);
    if (!response.ok || new URL(response.url).pathname !== page) return null;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const box = fresh.getElementById(`p-${practice}`);
    return box && { box, content: contentOf(box), version: named(box, "version")[0].value };
  }

  function partsOf(html) {
    return document.createRange().createContextualFragment(html);
  }

  const parts = ["picture", "rail", "rest", "foot-now", "count-tradeoffs"]; // around the practices
  let newest = Number(document.querySelector("[data-sequence]").dataset.sequence); // change of the assessment that was taken in

  // swap puts the parts of an answer where their ids are, and returns which change of the assessment they show. Of two
  // answers that overtake each other, what is around the practices comes from the later one. Parts in which text is
  // selected stay as they are.
  function swap(answer) {
    const sequence = Number(answer.querySelector("[data-sequence]")?.dataset.sequence);
    if (sequence < newest) {
      for (const part of answer.querySelectorAll(parts.map((id) => `#${id}`))) part.remove();
    } else if (sequence > newest) {
      newest = sequence;
    }
    for (const part of answer.querySelectorAll("[hx-swap-oob=true]")) if (isThere(part)) part.remove();
    if (answer.querySelector("#toast")) hideLater();
    window.htmx.swap(document.body, answer, { swapStyle: "none", swapDelay: 0, settleDelay: 0, ignoreTitle: true });
    return sequence;
  }

  // isThere tells what has not changed: to replace it would lose a click that has begun on it.
  function isThere(part) {
    if (part.id === "toast") return false;
    const plain = part.cloneNode(true);
    plain.removeAttribute("hx-swap-oob");
    return plain.isEqualNode(document.getElementById(part.id));
  }

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const selection = document.getSelection();
    const target = event.detail.target;
    if (!selection.isCollapsed && target.id !== "say" && selection.containsNode(target, true)) event.detail.shouldSwap = false;
  });

  // ── One practice ──────────────────────────────────────────────────────────

  const retried = ["offline", "busy", "signedout"];
  const mostUnheard = 20; // saves without an answer that are remembered
  const failures = [...retried, "held", "stuck"]; // with a mark each, see the templates of the page

  class Row {
    constructor(box) {
      this.box = box;
      this.practice = box.dataset.practice;
      this.stored = contentOf(box); // as far as this page knows
      this.sent = null; // under way
      this.maybe = []; // sent before, without an answer: one of them may have arrived
      this.problem = ""; // one of failures, "refused" or "conflict"
      this.refusedContent = null;
      this.timer = 0;
      this.done = Promise.resolve();
      this.seen = 0; // the change of the assessment up to which the row is known to be what is stored
      this.news = null; // the last change of this answer that was heard of
    }

    get version() {
      return named(this.box, "version")[0].value;
    }

    set version(version) {
      named(this.box, "version")[0].value = version;
    }

    get clean() {
      return this.sent === null && contentOf(this.box) === this.stored;
    }

    // underWay is all that may be stored although nobody said so, the last of it.
    get underWay() {
      return [...new Set([...this.maybe, this.sent])].filter((content) => content !== null).slice(-mostUnheard);
    }

    get outdated() {
      return this.news !== null && this.news.sequence > this.seen;
    }

    // busy: something here is not saved, or the person is about to write.
    get busy() {
      const writing = this.box.contains(document.activeElement) && isText(document.activeElement);
      return writing || this.problem !== "" || !this.clean;
    }

    // halfTyped: a link is being typed, and its address would be refused before it is complete.
    get halfTyped() {
      const row = document.activeElement.closest(".link-row");
      return this.box.contains(row) && [...row.querySelectorAll("input.input")].some((input) => clean(input.value));
    }

    // adopt goes on where an earlier page was left.
    adopt() {
      if ("unsaved" in this.box.dataset) {
        this.stored = "";
        this.keep();
        this.markFaults();
        if (this.box.querySelector(".conflict > *")) this.problem = "conflict";
        else if (this.box.querySelector(".save-bad")) this.refusedContent = contentOf(this.box);
        else this.later(0);
        if (this.refusedContent) this.problem = "refused";
        return;
      }
      const draft = readDraft(this.practice);
      if (!draft) return;
      if (draft.content === this.stored) {
        dropDraft(this.practice);
        return;
      }
      if (!draft.sent.includes(this.stored)) this.version = draft.version;
      this.maybe = draft.sent;
      fill(this.box, draft.content);
      this.show("unsaved");
      this.later(othersWait(draft));
    }

    keep() {
      const content = contentOf(this.box);
      if (content === this.stored && this.sent === null) {
        dropDraft(this.practice);
        return;
      }
      writeDraft(this.practice, { content, sent: this.underWay, version: this.version, tab, at: Date.now(),
        page: pageOf(this.box), address: saveURL(this.box) });
    }

    changed(wait) {
      this.keep();
      if (this.problem === "conflict") return;
      if (this.clean) {
        this.settle();
        return;
      }
      if (this.sent === null && wait > 0 && !this.problem) this.show("unsaved");
      this.later(wait);
    }

    later(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), wait);
    }

    // send saves what is typed, unless something is under way: that looks again when it has ended.
    send(evenHalf = false) {
      clearTimeout(this.timer);
      if (this.sent !== null || this.problem === "conflict") return this.done;
      const content = contentOf(this.box);
      if (content === this.stored) return this.done;
      if (content === this.refusedContent) return this.done;
      if (!evenHalf && this.halfTyped) return this.done;
      const answer = JSON.parse(content);
      if (answer.status === "not_applicable" && !answer.reason) {
        this.fail("held");
        return this.done;
      }
      this.sent = content;
      this.keep();
      if (!retried.includes(this.problem)) this.show("saving");
      this.done = this.carry(content);
      return this.done;
    }

    async carry(content) {
      let answer;
      try {
        answer = await post(saveURL(this.box), bodyOf(this.practice, this.version, content));
      } catch {
        this.maybe = this.underWay;
        this.sent = null;
        this.fail("offline");
        return;
      }
      this.sent = null;
      await this.hear(answer, content);
      connection.heard(answer.status);
      if (this.outdated) others.soon();
    }

    async hear({ status, html }, content) {
      if (status === 200) {
        this.stored = content;
        this.maybe = [];
        this.problem = "";
        this.take(html);
        this.keep();
        if (!this.clean) await this.send();
        return;
      }
      if (status === 401) this.fail("signedout");
      else if (status === 409) await this.contend(html);
      else if (status === 422) this.refuse(html, "refused");
      else if (status === 429 || status >= 500) this.fail("busy");
      else this.fail("stuck");
      if (status === 403) this.explain(html);
    }

    // explain puts what the server says into the mark: who may not answer any more learns why.
    explain(html) {
      const why = new DOMParser().parseFromString(html, "text/html").getElementById("refused")?.textContent;
      const words = this.box.querySelector(".save span");
      if (why && words) words.textContent = `Not saved: ${why}`;
    }

    // contend looks whether the other answer is our own, which arrived although nobody told us. Else the person chooses.
    async contend(html) {
      if (this.maybe.length > 0) {
        const now = await storedOn(pageOf(this.box), this.practice).catch(() => null);
        if (now && this.maybe.includes(now.content)) {
          this.maybe = [];
          this.stored = now.content;
          this.version = now.version;
          await this.send();
          return;
        }
      }
      this.refuse(html, "conflict");
    }

    refuse(html, problem) {
      this.problem = problem;
      if (problem === "refused") this.refusedContent = contentOf(this.box);
      this.keep();
      this.take(html);
    }

    take(html) {
      const focused = this.box.querySelector(`:is(.save, .conflict) :focus`);
      const sequence = swap(partsOf(html));
      if (this.problem !== "refused") this.seen = sequence;
      this.markFaults();
      if (this.box.querySelector(".save").dataset.mark) this.fail("stuck");
      if (focused && !focused.isConnected) this.focus();
      unsaved.show();
    }

    markFaults() {
      for (const control of this.box.querySelectorAll("[aria-describedby]")) {
        const fault = document.getElementById(control.getAttribute("aria-describedby"));
        if (fault?.textContent.trim()) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    }

    fail(problem) {
      const shown = this.problem === problem;
      this.problem = problem;
      this.keep();
      if (!shown) this.show(problem);
      if (retried.includes(problem)) connection.lost();
      unsaved.show();
    }

    // settle is for a change that was taken back before it was sent.
    settle() {
      clearTimeout(this.timer);
      const place = this.box.querySelector(".save");
      if (place.dataset.mark && this.mark) place.replaceWith(this.mark);
      this.problem = "";
      unsaved.show();
      if (this.outdated) others.soon();
    }

    // tell says that somebody else has changed what the person is busy with. What is typed stays; its save will show
    // both answers.
    tell() {
      if (this.sent !== null || this.problem || this.news?.perhaps) return;
      this.show("changed");
      this.box.querySelector(".save [data-by]").textContent = this.news.by;
    }

    // renew shows the practice as it is stored now. What was unfolded stays so, and the keyboard where it was.
    renew(fresh, sequence) {
      if (this.busy) {
        this.tell();
        return;
      }
      this.seen = sequence;
      if (Number(named(fresh, "version")[0].value) <= Number(this.version)) return;
      for (const fold of this.box.querySelectorAll("details[open]")) fresh.querySelector(`[data-fold=${fold.dataset.fold}]`).open = true;
      const at = stops(this.box).indexOf(document.activeElement);
      this.box.replaceWith(fresh);
      fresh.hidden = this.box.hidden;
      const picked = this.box.querySelector("input[name=pick]")?.checked;
      if (picked) fresh.querySelector("input[name=pick]").checked = true;
      const row = new Row(fresh);
      row.seen = sequence;
      row.news = this.news;
      rows.set(this.practice, row);
      form.dispatchEvent(new CustomEvent("plumbline:renewed"));
      if (at < 0) return;
      const stop = stops(fresh)[at];
      if (stop?.matches("summary, a")) stop.focus();
      else row.focus();
    }

    show(mark) {
      const place = this.box.querySelector(".save");
      const focused = place.contains(document.activeElement);
      if (!this.mark?.isConnected && !place.dataset.mark) this.mark = place;
      const fresh = document.createElement("span");
      fresh.id = place.id;
      fresh.dataset.mark = mark;
      fresh.classList.add("save");
      fresh.classList.toggle("save-wait", mark === "saving");
      fresh.classList.toggle("save-news", mark === "changed");
      fresh.classList.toggle("save-bad", failures.includes(mark));
      fresh.append(document.getElementById(`mark-${mark}`).content.cloneNode(true));
      if (failures.includes(mark) && mark !== "held") fresh.setAttribute("role", "alert");
      place.replaceWith(fresh);
      if (focused) this.focus();
    }

    async choose(side) {
      if (side === "mine") {
        this.version = named(this.box, "stored")[0].value;
        this.problem = "";
        this.stored = "";
        this.focus();
        await this.send(true);
        return;
      }
      const now = await storedOn(pageOf(this.box), this.practice).catch(() => null);
      if (!now) {
        connection.lost();
        return;
      }
      dropDraft(this.practice);
      const fresh = document.adoptNode(now.box);
      this.box.replaceWith(fresh);
      const row = new Row(fresh);
      rows.set(this.practice, row);
      row.focus();
      unsaved.show();
    }

    // turn draws a row of the worksheet with all that belongs to it, or without, when nothing in it waits to be saved.
    async turn(open) {
      await this.send(true);
      if (!this.clean || this.problem) return this;
      const query = new URLSearchParams(location.search);
      query.delete("open");
      if (open) query.set("open", this.practice);
      const response = await fetch(`${pageOf(this.box)}?${query}`).catch(() => null);
      if (!response?.ok || !this.clean) return this;
      const fresh = partsOf(await response.text()).querySelector(".practice");
      const focused = this.box.contains(document.activeElement);
      fresh.hidden = this.box.hidden;
      fresh.querySelector("input[name=pick]").checked = this.box.querySelector("input[name=pick]").checked;
      this.box.replaceWith(fresh);
      const row = new Row(fresh);
      row.seen = this.seen;
      row.news = this.news;
      rows.set(this.practice, row);
      if (focused) fresh.querySelector("legend a").focus();
      return row;
    }

    // offerReasons puts the reasons that the page of the row offers beside the field.
    async offerReasons() {
      const field = reasonOf(this.box);
      if (!form.dataset.row || field.closest(".reason").querySelector(".reasons")) return;
      const response = await fetch(`${pageOf(this.box)}?open=${encodeURIComponent(this.practice)}`).catch(() => null);
      const offered = response?.ok && partsOf(await response.text()).querySelector(".reasons");
      if (offered) field.after(offered);
    }

    // give answers that the practice is not applicable, for a reason that the page offers.
    give(reason) {
      reasonOf(this.box).value = reason;
      named(this.box, "status").find((radio) => radio.value === "not_applicable").checked = true;
      this.focus();
      this.changed(0);
    }

    focus() {
      const radios = named(this.box, "status");
      (radios.find((radio) => radio.checked) ?? radios[0]).focus();
    }
  }

  // ── Drafts of other pages ─────────────────────────────────────────────────

  const elsewhere = new Map(); // practice to draft, for those that are not saved
  const refused = new Set(); // those of them that need a look; the others only need the connection

  let sendingElsewhere = false;

  async function sendElsewhere() {
    if (sendingElsewhere) return;
    sendingElsewhere = true;
    for (const practice of draftedPractices()) {
      const draft = readDraft(practice);
      if (!draft || rows.has(practice) || refused.has(practice)) continue;
      if (othersWait(draft) > 0) {
        setTimeout(sendElsewhere, othersWait(draft));
        continue;
      }
      const status = await sendDraft(practice, draft).catch(() => 0);
      if (status === 200) {
        dropDraft(practice);
        elsewhere.delete(practice);
        continue;
      }
      elsewhere.set(practice, draft);
      if (status === 0 || status === 401 || status === 429 || status >= 500) connection.lost();
      else refused.add(practice);
    }
    sendingElsewhere = false;
    unsaved.show();
  }

  async function sendDraft(practice, draft) {
    const first = await post(draft.address, bodyOf(practice, draft.version, draft.content));
    if (first.status !== 409) return first.status;
    const now = await storedOn(draft.page, practice);
    if (!now || !draft.sent.includes(now.content)) return 409;
    return (await post(draft.address, bodyOf(practice, now.version, draft.content))).status;
  }

  // ── Changes of others ─────────────────────────────────────────────────────
  // live.js hears of them. A practice that nobody is busy with shows them. Any other says so, and shows them when it is
  // left as it was.

  const others = {
    pause: 150, // milliseconds in which changes gather
    wait: 1000, // until the next try
    timer: 0,
    looking: false,
    hear({ kind, subject, by, sequence }) {
      const row = kind === "answer.saved" ? rows.get(subject) : undefined;
      if (row) row.news = { by, sequence };
      if (kind.startsWith("answers.")) for (const any of rows.values()) any.news = { by, sequence, perhaps: true };
      if (row ? row.outdated : /^(answers?|decision|priorities)\./.test(kind)) this.soon();
    },
    soon(wait = this.pause) {
      if (!this.timer) this.timer = setTimeout(() => this.look(), wait);
    },
    async look() {
      if (this.looking) {
        this.timer = 0;
        this.soon();
        return;
      }
      this.looking = true;
      this.timer = 0;
      const query = whatItWas();
      for (const row of rows.values()) {
        if (row.outdated && row.busy) row.tell();
        else if (row.outdated) {
          query.append("practice", row.practice);
          if (isOpened(row.box)) query.append("opened", row.practice);
          query.append(`version.${row.practice}`, row.version);
        }
      }
      const html = await changesOf(query).catch(() => null);
      this.looking = false;
      if (html === null) {
        this.soon(this.wait);
        this.wait = Math.min(this.wait * 2, longestWait);
        return;
      }
      this.wait = 1000;
      this.take(partsOf(html));
    },
    take(parts) {
      const boxes = [...parts.querySelectorAll(".practice")];
      for (const box of boxes) box.remove();
      const sequence = swap(parts);
      for (const box of boxes) rows.get(box.dataset.practice)?.renew(box, sequence);
    },
  };

  async function changesOf(query) {
    const response = await fetch(`${form.dataset.changes}?${query}`, { headers: { "HX-Request": "true" } });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return response.text();
  }

  document.addEventListener("plumbline:change", (event) => {
    event.preventDefault();
    others.hear(event.detail);
  });

  // ── The connection ────────────────────────────────────────────────────────

  const connection = {
    wait: 1000,
    timer: 0,
    lost() {
      if (this.timer) return;
      this.timer = setTimeout(() => this.again(), this.wait);
      this.wait = Math.min(this.wait * 2, longestWait);
    },
    again() {
      clearTimeout(this.timer);
      this.timer = 0;
      for (const row of rows.values()) {
        if (retried.includes(row.problem)) row.send(true);
      }
      sendElsewhere();
    },
    heard(status) {
      if (status !== 200) return;
      this.wait = 1000;
      if (this.timer) this.again();
    },
  };

  const unsaved = {
    place: document.getElementById("unsaved"),
    show() {
      const here = [...rows.values()].filter((row) => row.problem).length;
      const count = here + elsewhere.size;
      this.place.replaceChildren();
      if (count === 0) return;
      this.place.append(count === 1 ? "1 unsaved change" : `${count} unsaved changes`);
      for (const [practice, draft] of elsewhere) {
        const link = document.createElement("a");
        link.href = `${draft.page}#p-${practice}`;
        link.textContent = "Look";
        this.place.append(" ", link);
      }
    },
  };

  // ── Wiring ────────────────────────────────────────────────────────────────

  const rows = new Map();

  // adoptAll takes in the rows that are new on the page.
  function adoptAll() {
    for (const box of form.querySelectorAll(".practice")) {
      if (rows.has(box.dataset.practice)) continue;
      const row = new Row(box);
      rows.set(box.dataset.practice, row);
      row.adopt();
    }
  }
  form.addEventListener("plumbline:rows", adoptAll);

  function rowOf(node) {
    return rows.get(node?.closest?.(".practice")?.dataset.practice);
  }

  const isText = (node) => node.matches("textarea, input.input");
  const stops = (box) => [...box.querySelectorAll("input, summary, a, button, textarea")];

  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (!row || !isText(event.target)) return;
    if (event.target.closest(".link-row")) growRows(row.box);
    row.changed(pause);
  });

  form.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    if (!row || event.target.name === "pick") return;
    if (event.target.value === "not_applicable" && event.target.type === "radio") row.offerReasons();
    row.changed(0);
  });

  form.addEventListener("focusout", (event) => {
    const row = event.target.closest(".link-row");
    if (row && !row.contains(event.relatedTarget)) rowOf(event.target).changed(0);
    if (rowOf(event.target)?.outdated) others.soon();
  });

  form.addEventListener("click", (event) => {
    const row = rowOf(event.target);
    if (event.target.closest("[data-retry]")) {
      row.problem = "";
      row.send(true);
    }
    const reason = event.target.closest(".reasons button");
    if (reason && row) {
      event.preventDefault();
      row.give(reason.value);
    }
    if (event.target.closest("#button-undo")) {
      event.preventDefault();
      undo();
    }
    const back = event.target.closest("[data-put-back]");
    if (back && row) {
      event.preventDefault();
      putBack(row, back.formAction);
    }
    const title = event.target.closest("legend a[aria-expanded]");
    if (title && row && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      row.turn(!isOpened(row.box));
    }
    const keep = event.target.closest("button[name=keep]");
    if (keep && !takesEarlier(keep)) {
      event.preventDefault();
      row.choose(keep.value.split(":")[0]);
    }
  });

  // A button that leaves waits for what is under way. What is saved is not sent again; what is not goes along, and the
  // server's page says what is wrong with it.
  let leaving = false;
  form.addEventListener("submit", async (event) => {
    if (leaving) {
      leaving = false;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    if (button?.name === "do") {
      doSelected(button.value);
      return;
    }
    if (button?.name === "rest") {
      markRest(button);
      return;
    }
    await Promise.all([...rows.values()].map((row) => row.send(true)));
    const lost = [...rows.values()].some((row) => retried.includes(row.problem));
    if (lost || !(["next", "previous"].includes(button?.value) || takesEarlier(button))) return;
    const saved = [...rows.values()].filter((row) => row.clean && !row.box.contains(button));
    await new Promise((over) => setTimeout(over)); // a form takes no other submit until this one has been heard out
    for (const row of saved) row.box.disabled = true;
    leaving = true;
    form.requestSubmit(button);
    for (const row of saved) row.box.disabled = false;
  });

  // takesEarlier: the button takes the answer to an earlier wording, which the server knows.
  function takesEarlier(button) {
    return Boolean(button?.value.startsWith("earlier:"));
  }

  // markRest gives all open practices one answer, at once.
  async function markRest(button) {
    await Promise.all([...rows.values()].map((row) => row.send(true)));
    const body = whatItWas();
    body.append("rest", button.value);
    for (const row of rows.values()) {
      if (statusOf(row) !== "" || !row.clean) continue;
      body.append(`version.${row.practice}`, row.version);
      body.append(`status.${row.practice}`, "");
    }
    const answer = await post(button.formAction, body.toString()).catch(() => null);
    if (answer?.status === 200) others.take(partsOf(answer.html));
    else say(answer ? "Not saved: the answers have changed. Try again" : "Not saved: no connection");
    if (answer?.status === 409) others.soon(0);
  }

  function flush() {
    for (const row of rows.values()) if (!row.clean && !row.problem) row.send(true);
  }

  window.addEventListener("pagehide", flush);
  window.addEventListener("online", () => connection.again());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) flush();
    else if (connection.timer) connection.again();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!storageWorks && [...rows.values()].some((row) => !row.clean)) event.preventDefault();
  });

  document.getElementById("button-save").hidden = true;
  adoptAll();
  unsaved.show();
  sendElsewhere();

  // ── Undo ──────────────────────────────────────────────────────────────────
  // What was saved can be taken back for a while. The rows show it when live.js hears of it.

  const toastTime = 10000; // milliseconds
  let toastTimer = 0;

  function say(words) {
    const toast = document.getElementById("toast");
    toast.hidden = false;
    toast.replaceChildren(Object.assign(document.createElement("span"), { textContent: words }));
    hideLater();
  }

  function hideLater() {
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => {
      document.getElementById("toast").hidden = true;
    }, toastTime);
  }

  async function undo() {
    const button = document.getElementById("button-undo");
    const toast = document.getElementById("toast");
    if (!button || toast.hidden) return;
    const changes = [...toast.querySelectorAll("input[name=undo]")].map((input) => input.value);
    await takeBack(button.formAction, new URLSearchParams(changes.map((change) => ["undo", change])), toast.dataset.of ?? "");
  }

  function putBack(row, address) {
    return takeBack(address, new URLSearchParams(), row.practice);
  }

  // takeBack asks for an earlier answer; practices are those that it changes, with blanks between.
  async function takeBack(address, body, practices) {
    const answer = await post(address, body.toString()).catch(() => null);
    if (!answer) {
      say("Not undone: no connection");
      return;
    }
    if (answer.status >= 400) {
      const why = new DOMParser().parseFromString(answer.html, "text/html").querySelector("#refused, .errors li")?.textContent.trim();
      say(why ? `Not undone: ${why}` : "Not undone");
      return;
    }
    say("Undone");
    for (const practice of practices.split(" ")) {
      const row = rows.get(practice);
      if (row) row.news = { by: form.dataset.user, sequence: Math.max(newest, row.seen) + 1, perhaps: true };
    }
    others.soon(0);
  }

  // doSelected does something with the selected rows.
  async function doSelected(what) {
    await Promise.all([...rows.values()].map((row) => row.send(true)));
    const picked = [...rows.values()].filter((row) => row.box.querySelector("input[name=pick]").checked);
    const body = new URLSearchParams([["do", what], ["bulk", form.elements.bulk.value], ["bulk_reason", form.elements.bulk_reason.value]]);
    for (const row of picked) {
      body.append("pick", row.practice);
      body.append(`version.${row.practice}`, row.version);
      for (const name of ["status", "reason"]) body.append(`${name}.${row.practice}`, JSON.parse(contentOf(row.box))[name]);
      if (isOpened(row.box)) body.append("opened", row.practice);
    }
    const answer = await post(form.action, body.toString()).catch(() => null);
    if (answer?.status === 200) {
      others.take(partsOf(answer.html));
      form.dispatchEvent(new CustomEvent("plumbline:done"));
      return;
    }
    const why = answer && new DOMParser().parseFromString(answer.html, "text/html").querySelector(".errors li, #refused")?.textContent.trim();
    say(why ? `Not saved: ${why}` : "Not saved: no connection");
  }

  // ── Keys ──────────────────────────────────────────────────────────────────

  const keyList = document.getElementById("keys");
  const keysWanted = document.getElementById("on-keys");
  const hint = document.getElementById("hint");
  const keysOff = "plumbline.keys-off";

  function readKeysOff() {
    try {
      return localStorage.getItem(keysOff) === "1";
    } catch {
      return false;
    }
  }

  const advances = remembersChoice("on-advance", "plumbline.advance-off");

  // remembersChoice is a box that stays as this browser had it.
  function remembersChoice(id, name) {
    const box = document.getElementById(id);
    try {
      box.checked = localStorage.getItem(name) !== "1";
    } catch {
      storageWorks = false;
    }
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(name, box.checked ? "0" : "1");
      } catch {
        storageWorks = false;
      }
    });
    return box;
  }

  keysWanted.checked = !readKeysOff();
  hint.hidden = false;
  hint.classList.toggle("off", !keysWanted.checked);
  keysWanted.addEventListener("change", () => {
    hint.classList.toggle("off", !keysWanted.checked);
    try {
      localStorage.setItem(keysOff, keysWanted.checked ? "0" : "1");
    } catch {
      storageWorks = false;
    }
  });
  document.getElementById("button-keys").addEventListener("click", () => keyList.showModal());

  const shownRows = () => [...rows.values()].filter((row) => !row.box.hidden);
  const statusOf = (row) => JSON.parse(contentOf(row.box)).status;

  function step(by) {
    const all = shownRows();
    const at = all.indexOf(rowOf(document.activeElement));
    const open = all.findIndex((row) => statusOf(row) === "");
    const from = by > 0 ? Math.max(open, 0) : all.length - 1;
    const next = all[at < 0 ? from : at + by];
    if (next) next.focus();
    else if (by > 0) nextPage();
  }

  // nextOpen goes to the next practice without an answer, on this page or on the next one that has some.
  function nextOpen() {
    const all = shownRows();
    const at = all.indexOf(rowOf(document.activeElement));
    const next = [...all.slice(at + 1), ...(form.dataset.next ? [] : all.slice(0, at + 1))].find((row) => statusOf(row) === "");
    if (next) next.focus();
    else nextPage();
  }

  // nextPage goes on where something is open, once everything here is saved.
  async function nextPage() {
    if (!form.dataset.next) return;
    await Promise.all([...rows.values()].map((row) => row.send(true)));
    if ([...rows.values()].every((row) => row.clean)) location.assign(form.dataset.next);
  }

  // openRow returns the first practice without an answer, for a key that is pressed before any practice has the focus.
  function openRow() {
    return document.activeElement === document.body && shownRows().find((row) => statusOf(row) === "");
  }

  async function unfold(row, fold) {
    if (form.dataset.row) {
      const open = fold === "help" ? !isOpened(row.box) : true;
      const turned = open === isOpened(row.box) ? row : await row.turn(open);
      if (open && fold === "note") named(turned.box, "note")[0]?.focus();
      if (open && fold === "evidence") turned.box.querySelector(".link-row:last-of-type .input")?.focus();
      return;
    }
    const details = row.box.querySelector(`[data-fold=${fold}]`);
    details.open = fold !== "help" || !details.open;
    details.querySelector("textarea, .link-row:last-of-type .input")?.focus();
  }

  function answerWith(row, key) {
    const radio = named(row.box, "status")[key - 1];
    radio.focus();
    if (!radio.checked) radio.click();
    if (radio.value === "not_applicable") reasonOf(row.box).focus();
    else if (advances.checked) moveOn(row);
  }

  // moveOn goes to the row after the one that was answered; on the last it stays.
  function moveOn(row) {
    const all = shownRows();
    all[all.indexOf(row) + 1]?.focus();
  }

  function clear(row) {
    for (const radio of named(row.box, "status")) radio.checked = false;
    row.focus();
    row.changed(0);
  }

  function turn(direction) {
    const button = document.querySelector(`.foot button[value=${direction}]`);
    if (button) form.requestSubmit(button);
  }

  const always = {
    "?": () => keyList.showModal(),
    j: () => step(1),
    k: () => step(-1),
    J: () => turn("next"),
    K: () => turn("previous"),
    n: nextOpen,
    z: undo,
    "]": () => turn("next"),
    "[": () => turn("previous"),
  };
  const onPractice = { h: "help", m: "note", e: "evidence" };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keyList.open) return;
    const row = rowOf(event.target);
    if (isText(event.target)) {
      if (event.key === "Escape") row?.focus();
      return;
    }
    if (!keysWanted.checked || event.target.matches("select, [contenteditable]")) return;
    const key = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase(); // whatever Caps Lock says
    const meant = row || openRow();
    const says = meant && (onPractice[key] || (/^[0-4]$/.test(key) && !event.repeat));
    if (says && !row) meant.focus();
    if (always[key]) always[key]();
    else if (says && onPractice[key]) unfold(meant, onPractice[key]);
    else if (says && key === "0") clear(meant);
    else if (says) answerWith(meant, Number(key));
    else return;
    event.preventDefault();
  });
})();

// Copying: a button that puts the text of a field into the clipboard, and says so.
(() => {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
    });
  }
})();
