// The work, the same for all, and next to none: what is measured is the way to it.

/** The tiny task: a number of a small number. */
export const tiny = (n) => 2 * n + 1;

/** The sum of every `step`-th byte: with the size of a page, a touch of each page. */
export const read = (bytes, step) => {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += step) sum += bytes[i];
  return sum;
};
