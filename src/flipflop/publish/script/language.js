/* The words that came with the page, and how they are filled. No script has words for time of its own. */

const WORDS = JSON.parse(document.getElementById("words").textContent);

/* In one pass, so that what is filled in is never looked at again. */
const fill = (template, values) => template.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

const number = (value) => value.toLocaleString("en-US");
const numbered = (count, [one, more]) => `${number(count)} ${count === 1 ? one : more}`;
const counted = (count, thing) => numbered(count, WORDS.things[thing]);
const two = (digits) => String(digits).padStart(2, "0");
