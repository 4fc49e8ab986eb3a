// What can be counted in an answer, in the browser alone. guides/practice/counting.py and, in guides/stories, counts.py,
// phrases.py and words.py do the same, step for step; the words come with the page.
const WORD = /[0-9]+(?:[.,:/][0-9]+)*(?![A-Za-z0-9])|[A-Za-z0-9\u00c0-\u024f]+(?:'[A-Za-z\u00c0-\u024f]+)*/g;
const HYPHENS = "-\u2010\u2011";
const SENTENCE_END = /[.!?;]+(?=[ \t\r\n]|$)|[\r\n]+/;
const YEAR = /^(?:19|20)[0-9][0-9]$/;
const MOST_SHOWN = 8;
const OFTEN = 3;
const SHARED_WORDS = 3;
const YOUNGEST = 16;
const OLDEST = 99;
const PARTS = ["situation", "task", "action", "result"];
const CARDINALS = ["one", "unit", "teen", "tens"];
const OLD_TEENS = ["sixteen", "seventeen", "eighteen", "nineteen"];

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
  const straight = text.replace(/[\u2018\u2019]/g, "'");
  let end = -2;
  return [...straight.matchAll(WORD)].map(({ 0: word, index }) => {
    const low = word.toLowerCase();
    const isTied = index === end + 1 && HYPHENS.includes(straight[end]);
    end = index + word.length;
    return { text: word, low, stem: stem(low), isTied };
  });
}

const sentences = (text) => text.split(SENTENCE_END).map(tokens).filter((words) => words.length);

const isNumber = (token) => token.low[0] >= "0" && token.low[0] <= "9";

// What phrases are found by: classes of words, numbers in words, verbs of the past, and those that are no deed.
const lexiconOf = ({ classes, numbers, past, states }) => ({
  classes: Object.fromEntries(Object.entries(classes).map(([name, words]) => [name, new Set(words)])),
  numbers: new Map(Object.entries(numbers)),
  past: new Set(past),
  states: new Set(states),
});

const known = new Map();
function partsOf(phrase) {
  if (!known.has(phrase)) known.set(phrase, phrase.split(" ").map((part) => ("~#+=<[$".includes(part[0]) ? part : stem(part))));
  return known.get(phrase);
}

// How many words say a number that can be the age of somebody who works.
function ageAt(words, place, { numbers }) {
  const { low } = words[place];
  if (/^[0-9][0-9]$/.test(low)) return Number(YOUNGEST <= Number(low) && Number(low) <= OLDEST);
  const kind = numbers.get(low);
  if (kind !== "tens") return Number(kind === "teen" && OLD_TEENS.includes(low));
  return ["one", "unit"].includes(numbers.get(words[place + 1]?.low)) ? 2 : 1;
}

// How many words one part of a phrase takes at a place; 0 where they are not like it.
function lengthAt(words, place, part, lexicon) {
  const token = words[place];
  if (part === "#age") return ageAt(words, place, lexicon);
  if (part === "#") return Number(isNumber(token));
  if (part === "+ed") {
    const isPast = lexicon.past.has(token.low) || (token.low.length > 3 && token.low.endsWith("ed"));
    return Number(isPast && !lexicon.states.has(token.low));
  }
  if (part[0] === "=") return Number(token.low === part.slice(1));
  if (part[0] === "<") return Number(lexicon.classes[part.slice(1, -1)].has(token.stem));
  return Number(part === "~" || part === token.stem);
}

// Where the phrase ends whose part `number` begins at `place`; -1 where it does not stand there.
function endOf(words, place, parts, number, lexicon) {
  if (number === parts.length) return place;
  const part = parts[number];
  if (part === "$") return place === words.length ? place : -1;
  const isThere = place < words.length;
  if (part[0] === "[") {
    if (isThere && lexicon.classes[part.slice(1, -1)].has(words[place].stem)) {
      const end = endOf(words, place + 1, parts, number + 1, lexicon);
      if (end >= 0) return end;
    }
    return endOf(words, place, parts, number + 1, lexicon);
  }
  const length = isThere ? lengthAt(words, place, part, lexicon) : 0;
  return length ? endOf(words, place + length, parts, number + 1, lexicon) : -1;
}

