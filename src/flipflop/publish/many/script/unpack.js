/* Compressed text of the page becomes columns of numbers and blocks of words. */

const bytesOf = (text) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
};

const inflate = (text) =>
  new Response(new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate")));

/* A number lies as its bytes, lowest first; the lowest bytes of a whole column stand together, then the next ones. */
function column(bytes, at, length, planes) {
  if (planes === 1) return bytes.subarray(at, at + length);
  const Kind = planes === 2 ? Uint16Array : planes <= 4 ? Uint32Array : Float64Array;
  const values = new Kind(length);
  for (let plane = 0, unit = 1; plane < planes; plane++, unit *= 256, at += length) {
    for (let i = 0; i < length; i++) values[i] += bytes[at + i] * unit;
  }
  return values;
}

async function unpackColumns(list, text) {
  const bytes = new Uint8Array(await inflate(text).arrayBuffer());
  const columns = {};
  let at = 0;
  for (const [name, length, planes] of list) {
    columns[name] = column(bytes, at, length, planes);
    at += length * planes;
  }
  return columns;
}

/* 0, 1, 2, 3, 4 … stand for 0, -1, 1, -2, 2 … */
const signed = (stored) => (stored % 2 ? -(stored + 1) / 2 : stored / 2);

function summed(differences, first, Kind, read = (stored) => stored) {
  const values = new Kind(differences.length);
  for (let i = 0, sum = first; i < differences.length; i++) values[i] = sum += read(differences[i]);
  return values;
}
