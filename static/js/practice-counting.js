// What can be counted in an answer, in the browser alone. guides/practice/counting.py and words.py do the same, step for step;
// the words come with the page.
const WORD = /[0-9]+(?:[.,][0-9]+)*(?![A-Za-z0-9])|[A-Za-z0-9\u00c0-\u024f]+(?:'[A-Za-z\u00c0-\u024f]+)*/g;
const SENTENCE_END = /[.!?;]+(?=[ \t\r\n]|$)|[\r\n]+/;
const MOST_SHOWN = 8;
const OFTEN = 3;
const SHARED_WORDS = 3;
const PARTS = ["situation", "task", "action", "result"];

const endsWith = (word, ...endings) => endings.some((ending) => word.endsWith(ending));

export function stem(word) {
  if (word.includes("'")) return word.endsWith("'s") ? word.slice(0, -2) : word;
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  let base = word;
  if (word.length > 5 && word.endsWith("ing")) base = word.slice(0, -3);
  else if (word.length > 4 && endsWith(word, "ed", "es") && !word.endsWith("eed")) base = word.slice(0, -2);
  else if (word.length > 3 && word.endsWith("s") && !endsWith(word, "ss", "us", "is")) base = word.slice(0, -1);
  const last = base.at(-1);
  if (base !== word && base.length > 3 && last === base.at(-2) && !"lsz".includes(last)) base = base.slice(0, -1);
  return base.length > 3 && base.endsWith("e") ? base.slice(0, -1) : base;
}

function tokens(text) {
  const words = text.replace(/[\u2018\u2019]/g, "'").match(WORD) ?? [];
  return words.map((word) => ({ text: word, low: word.toLowerCase(), stem: stem(word.toLowerCase()) }));
}

const sentences = (text) => text.split(SENTENCE_END).map(tokens).filter((words) => words.length);

const isNumber = (token) => token.low[0] >= "0" && token.low[0] <= "9";

function isLike(token, wanted, past) {
  if (wanted === "#") return isNumber(token);
  if (wanted === "+ed") return past.has(token.low) || (token.low.length > 3 && token.low.endsWith("ed"));
  return wanted === "~" || wanted === token.stem;
}

const SIGNS = ["~", "#", "+ed"];

// Where a phrase begins among words, in any form of its words.
function places(words, phrase, past) {
  const wanted = phrase.split(" ").map((part) => (SIGNS.includes(part) ? part : stem(part)));
  const found = [];
  for (let start = 0; start + wanted.length <= words.length; start++) {
    if (wanted.every((part, number) => isLike(words[start + number], part, past))) found.push(start);
  }
  return found;
}

const has = (words, phrases, past) => phrases.some((phrase) => places(words, phrase, past).length);

function skillsIn(parts, vocabulary) {
  const said = new Set(parts.flat().map((token) => token.text));
  const none = new Set();
  const isNamed = ({ phrases, exact }) =>
    parts.some((part) => has(part, phrases, none)) || exact.some((word) => said.has(word));
  return vocabulary.skills.filter(isNamed).map((skill) => skill.name);
}

function dutiesIn(parts, vocabulary) {
  const stems = parts.map((part) => new Set(part.map((token) => token.stem)));
  const isNamed = ({ words, enough }) => stems.some((part) => words.filter((word) => part.has(word)).length >= enough);
  return vocabulary.duties.filter(isNamed).map((duty) => duty.name);
}

// The first words that sound like one part of a story, as they were written.
function cueIn(parts, cues, past) {
  for (const part of parts) {
    let first = null;
    for (const cue of cues) {
      const length = cue.split(" ").length;
      for (const start of places(part, cue, past)) {
        // Of those that begin at one place the longest.
        if (!first || start < first.start || (start === first.start && length > first.length)) first = { start, length };
      }
    }
    if (first) return [part.slice(first.start, first.start + first.length).map((token) => token.text).join(" ")];
  }
  return [];
}

function fillersIn(parts, fillers) {
  const counts = [];
  for (const filler of fillers) {
    const wanted = filler.split(" ");
    const begins = (part, start) => wanted.every((word, number) => part[start + number]?.low === word);
    const number = parts.reduce((sum, part) => sum + part.filter((_, start) => begins(part, start)).length, 0);
    if (number) counts.push(`${filler} × ${number}`);
  }
  return counts;
}

function favoritesIn(words, common) {
  const numbers = new Map();
  for (const { low } of words) {
    if (low.length > 3 && !common.includes(low)) numbers.set(low, (numbers.get(low) ?? 0) + 1);
  }
  const often = [...numbers].filter(([, number]) => number >= OFTEN).sort((one, other) => other[1] - one[1]);
  return often.slice(0, 3).map(([word, number]) => `${word} × ${number}`);
}

function run(one, start, other, place) {
  let length = 0;
  while (start + length < one.length && place + length < other.length && one[start + length] === other[place + length]) {
    length++;
  }
  return length;
}

// The longest runs of words that stand in both, of three words or more that say something.
function sharedBy(answer, weak, common) {
  const phrases = new Set();
  for (let start = 0; start < answer.length; ) {
    const length = Math.max(0, ...weak.map((_, place) => run(answer, start, weak, place)));
    const words = answer.slice(start, start + length);
    if (length >= SHARED_WORDS && words.some((word) => !common.includes(word))) phrases.add(words.join(" "));
    start += length >= SHARED_WORDS ? length : 1;
  }
  return [...phrases];
}

// Every count as a list of short texts, by name. `weak` is the guide's weak example.
export function count(answer, vocabulary, weak) {
  const parts = sentences(answer);
  const words = parts.flat();
  const past = new Set(vocabulary.past);
  const seconds = Math.floor((words.length * 60 + Math.floor(vocabulary.rate / 2)) / vocabulary.rate);
  const voices = [["I", vocabulary.i], ["we", vocabulary.we]];
  const isGiven = (token) => isNumber(token) || vocabulary.numbers.includes(token.low);
  const isCalled = (caution) => (part) =>
    caution.all.every((phrases) => has(part, phrases, past)) && !has(part, caution.unless, past);
  return {
    words: [String(words.length)],
    aloud: [inMinutes(seconds)],
    skills: skillsIn(parts, vocabulary),
    duties: dutiesIn(parts, vocabulary),
    ...Object.fromEntries(PARTS.map((name) => [name, cueIn(parts, vocabulary.parts[name], past)])),
    numbers: [...new Set(words.filter(isGiven).map((token) => token.low))].slice(0, MOST_SHOWN),
    voices: voices.map(([name, own]) => `${name} × ${words.filter((token) => own.includes(token.low)).length}`),
    fillers: fillersIn(parts, vocabulary.fillers),
    favorites: favoritesIn(words, vocabulary.common),
    weak: sharedBy(words.map((token) => token.low), tokens(weak).map((token) => token.low), vocabulary.common),
    cautions: vocabulary.cautions.filter((caution) => parts.some(isCalled(caution))).map((caution) => caution.slug),
  };
}

export const inMinutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
