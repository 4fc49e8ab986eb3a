// What the MDN HTTP Observatory gives a page: node benchmarks/observatory.mjs HOST PATH...
// The scanner's own steps and sums. Unlike its command it takes a path, and pages with an error status.
// Needs @mdn/mdn-http-observatory beside it (npm install --no-save), and in its conf/ a hsts-preload.json, `{}` will do.
import { ALL_TESTS } from "@mdn/mdn-http-observatory/src/constants.js";
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from "@mdn/mdn-http-observatory/src/grader/charts.js";
import { getGradeForScore, getScoreModifier } from "@mdn/mdn-http-observatory/src/grader/grader.js";
import { retrieve } from "@mdn/mdn-http-observatory/src/retriever/retriever.js";

const [host, ...paths] = process.argv.slice(2);
for (const path of paths) {
  const found = await retrieve(host, { path });
  const results = ALL_TESTS.map((test) => test(found).result).filter(Boolean);
  const modifiers = results.map((result) => getScoreModifier(result));
  const lost = modifiers.filter((modifier) => modifier < 0).reduce((sum, modifier) => sum + modifier, 100);
  const whole = modifiers.reduce((sum, modifier) => sum + modifier, 100);
  const { score, grade } = getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? whole : lost);
  console.log(path, found.responses.auto?.status, score, grade, results.join(" "));
}
