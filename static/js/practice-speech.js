// Speaking an answer: recorded and played back in the browser, and written down where the browser itself can do that on the
// device. Nothing of it is sent anywhere.
const LAST_WORDS = 2000; // milliseconds that are waited for them
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

// Whether a microphone can be recorded here at all: not without a safe connection.
export const canRecord = () => Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder);

// Whether speech is written down on the device: "available", "downloadable" where the browser would have to get its model
// first, or "" where it cannot. A browser that would send the voice to a service is not asked.
export async function canWrite(lang) {
  if (!Recognition?.available || !("processLocally" in Recognition.prototype)) return "";
  try {
    const state = await Recognition.available({ langs: [lang], processLocally: true });
    return state === "unavailable" ? "" : state === "available" ? state : "downloadable";
  } catch {
    return "";
  }
}

// Have the browser get its own model, on a click alone.
export async function install(lang) {
  try {
    return await Recognition.install({ langs: [lang], processLocally: true });
  } catch {
    return false;
  }
}

function listen(lang, onText) {
  const recognition = new Recognition();
  recognition.processLocally = true;
  recognition.lang = lang;
  recognition.continuous = true;
  recognition.addEventListener("result", ({ results, resultIndex }) => {
    for (const result of [...results].slice(resultIndex)) if (result.isFinal) onText(result[0].transcript.trim());
  });
  recognition.start();
  const ended = new Promise((resolve) => recognition.addEventListener("end", resolve));
  // The last words come after the end of speaking.
  return () => {
    recognition.stop();
    return Promise.race([ended, new Promise((resolve) => setTimeout(resolve, LAST_WORDS))]);
  };
}

// Begin to record. `stop()` gives the address of the recording in this browser, '' where it is
// empty, and how many seconds it lasts.
export async function record({ lang, writes, onText }) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  const pieces = [];
  recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
  const begun = performance.now();
  recorder.start();
  let stopListening = null;
  try {
    stopListening = writes ? listen(lang, onText) : null;
  } catch {
    // What was said is still recorded.
  }
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  const stop = async () => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    recorder.stop();
    await Promise.all([stopped, stopListening?.()]);
    stream.getTracks().forEach((track) => track.stop());
    const recording = new Blob(pieces, { type: recorder.mimeType });
    // What was stopped at once holds no sound.
    return { url: recording.size ? URL.createObjectURL(recording) : "", seconds };
  };
  return { stop };
}