// Where a phrase stands among words, in any form of its words.
function places(words, phrase, lexicon) {
  const parts = partsOf(phrase);
  const found = [];
  for (let start = 0; start < words.length; start++) {
    const end = endOf(words, start, parts, 0, lexicon);
    if (end > start) found.push({ start, end });
  }
  return found;
}

const has = (words, phrases, lexicon) => phrases.some((phrase) => places(words, phrase, lexicon).length);

function kindAt(words, place, { numbers }) {
  if (place >= words.length) return "";
  return isNumber(words[place]) ? "digits" : (numbers.get(words[place].low) ?? "");
}

const isArticle = (token) => ["a", "an"].includes(token.low);

// By how many words a number goes on at a place, after a word of that kind.
function longer(kind, words, place, lexicon) {
  const following = kindAt(words, place, lexicon);
  if (following === "percent") return 1;
  if (["scale", "group"].includes(following)) return Number([...CARDINALS, "digits", "scale"].includes(kind));
  if (following === "part") return Number(["one", "unit"].includes(kind));
  if (kind === "tens" && ["one", "unit"].includes(following)) return Number(!isArticle(words[place]));
  if (kind !== "scale") return 0;
  const joins = Number(words[place]?.low === "and");
  const last = place + joins;
  return CARDINALS.includes(kindAt(words, last, lexicon)) && !isArticle(words[last]) ? 1 + joins : 0;
}

function numberEnd(words, start, lexicon) {
  let kind = kindAt(words, start, lexicon);
  let end = start + 1;
  if (["", "part", "percent"].includes(kind)) return start;
  if (kind === "one" && !["scale", "group", "part"].includes(kindAt(words, end, lexicon))) return start;
  for (let more = longer(kind, words, end, lexicon); more; more = longer(kind, words, end, lexicon)) {
    end += more;
    kind = kindAt(words, end - 1, lexicon);
  }
  return end;
}

// The numbers of a sentence, but for years of the calendar and ages: these are no result.
function numbersIn(words, { ages, before_a_year: before }, lexicon) {
  const leftOut = new Set();
  for (const { start, end } of ages.flatMap((phrase) => places(words, phrase, lexicon))) {
    for (let place = start; place < end; place++) leftOut.add(place);
  }
  const isYear = (place) => YEAR.test(words[place].low) && (place === 0 || before.includes(words[place - 1].low));
  const found = [];
  for (let start = 0; start < words.length; ) {
    const end = leftOut.has(start) || isYear(start) ? start : numberEnd(words, start, lexicon);
    if (end > start) {
      found.push(words.slice(start, end).map((token) => (token.isTied ? "-" : " ") + token.text).join("").slice(1));
    }
    start = Math.max(end, start + 1);
  }
  return found;
}

function givenIn(parts, vocabulary, lexicon) {
  const numbers = new Map();
  for (const number of parts.flatMap((part) => numbersIn(part, vocabulary, lexicon))) {
    if (!numbers.has(number.toLowerCase())) numbers.set(number.toLowerCase(), number);
  }
  return [...numbers.values()].slice(0, MOST_SHOWN);
}

function skillsIn(parts, vocabulary, lexicon) {
  const said = new Set(parts.flat().map((token) => token.text));
  const isNamed = ({ phrases, exact }) =>
    parts.some((part) => has(part, phrases, lexicon)) || exact.some((word) => said.has(word));
  return vocabulary.skills.filter(isNamed).map((skill) => skill.name);
}

