// A session of interview practice: one question at a time, typed or spoken, with time if wanted. What is answered is counted
// here, and leaves this browser only where the person goes on to keep it. Without this the page leads to a form.
const root = document.getElementById("practice");
const announcer = document.getElementById("announcer");
// What was typed waits in this tab's own memory, by the address of the form that can keep it: for a reload, the way back, and
// that form. Clearing it, forgetting the plan in this browser and closing the tab end it.
const NAME = `practice:${root.dataset.keep ?? location.pathname}`;
const memory = {
  put: (answers) => {
    try {
      sessionStorage.setItem(NAME, JSON.stringify(answers));
    } catch {
      // A browser without it still has the page.
    }
  },
  read: () => {
    try {
      return JSON.parse(sessionStorage.getItem(NAME)) ?? {};
    } catch {
      return {};
    }
  },
  clear: () => {
    try {
      sessionStorage.removeItem(NAME);
    } catch {
      // Nothing is kept there.
    }
  },
};

// The form takes over what was typed in the session, and hands back what was changed in it.
function fillIn(form) {
  const fields = [...form.elements].filter(({ name }) => name.startsWith("answer."));
  const slugOf = ({ name }) => name.slice("answer.".length);
  const { answers = {} } = memory.read();
  for (const field of fields) if (!field.value && answers[slugOf(field)]) field.value = answers[slugOf(field)];
  form.addEventListener("input", () => {
    const { place = 0 } = memory.read();
    memory.put({ place, answers: Object.fromEntries(fields.map((field) => [slugOf(field), field.value])) });
  });
}

