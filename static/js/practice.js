// A session of interview practice: one question at a time, typed or spoken, with time if wanted. What is answered is counted
// here, and leaves this browser only where the person goes on to keep it. Without this the page leads to a form.
const root = document.getElementById("practice");
const announcer = document.getElementById("announcer");
const NAME = "practice:answers";

// What was answered goes over to the form in this tab's own memory, and is taken out of it there.
const memory = {
  put: (answers) => {
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ path: root.dataset.keep, answers }));
    } catch {
      // The form is then empty.
    }
  },
  take: () => {
    try {
      const text = sessionStorage.getItem(NAME);
      sessionStorage.removeItem(NAME);
      const kept = JSON.parse(text);
      return kept?.path === location.pathname ? kept.answers : {};
    } catch {
      return {};
    }
  },
};

function fillIn(form) {
  for (const [slug, answer] of Object.entries(memory.take())) {
    const field = form.elements[`answer.${slug}`];
    if (field && !field.value) field.value = answer;
  }
}

async function begin() {
  const { counting, speech: speechAddress, lang } = root.dataset;
  const [{ count, inMinutes }, speech] = await Promise.all([import(counting), import(speechAddress)]);
  const words = JSON.parse(document.getElementById("practice-words").textContent);
  const asks = [...root.querySelectorAll("[data-ask]")];
  const limit = root.querySelector("[data-limit]");
  const end = root.querySelector("[data-end]");
  const answers = new Map();
  const records = speech.canRecord();
  // Asked once somebody wants to speak: browsers that know the question but have nobody to answer it end the page.
  let writes = null;
  let clock = null;
  let recording = null;
  let recorded = null;

  const show = (list, counts) => {
    for (const place of list.querySelectorAll("[data-count]")) {
      place.textContent = (counts[place.dataset.count] ?? []).join("; ") || place.dataset.none;
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
    const onText = (text) => (field.value = `${field.value} ${text}`.trim());
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
    const text = ask.querySelector("textarea").value.trim();
    const counts = count(text, words, ask.dataset.weak);
    answers.set(ask.dataset.ask, text);
    const place = ask.querySelector("[data-look]");
    show(place, counts);
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

  function ask(number) {
    stopClock();
    asks.forEach((each, place) => (each.hidden = place !== number));
    if (number < asks.length) return asks[number].querySelector("h2").focus();
    const given = [...answers.values()].filter(Boolean);
    show(end, { ...count(given.join("\n"), words, ""), answered: [`${given.length} / ${asks.length}`] });
    end.hidden = false;
    end.querySelector("h2").focus();
  }

  asks.forEach((one, number) => {
    one.querySelector("textarea").addEventListener("input", () => startClock(one));
    one.querySelector("[data-done]").addEventListener("click", () => look(one));
    one.querySelector("[data-next]").addEventListener("click", () => ask(number + 1));
    const button = one.querySelector("[data-record]");
    button.hidden = !records;
    button.addEventListener("click", () => record(one, button));
    one.querySelector("[data-answering]").hidden = false;
    one.hidden = number > 0;
  });
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
  root.querySelector("[data-keep-link]").addEventListener("click", () => memory.put(Object.fromEntries(answers)));
  root.querySelectorAll("[data-with-script]").forEach((each) => (each.hidden = false));
  root.querySelectorAll("[data-without-script]").forEach((each) => (each.hidden = true));
  root.dataset.ready = "yes";
}

if (root.matches("form")) fillIn(root);
else begin();