function dutiesIn(parts, vocabulary) {
  const stems = parts.map((part) => new Set(part.map((token) => token.stem)));
  const isNamed = ({ words, enough }) => stems.some((part) => words.filter((word) => part.has(word)).length >= enough);
  return vocabulary.duties.filter(isNamed).map((duty) => duty.name);
}

// The first words that sound like one part of a story, as they were written. That somebody turned sixty is no part of it.
function cueIn(parts, cues, ages, lexicon) {
  for (const part of parts) {
    const leftOut = ages.flatMap((phrase) => places(part, phrase, lexicon)).map(({ start }) => start);
    let first = null;
    for (const place of cues.flatMap((cue) => places(part, cue, lexicon))) {
      if (leftOut.includes(place.start)) continue;
      // Of those that begin at one place the longest.
      const isFirst = !first || place.start < first.start || (place.start === first.start && place.end > first.end);
      if (isFirst) first = place;
    }
    if (first) return [part.slice(first.start, first.end).map((token) => token.text).join(" ")];
  }
  return [];
}

// Where a filler begins in a sentence; "what kind of books" has none.
function fillerPlaces(part, filler, kinds) {
  const wanted = filler.split(" ");
  const begins = (start) => wanted.every((word, number) => part[start + number]?.low === word);
  const isMeant = (start) => wanted.at(-1) === "of" && start > 0 && kinds.includes(part[start - 1].low);
  return [...part.keys()].filter((start) => begins(start) && !isMeant(start));
}

// The words of a sentence without fillers of several words.
function withoutFillers(part, { fillers, kinds }) {
  const leftOut = new Set();
  for (const filler of fillers.filter((each) => each.includes(" "))) {
    const length = filler.split(" ").length;
    for (const start of fillerPlaces(part, filler, kinds)) {
      for (let place = start; place < start + length; place++) leftOut.add(place);
    }
  }
  return part.filter((_, place) => !leftOut.has(place));
}

function fillersIn(parts, { fillers, kinds }) {
  const counts = [];
  for (const filler of fillers) {
    const number = parts.reduce((sum, part) => sum + fillerPlaces(part, filler, kinds).length, 0);
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
  const lexicon = lexiconOf(vocabulary);
  const number = words.filter((token) => !token.isTied).length;
  const seconds = Math.floor((number * 60 + Math.floor(vocabulary.rate / 2)) / vocabulary.rate);
  const isCalled = (caution, part) =>
    caution.all.every((phrases) => has(part, phrases, lexicon)) && !has(part, caution.unless, lexicon);
  const harmful = vocabulary.cautions.filter((caution) => caution.harms);
  // What harms somebody shows no skill, nor do fillers: "sort of" is no sorting.
  const meant = parts
    .filter((part) => !harmful.some((caution) => isCalled(caution, part)))
    .map((part) => withoutFillers(part, vocabulary));
  const cue = (name) => cueIn(parts, vocabulary.parts[name], vocabulary.ages, lexicon);
  const isI = (token) => vocabulary.i.includes(token.low);
  const isWe = (token) => vocabulary.we.includes(token.low) && token.text !== "US";
  return {
    words: [String(number)],
    aloud: [inMinutes(seconds)],
    skills: skillsIn(meant, vocabulary, lexicon),
    duties: dutiesIn(meant, vocabulary),
    ...Object.fromEntries(PARTS.map((name) => [name, cue(name)])),
    numbers: givenIn(parts, vocabulary, lexicon),
    voices: [`I × ${words.filter(isI).length}`, `we × ${words.filter(isWe).length}`],
    fillers: fillersIn(parts, vocabulary),
    favorites: favoritesIn(words, vocabulary.common),
    weak: sharedBy(words.map((token) => token.low), tokens(weak).map((token) => token.low), vocabulary.common),
    cautions: vocabulary.cautions
      .filter((caution) => parts.some((part) => isCalled(caution, part)))
      .map((caution) => caution.slug),
  };
}

export const inMinutes = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
