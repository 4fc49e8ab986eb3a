// What a page needs only once it is read: its other scripts, and the fonts for the pages after a first visit.
// They wait until the first picture of the page stands, so that nothing competes with it. Without this every link works.
// No module: it says before the first picture which fonts there are, as one that arrives later would move the lines.
(() => {
  const { fonts } = document.currentScript.dataset;
  const root = document.documentElement;
  // Remembers that this browser has fetched these files, whose names change with their content.
  const FLAG = "fonts";

  function storage(use) {
    try {
      return use(localStorage);
    } catch {
      return null;
    }
  }

  const hasFonts = () => storage((store) => store.getItem(FLAG)) === fonts;

  // From the browser's own cache, and at once: this way it waits a moment for both.
  function preload(file) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: file });
    document.head.append(link);
  }

  if (hasFonts()) {
    root.classList.add("has-fonts");
    fonts.split(" ").forEach(preload);
  }

  async function fetchFonts() {
    const answers = await Promise.all(fonts.split(" ").map((file) => fetch(file, { priority: "low" })));
    await Promise.all(answers.map((answer) => (answer.ok ? answer.blob() : Promise.reject(new Error(answer.url)))));
    storage((store) => store.setItem(FLAG, fonts));
  }

  // Painted, and read to its end: HTMX begins by itself only where both are so.
  const painted = new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      observer.disconnect();
      resolve();
    }).observe({ type: "paint", buffered: true });
    // A browser that tells of no painting must not wait for ever.
    if (!PerformanceObserver.supportedEntryTypes.includes("paint")) resolve();
  });
  const whole = new Promise((resolve) => {
    if (document.readyState === "complete") resolve();
    else addEventListener("load", resolve);
  });

  // The template's scripts in their order, each once.
  function run() {
    const content = document.getElementById("scripts")?.content;
    if (!content) return null;
    const asked = new Set();
    const scripts = [...content.querySelectorAll("script")].filter(({ src }) => !asked.has(src) && asked.add(src));
    document.head.append(...content.querySelectorAll("meta"));
    return Promise.all(
      scripts.map((inert) => {
        const script = document.importNode(inert);
        script.async = false;
        return new Promise((resolve) => {
          script.addEventListener("load", resolve);
          script.addEventListener("error", resolve);
          document.head.append(script);
        });
      }),
    );
  }

  async function start() {
    root.dataset.scripts = "waiting";
    await Promise.all([painted, whole]);
    await run();
    delete root.dataset.scripts;
    if (!hasFonts()) await fetchFonts().catch(() => {});
  }

  start();
})();