async function begin() {
  const { counting, speech: speechAddress, lang } = root.dataset;
  const [{ count, inMinutes }, speech] = await Promise.all([import(counting), import(speechAddress)]);
  const words = JSON.parse(document.getElementById("practice-words").textContent);
  const asks = [...root.querySelectorAll("[data-ask]")];
  const limit = root.querySelector("[data-limit]");
  const end = root.querySelector("[data-end]");
  const fieldOf = (one) => one.querySelector("textarea");
  const typed = () => Object.fromEntries(asks.map((one) => [one.dataset.ask, fieldOf(one).value]));
  // Which question is asked now; their number is the end.
  let place = 0;
  const remember = () => {
    const answers = typed();
    if (place || Object.values(answers).some(Boolean)) memory.put({ place, answers });
    else memory.clear();
  };
  const records = speech.canRecord();
  // Asked once somebody wants to speak: browsers that know the question but have nobody to answer it end the page.
  let writes = null;
  let clock = null;
  let recording = null;
  let recorded = null;

  const show = (list, counts, none = "") => {
    for (const row of list.querySelectorAll("[data-count]")) {
      row.textContent = (counts[row.dataset.count] ?? []).join("; ") || none || row.dataset.none;
    }
  };

  const stopClock = () => clearInterval(clock);

  // The clock begins with the first word of an answer.
  function startClock(ask) {
    const minutes = Number(limit.value);
    if (!minutes || ask.dataset.begun) return;
    ask.dataset.begun = "yes";
    const place = ask.querySelector("[data-time]");
    const ends = Date.now() + minutes * 60_000;
    const tick = () => {
      const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
      place.textContent = left ? inMinutes(left) : root.dataset.over;
      if (left) return;
      stopClock();
      announcer.textContent = root.dataset.over;
    };
    stopClock();
    place.hidden = false;
    tick();
    clock = setInterval(tick, 1000);
  }

  // How long the recording is.
  function countUp(place) {
    const begun = Date.now();
    const tick = () => (place.textContent = inMinutes(Math.floor((Date.now() - begun) / 1000)));
    place.hidden = false;
    tick();
    recorded = setInterval(tick, 500);
  }

  async function stopRecording(ask) {
    if (!recording) return;
    const { stop } = recording;
    recording = null;
    clearInterval(recorded);
    ask.querySelector("[data-recorded]").hidden = true;
    const { url, seconds } = await stop();
    ask.querySelector("[data-record]").textContent = root.dataset.again;
    if (!url) return;
    const player = ask.querySelector("audio");
    if (player.src) URL.revokeObjectURL(player.src);
    player.src = url;
    player.hidden = false;
    ask.dataset.seconds = seconds;
    announcer.textContent = root.dataset.stopped;
  }

  async function record(ask, button) {
    if (recording) return stopRecording(ask);
    const field = ask.querySelector("textarea");
    const onText = (text) => {
      field.value = `${field.value} ${text}`.trim();
      remember();
    };
    button.disabled = true;
    if (writes === null) {
      writes = await speech.canWrite(lang);
      say();
    }
    try {
      recording = await speech.record({ lang, writes: writes === "available", onText });
      button.textContent = root.dataset.stop;
      countUp(ask.querySelector("[data-recorded]"));
      announcer.textContent = root.dataset.recording;
      startClock(ask);
    } catch {
      ask.querySelector("[data-refused]").hidden = false;
      announcer.textContent = root.dataset.refused;
    }
    button.disabled = false;
    button.focus();
  }

  async function look(ask) {
    await stopRecording(ask);
    stopClock();
    const text = fieldOf(ask).value.trim();
    const counts = count(text, words, ask.dataset.weak);
    remember();
    const place = ask.querySelector("[data-look]");
    show(place, text ? counts : {}, text ? "" : root.dataset.nothing);
    const spoken = place.querySelector("[data-spoken]");
    const { seconds } = ask.dataset;
    spoken.hidden = !seconds;
    if (seconds) spoken.querySelector("dd").textContent = inMinutes(Number(seconds));
    for (const caution of place.querySelectorAll("[data-caution]")) {
      caution.hidden = !counts.cautions.includes(caution.dataset.caution);
    }
    place.hidden = false;
    place.querySelector("h3").focus();
  }

  function ask(number, isAsked = true) {
    stopClock();
    place = number;
    remember();
    asks.forEach((each, at) => (each.hidden = at !== number));
    end.hidden = number < asks.length;
    if (!end.hidden) {
      const given = Object.values(typed()).map((text) => text.trim()).filter(Boolean);
      show(end, { ...count(given.join("\n"), words, ""), answered: [`${given.length} / ${asks.length}`] });
    }
    if (isAsked) (asks[number] ?? end).querySelector("h2").focus();
  }

  // What was typed here before a reload, or before the way back.
  function fillAgain() {
    const { place: before = 0, answers = {} } = memory.read();
    for (const one of asks) {
      const field = fieldOf(one);
      if (one.dataset.ask in answers) field.value = answers[one.dataset.ask];
    }
    ask(Math.min(before, asks.length), false);
  }

  async function clear() {
    if (!confirm(root.dataset.clearQuestion)) return;
    await Promise.all(asks.map(stopRecording));
    for (const one of asks) {
      fieldOf(one).value = "";
      one.querySelector("[data-look]").hidden = true;
      one.querySelector("audio").hidden = true;
      one.querySelector("audio").removeAttribute("src");
      delete one.dataset.seconds;
    }
    ask(0);
    memory.clear();
    announcer.textContent = root.dataset.cleared;
  }

  asks.forEach((one, number) => {
    fieldOf(one).addEventListener("input", () => startClock(one));
    fieldOf(one).addEventListener("input", remember);
    one.querySelector("[data-done]").addEventListener("click", () => look(one));
    one.querySelector("[data-next]").addEventListener("click", () => ask(number + 1));
    one.querySelector("[data-before]")?.addEventListener("click", async () => {
      await stopRecording(one);
      ask(number - 1);
    });
    const button = one.querySelector("[data-record]");
    button.hidden = !records;
    button.addEventListener("click", () => record(one, button));
    one.querySelector("[data-answering]").hidden = false;
  });
  end.querySelector("[data-before]").addEventListener("click", () => ask(asks.length - 1));
  root.querySelector("[data-clear]").hidden = false;
  root.querySelector("[data-clear]").addEventListener("click", clear);
  root.querySelector("[data-records-line]").hidden = !records;
  // More time after it was up begins anew; another limit ends what was said of the one before.
  limit.addEventListener("change", () => {
    stopClock();
    for (const one of asks) {
      delete one.dataset.begun;
      one.querySelector("[data-time]").hidden = true;
    }
    if (asks[place] && fieldOf(asks[place]).value) startClock(asks[place]);
  });
  fillAgain();
  const model = root.querySelector("[data-install]");
  const say = () => {
    for (const line of root.querySelectorAll("[data-says]")) {
      line.hidden = writes === null || line.dataset.says !== (writes === "available" ? "writes" : "records");
    }
    model.hidden = writes !== "downloadable";
  };
  model.addEventListener("click", async () => {
    model.disabled = true;
    writes = (await speech.install(lang)) ? await speech.canWrite(lang) : "";
    say();
  });
  say();
  addEventListener("pagehide", remember);
  // A page that the browser had put aside: the form may have changed an answer since.
  addEventListener("pageshow", ({ persisted }) => persisted && fillAgain());
  root.querySelectorAll("[data-with-script]").forEach((each) => (each.hidden = false));
  root.querySelectorAll("[data-without-script]").forEach((each) => (each.hidden = true));
  root.dataset.ready = "yes";
}

if (root.matches("form")) fillIn(root);
else begin();
